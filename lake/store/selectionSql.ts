import type {
  Comparison,
  Condition,
  IndexKey,
  Key,
  OrderKey,
  Selection,
  SelectionReport,
  View,
} from '../query/selection.ts'
import {conjuncts, isColumn, keyOf, namesIds, namesTypes, typesOf} from './conditionParts.ts'
import {
  bind,
  conditionSql,
  conjunction,
  idColumn,
  viewSql,
  type Sql,
  type WordsSql,
} from './conditionSql.ts'
import {keySql, pathSql} from './keySql.ts'
import {docidsWithWords, placesOfWords} from './textIndex.ts'

/** What the choice of a driver needs to know of the data. Counts stop at `countingLimit`. */
export type Statistics = {
  /** The number of the index over a key, when it is complete. */
  indexOf(key: IndexKey): number | undefined
  allTypes(): readonly string[]
  /** Documents of these types, or of all. */
  documents(types: readonly string[] | undefined): number
  count(sql: Sql): number
  words: WordsSql
}

/** Beyond this many rows a driver counts as unselective, and its rows are not counted further. */
export const countingLimit = 1_000

export type SelectionPlan = {
  /** How many documents were handed over. */
  read: number
  lookedAtAgain: boolean
  sql: Sql
  driver: string
  /** At most how many documents the driver leads to. */
  rows: number
  /** Keys by which an index could have led to fewer documents. */
  missed: readonly IndexKey[]
}

/** The SQL of one selection: what leads to the documents, what they must meet, in which order. */
export function planSelection(
  selection: Selection,
  view: View,
  statistics: Statistics,
): SelectionPlan {
  const driver = chooseDriver(selection, view, statistics)
  const {where, order, limit, offset, attributes} = selection
  const condition = conditionOf(where, view, driver, statistics)
  const sorted = `FROM ${driver.from.text} WHERE ${condition.text} ORDER BY ${orderSql(order, view, driver)} LIMIT ? OFFSET ?`
  const body = `SELECT d.id, ${bodySql(attributes)} AS body`
  const sql: Sql = {
    text: isSortedFirst(selection, driver)
      ? `${body} FROM (SELECT d.docid ${sorted}) s CROSS JOIN document d ON d.docid = s.docid`
      : `${body} ${sorted}`,
    values: [...driver.from.values, ...condition.values, limit ?? -1, offset],
  }
  return {
    sql,
    driver: driver.name,
    rows: driver.rows,
    missed: driver.missed,
    read: 0,
    lookedAtAgain: selection.sifted === true,
  }
}

/** Whether many may be sorted of which few are wanted: then only those are read. They come as the inner question sorted them. */
function isSortedFirst({order, limit, expected}: Selection, driver: Driver): boolean {
  const inOrder = driver.ordered && !driver.several
  return order.length > 0 && !inOrder && (limit ?? expected) !== undefined
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

/** The attributes of a document as JSON text; `undefined` for all of it. */
export function bodySql(attributes: readonly string[] | undefined): string {
  if (attributes === undefined) return 'json(d.body)'
  const parts = attributes.map(
    (name) => `'${name.replaceAll("'", "''")}', d.body -> ${pathSql([name])}`,
  )
  return `json_object(${parts.join(', ')})`
}

function orderSql(order: readonly OrderKey[], view: View, driver: Driver): string {
  const keys = order.map(({key, descending}, place) => {
    const direction = descending ? ' DESC' : ''
    if (place === 0 && driver.ordered) return `e.rank${direction}, e.value${direction}`
    const {rank, value} = keySql(key, idColumn(view))
    // A rank that is the same for all is left out: a number by itself would mean a column of the result.
    return isColumn(key) ? `${value}${direction}` : `${rank}${direction}, ${value}${direction}`
  })
  return [...keys, idColumn(view)].join(', ')
}

export type Driver = {
  name: string
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
  missed: readonly IndexKey[]
}

const unordering = {covered: [], toldByDocid: false, ordered: false, missed: []} as const
const plainDocuments: Sql = {text: 'document d', values: []}

/** What leads to the documents of a selection at the least cost. */
export function chooseDriver(selection: Selection, view: View, statistics: Statistics): Driver {
  const parts = conjuncts(selection.where)
  if (parts.some(namesIds)) return byId(parts, view)
  const types = typesOf(parts)
  const everyRow = statistics.documents(types)
  const candidates = [
    ...parts.flatMap((part) => byIndex(part, parts, statistics)),
    ...parts.flatMap((part) => byReference(part, statistics)),
    ...parts.flatMap((part) => byWords(part, statistics)),
  ].sort((one, other) => one.rows - other.rows)
  const [best] = candidates
  const walk = inOrder(selection, types, statistics)
  const missed = best ? [] : parts.flatMap((part) => keyOf(part) ?? [])
  if (
    best &&
    best.rows < everyRow &&
    !(walk && !walk.several && isCheaper(selection, best, everyRow))
  ) {
    if (best.rows < countingLimit || !walk)
      return {...best, missed: walk ? [] : unordered(selection, best)}
  }
  if (walk) return {...walk, rows: everyRow, missed}
  const byType = types === undefined ? plainDocuments : typed
  return {
    name: types === undefined ? 'every document' : 'document_by_type',
    from: byType,
    conditions: types === undefined ? [] : [typeCondition(types)],
    rows: everyRow,
    docid: 'd.docid',
    covered: parts.filter(namesTypes),
    toldByDocid: false,
    ordered: false,
    missed: [...missed, ...unordered(selection)],
  }
}

/**
 * Reading a document to sort it costs as much as walking past so many entries of an index whose documents need not be read,
 * or past so many that must be.
 */
const entriesForDocument = {unread: 20, read: 1}

/**
 * Whether walking in order until there are enough costs less than sorting all that a driver leads to, when those are spread
 * evenly.
 */
function isCheaper(selection: Selection, {rows, toldByDocid}: Driver, among: number): boolean {
  const {limit, offset, expected = limit === undefined ? undefined : offset + limit} = selection
  if (expected === undefined) return false
  const entries = entriesForDocument[toldByDocid ? 'unread' : 'read']
  return (expected * among) / Math.max(rows, 1) < rows * entries
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
  const groups = parts.some(({kind}) => kind === 'inGroups') || view.perspective.kind === 'stack'
  const index = groups ? 'document_by_group' : 'document_by_id'
  const from = {text: `document d INDEXED BY ${index}`, values: []}
  return {...unordering, name: index, from, conditions: [], rows: 1, docid: 'd.docid'}
}

function byIndex(part: Condition, parts: readonly Condition[], statistics: Statistics): Driver[] {
  const key = keyOf(part)
  const index = key && statistics.indexOf(key)
  if (key === undefined || index === undefined) return []
  const range = rangeOf(part)
  if (range === undefined) return []
  const within = withinIndex(index, typesOf(parts) ?? statistics.allTypes())
  const condition = conjunction([within, range])
  const rows = statistics.count({
    text: `SELECT 1 FROM key_entry e WHERE ${condition.text}`,
    values: condition.values,
  })
  return [
    {
      ...unordering,
      ...ofEntries,
      name: `key ${nameOf(key)}`,
      conditions: [condition],
      rows,
      covered: [part, ...parts.filter(namesTypes)],
    },
  ]
}

const ofEntries = {
  from: {text: 'key_entry e CROSS JOIN document d ON d.docid = e.docid', values: []},
  docid: 'e.docid',
  bundle: 'e.bundle',
} as const

function withinIndex(index: number, types: readonly string[]): Sql {
  return {
    text: `e.index_id = ? AND e.type IN (${types.map(() => '?').join(', ')})`,
    values: [index, ...types],
  }
}

function byReference(part: Condition, statistics: Statistics): Driver[] {
  if (part.kind !== 'references' || part.negated) return []
  const list = JSON.stringify(part.ids)
  const sources = 'FROM reference WHERE target IN (SELECT value FROM json_each(?))'
  const rows = statistics.count({text: `SELECT 1 ${sources}`, values: [list]})
  const from: Sql = {
    text: `(SELECT DISTINCT source ${sources}) r CROSS JOIN document d ON d.docid = r.source`,
    values: [list],
  }
  const told = {...unordering, covered: [part], toldByDocid: true}
  return [{...told, name: 'reference', from, conditions: [], rows, docid: 'r.source'}]
}

function byWords(part: Condition, statistics: Statistics): Driver[] {
  if (part.kind !== 'words') return []
  const found = docidsWithWords(part)
  const rows = statistics.count(placesOfWords(part))
  const from: Sql = {
    text: `(${found.text}) w CROSS JOIN document d ON d.docid = w.docid`,
    values: found.values,
  }
  const told = {...unordering, covered: [part], toldByDocid: true}
  return [{...told, name: 'text', from, conditions: [], rows, docid: 'w.docid'}]
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
  return {
    name: `key ${nameOf(first.key)}, ${howOrdered(among, limit)}`,
    ...ofEntries,
    conditions: [condition],
    rows: 0,
    covered: [...bounding, ...parts.filter(namesTypes)],
    toldByDocid: false,
    ordered: true,
    several: among.length > 1,
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
  if (part.kind === 'holds') return {text: 'e.rank = 2 AND e.value = ?', values: [part.value]}
  if (part.kind !== 'compare' || part.value === null || part.operator === '!=') return undefined
  const {rank, bound} = bind(part.value)
  return {text: `e.rank = ${rank} AND e.value ${signOf(part.operator)} ?`, values: [bound]}
}

function signOf(operator: Comparison): string {
  return operator === '==' ? '=' : operator
}

function sameKey(one: IndexKey | undefined, other: Key): boolean {
  return one !== undefined && nameOf(one) === nameOf(other)
}

/** How people write the key: `slug.current`, `coalesce(updates[-1].at, publishedAt)`, `tags[]`. Also what keys are known by. */
export function nameOf(key: IndexKey): string {
  if ('elementsOf' in key) return `${nameOf({steps: key.elementsOf})}[]`
  if ('firstOf' in key) return `coalesce(${key.firstOf.map(nameOf).join(', ')})`
  return key.steps
    .map((step, place) => {
      if (typeof step === 'number') return `[${step}]`
      const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(step)
      if (!plain) return place === 0 ? `@[${JSON.stringify(step)}]` : `[${JSON.stringify(step)}]`
      return place === 0 ? step : `.${step}`
    })
    .join('')
}

/** What a plan did, for people. */
export function reportOf(plan: SelectionPlan): SelectionReport {
  return {
    driver: plan.driver,
    ledTo: plan.rows,
    read: plan.read,
    lookedAtAgain: plan.lookedAtAgain,
    indexWouldHelp: plan.missed.map(nameOf),
    sql: plan.sql.text,
  }
}
