import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {JsonObject, LakeDocument} from '../documents/document.ts'
import {groupIdOf} from '../documents/ids.ts'
import type {
  Condition,
  DocumentSource,
  IndexKey,
  Score,
  Selection,
  View,
} from '../query/selection.ts'
import {bestFirst} from './bestFirst.ts'
import {parseDocument, parsePart} from './bodies.ts'
import {idColumn, viewSql, type Sql} from './conditionSql.ts'
import {planCount, publishedWithDot} from './countSql.ts'
import type {KeyIndexes} from './keyIndexes.ts'
import {planRankedSelection} from './rankedSql.ts'
import {countingLimit, planSelection, type SelectionPlan, type Statistics} from './selectionSql.ts'
import {Statements} from './statements.ts'
import {wordsSql} from './textIndex.ts'

const bodyRow = z.object({id: z.string(), body: z.string()})
const countRow = z.object({count: z.number()})
const partRow = z.object({body: z.string()})
const typeRow = z.object({type: z.string(), documents: z.number()})

/** Reads of one connection to a dataset's file. What it answers is consistent within one transaction of the connection. */
export class StoredDocuments implements DocumentSource {
  readonly #statements: Statements
  readonly #statistics: Statistics
  readonly #report: (plan: SelectionPlan) => void
  #types: {type: string; documents: number}[] | undefined

  /** `report` hears of every plan that was run. */
  constructor(
    database: Database.Database,
    indexes: KeyIndexes,
    report: (plan: SelectionPlan) => void,
  ) {
    this.#statements = new Statements(database)
    this.#report = report
    this.#statistics = {
      indexOf: (key: IndexKey) => indexes.indexOf(key),
      allTypes: () => this.#readTypes().map(({type}) => type),
      documents: (types) =>
        this.#readTypes().reduce(
          (sum, {type, documents}) =>
            types === undefined || types.includes(type) ? sum + documents : sum,
          0,
        ),
      count: (sql) => this.#countUpTo(sql),
      words: wordsSql,
    }
  }

  /** To be called when a new view begins: what was remembered of the data may be old. */
  begin(): this {
    this.#types = undefined
    return this
  }

  *select(selection: Selection, view: View): Generator<JsonObject> {
    const {ranking} = selection
    if (ranking) {
      yield* this.#ranked({...selection, ranking}, view)
      return
    }
    const plan = planSelection(selection, view, this.#statistics)
    this.#report(plan)
    const {text, values} = plan.sql
    const {limit, attributes} = selection
    const rows =
      limit !== undefined && limit <= countingLimit
        ? this.#statements.all(text, values)
        : this.#statements.iterate(text, values)
    for (const row of rows) {
      plan.read += 1
      if (attributes === undefined) yield shown(row, view)
      else {
        const {id, body} = bodyRow.parse(row)
        yield underShownId(parsePart(body), id, view)
      }
    }
  }

  *#ranked(selection: Selection & {ranking: Score}, view: View): Generator<JsonObject> {
    const ranked = planRankedSelection(selection, view, this.#statistics)
    const rows = bestFirst(ranked, selection.expected, {
      iterate: (text, values) => this.#statements.iterate(text, values),
      report: this.#report,
      shownId: view.perspective.kind === 'stack' ? groupIdOf : (id) => id,
    })
    for (const {docid, id, most, words} of rows) {
      const {body} = partRow.parse(this.#statements.get(ranked.bodyText, [docid]))
      const document = underShownId(parsePart(body), id, view)
      yield Object.assign(document, {_score: [most, ...words]})
    }
  }

  count(where: Condition, view: View): number {
    const tallied = this.#tallied(where, view)
    if (tallied !== undefined) return tallied
    const plan = planCount(where, view, this.#statistics)
    this.#report(plan)
    return countRow.parse(this.#statements.get(plan.sql.text, plan.sql.values)).count
  }

  byId(ids: readonly string[], view: View): LakeDocument[] {
    const seen = viewSql(view)
    const id = idColumn(view)
    const one = ids.length === 1
    const text = `SELECT d.id, json(d.body) AS body FROM document d WHERE ${id} ${one ? '= ?' : 'IN (SELECT value FROM json_each(?))'} AND ${seen.text}`
    const asked = one ? (ids[0] ?? '') : JSON.stringify(ids)
    return this.#statements.all(text, [asked, ...seen.values]).map((row) => shown(row, view))
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
    const {count} = countRow.parse(this.#statements.get(all, types))
    if (!publicOnly) return count
    const hidden = `SELECT count(*) AS count FROM ${publishedWithDot}${ofType}`
    return count - countRow.parse(this.#statements.get(hidden, types)).count
  }

  #countUpTo({text, values}: Sql): number {
    const sql = `SELECT count(*) AS count FROM (${text} LIMIT ${countingLimit})`
    return countRow.parse(this.#statements.get(sql, values)).count
  }

  #readTypes(): {type: string; documents: number}[] {
    this.#types ??= this.#statements
      .all('SELECT type, sum(documents) AS documents FROM type_count GROUP BY type', [])
      .map((row) => typeRow.parse(row))
    return this.#types
  }
}

/** The one type that a condition asks for, when that is all that it asks. */
function typesCounted(where: Condition): readonly string[] | undefined {
  if (where.kind !== 'compare' || where.operator !== '==' || !('steps' in where.key)) {
    return undefined
  }
  const isType = where.key.steps.length === 1 && where.key.steps[0] === '_type'
  return isType && typeof where.value === 'string' ? [where.value] : undefined
}

/** A stored document under the id by which the view knows it. */
function shown(row: unknown, view: View): LakeDocument {
  const {id, body} = bodyRow.parse(row)
  const document = parseDocument(body)
  return underShownId(document, id, view)
}

function underShownId<Shown extends JsonObject>(document: Shown, id: string, view: View): Shown {
  if (view.perspective.kind !== 'stack') return document
  return Object.assign(document, {_id: groupIdOf(id), _originalId: id})
}
