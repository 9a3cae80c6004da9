import type {Condition, IndexKey, Key, Selection, View} from '../query/selection.ts'
import {
  conjuncts,
  groupsNamed,
  isColumn,
  keyOf,
  namesIds,
  namesTypes,
  typesOf,
} from './conditionParts.ts'
import {
  bind,
  boundAs,
  conditionSql,
  conjunction,
  equalsBound,
  viewSql,
  type Sql,
  type WordsSql,
} from './conditionSql.ts'
import {docidsOfGroups} from './groupSql.ts'
import {nameOf} from './keySql.ts'
import {referrersSql} from './referenceIndex.ts'
import {docidsWithWords, placesOfWords} from './textIndex.ts'

/** What the choice of a driver needs to know of the data. Counts stop at `most`, or at `countingLimit`. */
export type Statistics = {
  /** The number of the index over a key, when it is complete. */
  indexOf(key: IndexKey): number | undefined
  allTypes(): readonly string[]
  /** Documents of these types, or of all. */
  documents(types: readonly string[] | undefined): number
  count(sql: Sql, most?: number): number
  words: WordsSql
}

/** Beyond this many rows a driver counts as unselective, and its rows are not counted further. */
export const countingLimit = 1_000
/** Where a walk may be cheaper, a count goes on this far: how long the walk has to be is told by it. */
const walkCountingLimit = 2_000

export type Driver = {
  name: string
  /** The name of the key whose index this is. */
  index?: string
  from: Sql
  conditions: readonly Sql[]
  rows: number
  /** Where the document's number is known before the document is read. */
  docid: string
  /** Where its bundle is, when that is known as well. */
  bundle?: string
  /** The conditions that all must hold and that need not be asked again. */
  covered: readonly Condition[]
  /** Whether whoever walks along another index can tell from `docid` alone whether this leads there, too. */
  toldByDocid: boolean
  /** Whether it knows the selection's first key, and leads to the documents in its order unless they are of several types. */
  ordered: boolean
  several?: boolean
  /** The walk along an index that this is. */
  walk?: Walk
  /** The same as a condition on the entries of a walk: a list that is made once, where it leads to few. */
  listed?: Sql
  missed: readonly IndexKey[]
}

/** A walk along an index: the part of it that it begins with, and how far that may go. */
export type Walk = {
  entries: Sql
  /** How many entries it will walk past, as far as can be told. */
  expected: number | undefined
  /** For how many documents an entry counts. */
  weight: number
}

const unordering = {covered: [], toldByDocid: false, ordered: false, missed: []} as const
const plainDocuments: Sql = {text: 'document d', values: []}

/** What leads to the documents of a selection at the least cost. */
export function chooseDriver(selection: Selection, view: View, statistics: Statistics): Driver {
  const parts = conjuncts(selection.where)
  if (parts.some(namesIds)) return byId(parts, view)
  const types = typesOf(parts)
  const among = () => statistics.documents(types)
  const walk = inOrder(selection, types, statistics)
  const most = walk && !walk.several ? walkedFrom(selection, among) : countingLimit
  const best = fewest(parts, statistics, most)
  const missed = best ? [] : parts.flatMap((part) => keyOf(part) ?? [])
  if (
    best &&
    (best.rows < fewEnough || best.rows < among()) &&
    !(walk && !walk.several && isCheaper(selection, best, among))
  ) {
    if (best.rows < countingLimit || !walk)
      return {...best, missed: walk ? [] : unordered(selection, best)}
  }
  if (walk) {
    return walking(walk, {selection, among: among(), best, counted: most, missed})
  }
  const byType = types === undefined ? plainDocuments : typed
  return {
    name: types === undefined ? 'every document' : 'document_by_type',
    from: byType,
    conditions: types === undefined ? [] : [typeCondition(types)],
    rows: among(),
    docid: 'd.docid',
    covered: parts.filter(namesTypes),
    toldByDocid: false,
    ordered: false,
    missed: [...missed, ...unordered(selection)],
  }
}

/** A walk that asks of each entry what another driver could have led to: from a list where that is short. */
function walking(
  walk: Driver,
  {
    selection,
    among,
    best,
    counted,
    missed,
  }: {
    selection: Selection
    among: number
    best: Driver | undefined
    /** As far as the documents of the other driver were counted. */
    counted: number
    missed: readonly IndexKey[]
  },
): Driver {
  const asked = {...walk, rows: among, missed}
  if (!best?.toldByDocid || !walk.walk) return asked
  const wanted = expectedOf(selection)
  const past = wanted && Math.ceil(((wanted + 1) * among) / Math.max(best.rows, 1))
  const told = {
    ...asked,
    walk: {...walk.walk, expected: past, weight: 1 / entriesForDocument.unread},
  }
  if (!best.listed || best.rows >= counted) return told
  const conditions = [...walk.conditions, best.listed]
  return {...told, conditions, listed: best.listed, covered: [...walk.covered, ...best.covered]}
}

/** How many documents are enough, as far as it is known. */
function expectedOf({limit, offset, expected}: Selection): number | undefined {
  return expected ?? (limit === undefined ? undefined : offset + limit)
}

/**
 * Reading a document to sort it costs as much as walking past so many entries of an index whose documents need not be read,
 * or past so many that must be.
 */
const entriesForDocument = {unread: 30, read: 1}

/** From how many documents on a walk is cheaper than whatever leads to them, so that they need not be counted further. */
function walkedFrom(selection: Selection, among: () => number): number {
  const expected = expectedOf(selection)
  if (expected === undefined) return countingLimit
  return Math.min(walkCountingLimit, Math.ceil(Math.sqrt(expected * among())) + 1)
}

/**
 * Whether walking in order until there are enough costs less than sorting all that a driver leads to, when those are spread
 * evenly.
 */
function isCheaper(
  selection: Selection,
  {rows, toldByDocid}: Driver,
  among: () => number,
): boolean {
  const expected = expectedOf(selection)
  if (expected === undefined) return false
  const entries = entriesForDocument[toldByDocid ? 'unread' : 'read']
  return (expected * among()) / Math.max(rows, 1) < rows * entries
}

/** The key whose index would have spared a sort, unless there are so few to sort that it does not matter. */
function unordered({order: [first]}: Selection, driver?: Driver): readonly Key[] {
  if (driver && driver.rows < countingLimit) return []
  return first && !isColumn(first.key) ? [first.key] : []
}

const typed: Sql = {text: 'document d INDEXED BY document_by_type', values: []}

function typeCondition(types: readonly string[]): Sql {
  return {text: `d.type IN (${types.map(() => '?').join(', ')})`, values: types}
}

function byId(parts: readonly Condition[], view: View): Driver {
  const groups = groupsNamed(parts, view)
  if (groups === undefined) {
    const name = 'document_by_id'
    const from = {text: `document d INDEXED BY ${name}`, values: []}
    return {...unordering, name, from, conditions: [], rows: 1, docid: 'd.docid'}
  }
  const list = JSON.stringify(groups)
  const from = {
    text: `(${docidsOfGroups}) g CROSS JOIN document d ON d.docid = g.docid`,
    values: [list, list],
  }
  return {...unordering, name: 'document_by_group', from, conditions: [], rows: 1, docid: 'g.docid'}
}

/** A driver, and what to count for how far it leads. */
type Candidate = {driver: Driver; counted: Sql}

/** Beyond this many documents, it is first looked whether another driver leads to fewer. */
export const fewEnough = 40

/** The driver that leads to the fewest documents, with how many they are. */
function fewest(
  parts: readonly Condition[],
  statistics: Statistics,
  most: number,
): Driver | undefined {
  const candidates = [
    ...parts.flatMap((part) => byIndex(part, parts, statistics)),
    ...parts.flatMap((part) => byReference(part)),
    ...parts.flatMap((part) => byWords(part)),
  ]
  const counting = (end: number) =>
    candidates
      .map(({driver, counted}) => ({...driver, rows: statistics.count(counted, end)}))
      .sort((one, other) => one.rows - other.rows)[0]
  if (candidates.length < 2) return counting(most)
  const few = counting(Math.min(fewEnough, most))
  return few && few.rows < fewEnough ? few : counting(most)
}

function byIndex(
  part: Condition,
  parts: readonly Condition[],
  statistics: Statistics,
): Candidate[] {
  const key = keyOf(part)
  const index = key && statistics.indexOf(key)
  if (key === undefined || index === undefined) return []
  const range = rangeOf(part)
  if (range === undefined) return []
  const within = withinIndex(index, typesOf(parts) ?? statistics.allTypes())
  const condition = conjunction([within, range])
  const counted = {
    text: `SELECT 1 FROM key_entry e WHERE ${condition.text}`,
    values: condition.values,
  }
  const driver = {
    ...unordering,
    ...ofEntries,
    name: `key ${nameOf(key)}`,
    index: nameOf(key),
    conditions: [condition],
    rows: 0,
    covered: [part, ...parts.filter(namesTypes)],
  }
  return [{driver, counted}]
}

const ofEntries = {
  from: {text: 'key_entry e CROSS JOIN document d ON d.docid = e.docid', values: []},
  docid: 'e.docid',
  bundle: 'e.bundle',
} as const

function withinIndex(index: number, types: readonly string[]): Sql {
  return {
    // A bound number would make SQLite plan the statement anew each time.
    text: `e.index_id = ${index} AND e.type IN (${types.map(() => '?').join(', ')})`,
    values: types,
  }
}

function byReference(part: Condition): Candidate[] {
  if (part.kind !== 'references' || part.negated) return []
  const referrers = referrersSql(part.ids)
  const {text, values} = referrers
  const driver = {
    ...unordering,
    name: 'reference',
    from: {text: `(${text}) r CROSS JOIN document d ON d.docid = r.source`, values},
    conditions: [],
    rows: 0,
    docid: 'r.source',
    covered: [part],
    toldByDocid: true,
    listed: {text: `e.docid IN (${text})`, values},
  }
  return [{driver, counted: referrers}]
}

function byWords(part: Condition): Candidate[] {
  if (part.kind !== 'words') return []
  const found = docidsWithWords(part)
  const from: Sql = {
    text: `(${found.text}) w CROSS JOIN document d ON d.docid = w.docid`,
    values: found.values,
  }
  const told = {...unordering, covered: [part], toldByDocid: true}
  const driver = {...told, name: 'text', from, conditions: [], rows: 0, docid: 'w.docid'}
  return [{driver, counted: placesOfWords(part)}]
}

/** A walk along an index in the order of the first key, which can stop early; of several types, their entries are sorted first. */
function inOrder(
  {order, limit, where}: Selection,
  types: readonly string[] | undefined,
  statistics: Statistics,
): Driver | undefined {
  const [first] = order
  const index = first && statistics.indexOf(first.key)
  const among = types ?? statistics.allTypes()
  if (first === undefined || index === undefined || among.length === 0) return undefined
  const parts = conjuncts(where)
  const bounding = parts.filter(
    (part) => sameKey(keyOf(part), first.key) && rangeOf(part) !== undefined,
  )
  const bounds = bounding.flatMap((part) => rangeOf(part) ?? [])
  const condition = conjunction([withinIndex(index, among), ...bounds])
  const walk = {entries: condition, expected: undefined, weight: entriesForDocument.read}
  return {
    name: `key ${nameOf(first.key)}, ${howOrdered(among, limit)}`,
    index: nameOf(first.key),
    ...ofEntries,
    conditions: [condition],
    rows: 0,
    covered: [...bounding, ...parts.filter(namesTypes)],
    toldByDocid: false,
    ordered: true,
    several: among.length > 1,
    walk,
    missed: [],
  }
}

function howOrdered(types: readonly string[], limit: number | undefined): string {
  if (types.length > 1) return 'sorted'
  return limit === undefined ? 'in order' : 'in order, stopping early'
}

/** The part of an index that a condition speaks of. */
function rangeOf(part: Condition): Sql | undefined {
  if (part.kind === 'oneOf' && !part.negated) {
    return {
      text: 'e.rank = 2 AND e.value IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(part.values)],
    }
  }
  if (part.kind === 'holds') {
    return {text: `e.rank = 2 AND e.value ${equalsBound}`, values: [part.value]}
  }
  if (part.kind !== 'compare' || part.value === null || part.operator === '!=') return undefined
  const {rank, bound} = bind(part.value)
  return {text: `e.rank = ${rank} AND e.value ${boundAs(part.operator)}`, values: [bound]}
}

function sameKey(one: IndexKey | undefined, other: Key): boolean {
  return one !== undefined && (one === other || nameOf(one) === nameOf(other))
}

/** What the documents that a driver leads to must meet, without what it has made sure of. */
export function conditionOf(
  where: Condition,
  view: View,
  driver: Driver,
  {words}: Statistics,
): Sql {
  const rest = conjuncts(where).filter((part) => !driver.covered.includes(part))
  return conjunction([
    ...driver.conditions,
    viewSql(view, driver.bundle),
    ...rest.map((part) => conditionSql(part, view, words, driver.docid)),
  ])
}

/** Among so many documents a walk could not go on for long. */
export const shortWalk = 20_000

/** What a walk that stops early counts for, when it is not known how far it will go. */
const walkCost = 100

/**
 * For how many documents that are read a selection counts, as far as can be told. Where documents are looked at again it is
 * not known how many will do: a walk then counts for the entries that it may go past, and what it reads beyond is counted
 * when it is read.
 */
export function costOf({name, rows, ordered, several}: Driver, selection?: Selection): number {
  if (rows > shortWalk) return rows
  if (name.includes('stopping early')) return Math.min(rows, walkCost)
  const mayStop = ordered && several !== true && selection?.expected !== undefined
  return mayStop ? Math.min(rows, walkCost + Math.ceil(rows / entriesForDocument.unread)) : rows
}
