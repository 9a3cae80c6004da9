import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {JsonObject} from '../documents/document.ts'
import {groupIdOf} from '../documents/ids.ts'
import {compareStrings} from '../query/evaluate/comparison.ts'
import type {
  Condition,
  DocumentSource,
  Score,
  Selection,
  Shape,
  Sift,
  View,
} from '../query/selection.ts'
import {bestFirst, type RankedRow} from './bestFirst.ts'
import {picking, textOf, type Picked} from './bodies.ts'
import {idColumn, viewSql, type Sql} from './conditionSql.ts'
import {planCount, publishedWithDot} from './countSql.ts'
import type {KeyIndexes} from './keyIndexes.ts'
import {planRankedSelection} from './rankedSql.ts'
import {countingLimit, fewEnough, type Statistics} from './drivers.ts'
import {planSelection, type SelectionPlan} from './selectionSql.ts'
import {siftedDocument} from './sifted.ts'
import {Statements} from './statements.ts'
import {wordsSql} from './textIndex.ts'

const typeRow = z.tuple([z.string(), z.number()])

/** So many counts are remembered of one state of the data, and of questions of at most so many characters. */
const remembered = {counts: 500, characters: 8_000}

/** Who hears what is done: of every plan that is run, and beforehand for how many documents it counts. */
export type Told = {plan(plan: SelectionPlan): void; cost(documents: number): void}

/** Reads of one connection to a dataset's file. What it answers is consistent within one transaction of the connection. */
export class StoredDocuments implements DocumentSource {
  readonly #statements: Statements
  readonly #statistics: Statistics
  /** Whether the connection writes as well: then the number of the data does not tell of changes. */
  readonly #writes: boolean
  readonly #told: Told
  #types: {type: string; documents: number}[] | undefined
  /** What has been counted, by the question and its end. */
  readonly #counts = new Map<string, number>()
  /** Whether what is remembered is known to be of this view. */
  #isFresh = false
  /** SQLite's number of the data that it is of, on a connection that does not write itself. */
  #version: number | undefined

  constructor(database: Database.Database, indexes: KeyIndexes, told: Told) {
    this.#statements = new Statements(database)
    this.#writes = !database.readonly
    this.#told = told
    this.#statistics = {
      indexOf: (key) => indexes.indexOf(key),
      allTypes: () => this.#readTypes().map(({type}) => type),
      documents: (types) =>
        this.#readTypes().reduce(
          (sum, {type, documents}) =>
            types === undefined || types.includes(type) ? sum + documents : sum,
          0,
        ),
      count: (sql, most = countingLimit) => this.#countUpTo(sql, most),
      words: wordsSql,
    }
  }

  /** To be called when a new view begins: what was remembered of the data may be old. */
  begin(): this {
    this.#isFresh = false
    return this
  }

  select(selection: Selection, view: View): Iterable<JsonObject> {
    const {ranking, attributes, sift} = selection
    if (ranking) return this.#ranked({...selection, ranking}, view)
    const rows = this.#selected(selection, view)
    if (sift) return siftedOf(rows, {attributes, sift}, view)
    const picked = picking(attributes)
    return Array.isArray(rows)
      ? rows.map((row) => documentOf(row, picked, view))
      : documentsOf(rows, picked, view)
  }

  written(selection: Selection & {shape: Shape}, view: View): string[] {
    return Array.from(this.#selected(selection, view), ([, text]) => textOf(text))
  }

  #selected(selection: Selection, view: View): Row[] | Generator<Row> {
    const {limit = Infinity} = selection
    const plan = planSelection(selection, view, this.#statistics)
    this.#told.plan(plan)
    if (limit > countingLimit && plan.rows > fewEnough) {
      this.#charge(plan)
      return this.#stepped(plan)
    }
    const rows = this.#unsorted(plan, limit, view) ?? this.#sorted(plan)
    plan.read = rows.length
    return rows
  }

  /** Read as they are taken: whoever stops early reads hardly more. */
  *#stepped(plan: SelectionPlan): Generator<Row> {
    for (const row of this.#inSteps(plan)) {
      plan.read += 1
      if (plan.read > (plan.cost ?? plan.rows)) this.#told.cost(1)
      yield rowOf(row)
    }
  }

  /** As many as are likely to be taken at once, which costs less a row than one by one; others as they are taken. */
  *#inSteps({sql, parts}: SelectionPlan): Generator<unknown> {
    if (parts === undefined) {
      yield* this.#statements.iterateArrays(sql.text, sql.values)
      return
    }
    const {first, further} = parts
    yield* this.#statements.arrays(first.text, first.values)
    yield* this.#statements.iterateArrays(further.text, further.values)
  }

  /** The first few without a sort. `undefined` where others are equal to the last of them, or there may be more. */
  #unsorted({unsorted}: SelectionPlan, limit: number, view: View): Row[] | undefined {
    if (unsorted === undefined) return undefined
    this.#told.cost(unsorted.cost)
    const rows = this.#rows(unsorted)
    const [last, next] = rows.slice(limit - 1)
    if (next === undefined && unsorted.mayEndEarly) return undefined
    if (last && next && areEqual(last, next)) return undefined
    return equalsById(rows.slice(0, limit), view)
  }

  #sorted(plan: SelectionPlan): Row[] {
    this.#charge(plan)
    return this.#rows(plan.sql)
  }

  #charge({cost, rows}: SelectionPlan): void {
    this.#told.cost(cost ?? rows)
  }

  #rows({text, values}: Sql): Row[] {
    return this.#statements.arrays(text, values).map(rowOf)
  }

  *#ranked(selection: Selection & {ranking: Score}, view: View): Generator<JsonObject> {
    const ranked = planRankedSelection(selection, view, this.#statistics)
    const rows = bestFirst(ranked, selection.expected, {
      iterate: (text, values) => this.#statements.iterateArrays(text, values),
      report: (plan) => {
        this.#told.plan(plan)
        this.#charge(plan)
      },
      shownId: (id) => shownId(id, view),
    })
    // One more than are wanted tells that no other can score more.
    for (const group of inGroups(
      rows,
      Math.min(selection.expected ?? fewEnough, countingLimit) + 1,
    )) {
      yield* this.#scored(group, selection, view)
    }
  }

  /** Documents with what they score, in the order of their rows. */
  *#scored(
    ranked: readonly RankedRow[],
    {attributes, sift}: Selection,
    view: View,
  ): Generator<JsonObject> {
    const wide = picking(sift ? sift.attributes : attributes)
    const narrow = picking(attributes)
    const isOpen = ({certain}: RankedRow) => sift !== undefined && !certain
    const closed = ranked.filter((row) => !isOpen(row))
    const read = new Map([
      ...this.#byDocid(closed, narrow),
      ...this.#byDocid(ranked.filter(isOpen), wide),
    ])
    for (const one of ranked) {
      const row = read.get(one.docid)
      const document = row && documentOf(row, isOpen(one) ? wide : narrow, view)
      if (document === undefined || (isOpen(one) && sift?.passes(document) === false)) continue
      yield Object.assign(document, {_score: [one.most, one.certain ? 1 : 0, ...one.words]})
    }
  }

  #byDocid(ranked: readonly RankedRow[], {column}: Picked): [docid: number, row: Row][] {
    if (ranked.length === 0) return []
    const text = `SELECT d.id, ${column}, d.docid FROM document d WHERE d.docid IN (SELECT value FROM json_each(?))`
    const values = [JSON.stringify(ranked.map(({docid}) => docid))]
    return this.#rows({text, values}).map((row) => [Number(row[2]), row])
  }

  count(where: Condition, view: View): number {
    const tallied = this.#tallied(where, view)
    if (tallied !== undefined) return tallied
    const plan = planCount(where, view, this.#statistics)
    this.#told.plan(plan)
    this.#charge(plan)
    return this.#statements.number(plan.sql.text, plan.sql.values)
  }

  byId(
    ids: readonly string[],
    view: View,
    attributes: readonly string[] | undefined,
  ): {id: string; document: JsonObject}[] {
    const seen = viewSql(view)
    const picked = picking(attributes)
    const one = ids.length === 1
    const asked = one ? '= ?' : 'IN (SELECT value FROM json_each(?))'
    const text = `SELECT d.id, ${picked.column} FROM document d WHERE ${idColumn(view)} ${asked} AND ${seen.text}`
    const list = one ? (ids[0] ?? '') : JSON.stringify(ids)
    return this.#rows({text, values: [list, ...seen.values]}).map((row) => {
      return {id: shownId(row[0], view), document: documentOf(row, picked, view)}
    })
  }

  referrerCount(id: string, view: View): number {
    return this.count({kind: 'references', ids: [id], negated: false}, view)
  }

  /** How many documents a type has, where that is all that is asked: it is kept with every write. */
  #tallied(where: Condition, view: View): number | undefined {
    const {perspective, publicOnly} = view
    const isPublic = publicOnly || perspective.kind === 'published'
    const types = where.kind === 'always' ? [] : typesCounted(where)
    if (types === undefined || (!isPublic && perspective.kind === 'stack')) return undefined
    const ofType = types.length === 0 ? '' : ' AND d.type = ?'
    const ofBundle = isPublic ? " AND d.bundle = ''" : ''
    const all = `SELECT coalesce(sum(documents), 0) AS count FROM type_count d WHERE TRUE${ofBundle}${ofType}`
    const count = this.#statements.number(all, types)
    if (!publicOnly) return count
    const hidden = `SELECT count(*) AS count FROM ${publishedWithDot}${ofType}`
    return count - this.#statements.number(hidden, types)
  }

  /** Counts once for as long as nothing is written: readers ask the same again and again. */
  #countUpTo({text, values}: Sql, most: number): number {
    this.#forgetOld()
    const asked = JSON.stringify([text, values, most])
    const known = this.#counts.get(asked)
    if (known !== undefined) return known
    // A bound limit would make SQLite plan anew each time.
    const counted = this.#statements.number(`SELECT count(*) FROM (${text} LIMIT ${most})`, values)
    if (asked.length > remembered.characters) return counted
    if (this.#counts.size >= remembered.counts) this.#counts.clear()
    this.#counts.set(asked, counted)
    return counted
  }

  #readTypes(): {type: string; documents: number}[] {
    this.#forgetOld()
    this.#types ??= this.#statements
      .arrays('SELECT type, sum(documents) FROM type_count GROUP BY type', [])
      .map((row) => {
        const [type, documents] = typeRow.parse(row)
        return {type, documents}
      })
    return this.#types
  }

  #forgetOld(): void {
    if (this.#isFresh) return
    this.#isFresh = true
    const version = this.#writes ? undefined : this.#statements.number('PRAGMA data_version', [])
    if (version !== undefined && version === this.#version) return
    this.#version = version
    this.#types = undefined
    this.#counts.clear()
  }
}

/** So many of a sequence at a time. */
function* inGroups<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let group: Item[] = []
  for (const item of items) {
    if (group.push(item) < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

/** The id of a document, what was picked of it, and what tells it from its equals. */
type Row = [id: string, body: unknown, ...key: unknown[]]

function rowOf(row: unknown): Row {
  const [id, body, ...key]: unknown[] = Array.isArray(row) ? row : []
  if (typeof id === 'string') return [id, body, ...key]
  throw new Error(`SQLite answered ${String(id)} instead of an id.`)
}

function areEqual([, , ...one]: Row, [, , ...other]: Row): boolean {
  return one.every((value, place) => value === other[place])
}

/** The one type that a condition asks for, when that is all that it asks. */
function typesCounted(where: Condition): readonly string[] | undefined {
  if (where.kind !== 'compare' || where.operator !== '==' || !('steps' in where.key)) {
    return undefined
  }
  const isType = where.key.steps.length === 1 && where.key.steps[0] === '_type'
  return isType && typeof where.value === 'string' ? [where.value] : undefined
}

/** Puts rows that are equal into the order of their ids; all else stays where it is. */
function equalsById(rows: Row[], view: View): Row[] {
  let from = 0
  for (const [place, row] of rows.entries()) {
    const first = rows[from]
    if (first && areEqual(first, row)) continue
    sortPart(rows, from, place, view)
    from = place
  }
  sortPart(rows, from, rows.length, view)
  return rows
}

function sortPart(rows: Row[], from: number, to: number, view: View): void {
  if (to - from < 2) return
  const sorted = rows
    .slice(from, to)
    .sort(([one], [other]) => compareStrings(shownId(one, view), shownId(other, view)))
  rows.splice(from, to - from, ...sorted)
}

/** The id by which a view knows a document. */
function shownId(id: string, {perspective}: View): string {
  return perspective.kind === 'stack' ? groupIdOf(id) : id
}

function* documentsOf(rows: Iterable<Row>, picked: Picked, view: View): Generator<JsonObject> {
  for (const row of rows) yield documentOf(row, picked, view)
}

function* siftedOf(
  rows: Iterable<Row>,
  sifting: {attributes: Selection['attributes']; sift: Sift},
  view: View,
): Generator<JsonObject> {
  for (const [id, body] of rows) {
    const document = siftedDocument(id, body, sifting, (found) => underShownId(found, id, view))
    if (document !== undefined) yield document
  }
}

function documentOf([id, body]: Row, picked: Picked, view: View): JsonObject {
  return underShownId(picked.documentOf(id, body), id, view)
}

/** A stored document under the id by which the view knows it. */
function underShownId(document: JsonObject, id: string, view: View): JsonObject {
  if (view.perspective.kind !== 'stack') return document
  return Object.assign(document, {_id: shownId(id, view), _originalId: id})
}
