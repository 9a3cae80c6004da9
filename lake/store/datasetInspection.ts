import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {MendozaPatch} from '../documents/commit.ts'
import type {JsonObject, LakeDocument} from '../documents/document.ts'
import {bundleOf, groupIdOf} from '../documents/ids.ts'
import {referencesOf} from '../documents/references.ts'
import {datasetMigrations} from './datasetMigrations.ts'
import type {Reference} from './referenceIndex.ts'
import {DerivedInspection} from './derivedInspection.ts'
import {changesByDocument, changesOfSql, everyChangeOfSql} from './historyIndex.ts'
import {parseDetail} from './history.ts'
import {damageOf, openReadOnly} from './readOnlyDatabase.ts'

/** What stands beside a document's body, or should. */
export type Columns = {group: string; bundle: string; type: string}

/** A document's row, unjudged: `text` is its body as JSON text, `undefined` when it is no binary JSON. */
export type DocumentRow = {docid: number; id: string; columns: Columns; text: string | undefined}

/** One line of the log, with how many documents it says to have changed. */
export type LogLine = {
  sequence: number
  transactionId: string
  timestamp: string
  author: string
  changes: number
  /** Greatest position of a change, from 0; -1 when there is none. */
  lastPosition: number
}

/** That a transaction changed a document, in the order of the document's own history. */
export type HistoryLink = {
  documentId: string
  sequence: number
  transactionId: string
  previousRev: string | null
  deleted: boolean
}

/** The same with its patches, given the document after it; `undefined` when they cannot be read. */
export type HistoryStep = HistoryLink & {
  effectsOn(after: JsonObject | undefined): {apply: MendozaPatch; revert: MendozaPatch} | undefined
}

/** The number asks for well-formed binary JSON: `json()` would end the whole query at the first damaged body. */
const documentColumns = `docid, id, group_id AS "group", bundle, type,
  CASE WHEN json_valid(body, 8) THEN json(body) END AS text`

/** The reference table as ids of documents. */
const references =
  'SELECT d.id AS source, target, strong FROM document_reference JOIN document d USING (docid)'

const documentRow = z.object({
  docid: z.number(),
  id: z.string(),
  group: z.string(),
  bundle: z.string(),
  type: z.string(),
  text: z.string().nullable(),
})
const referenceRow = z.object({target: z.string(), strong: z.number()})
const brokenRow = z.object({source: z.string(), target: z.string()})
const logRow = z.object({
  sequence: z.number(),
  transaction_id: z.string(),
  timestamp: z.string(),
  author: z.string(),
  changes: z.number(),
  last_position: z.number(),
})
const linkRow = z.object({
  document_id: z.string(),
  sequence: z.number(),
  transaction_id: z.string(),
  previous_rev: z.string().nullable(),
  deleted: z.number(),
})
const stepRow = linkRow.extend({detail: z.union([z.string(), z.instanceof(Uint8Array)])})
const revisionRow = z.object({revision: z.unknown()})
const idRow = z.object({id: z.string()})
const countRow = z.object({count: z.number()})

const linkColumns = 'document_id, sequence, transaction_id, previous_rev, deleted'

/** What the columns beside a body must say, given the body. */
export function columnsOf({_id, _type}: LakeDocument): Columns {
  return {group: groupIdOf(_id), bundle: bundleOf(_id), type: _type}
}

/** The rows that the reference table must have for a document: one a target, strong when one of its references is. */
export function referenceRowsOf(document: LakeDocument): Reference[] {
  const strongest = new Map<string, boolean>()
  for (const {target, strong} of referencesOf(document)) {
    strongest.set(target, strong || strongest.get(target) === true)
  }
  return [...strongest].map(([target, strong]) => ({target, strong}))
}

/**
 * A dataset's file as somebody sees it who trusts nothing in it: one moment, read only. All SQL that knows the
 * schema for this purpose stands here. Its methods throw what SQLite throws when a page cannot be read.
 */
export class DatasetInspection {
  readonly #database: Database.Database
  /** What is kept beside the documents to find them quickly. */
  readonly derived: DerivedInspection

  /** Throws `UnreadableFile`. */
  constructor(file: string) {
    this.#database = openReadOnly(file, datasetMigrations)
    this.derived = new DerivedInspection(this.#database)
  }

  /** What SQLite finds wrong with the file. Throws `UnreadableFile`. */
  damage(): string[] {
    return damageOf(this.#database)
  }

  count(what: 'document' | 'log'): number {
    const row = this.#database.prepare(`SELECT count(*) AS count FROM ${what}`).get()
    return countRow.parse(row).count
  }

  /** Every document, in `_id` order. */
  *documents(): Generator<DocumentRow> {
    const rows = this.#database
      .prepare(`SELECT ${documentColumns} FROM document ORDER BY id`)
      .iterate()
    for (const row of rows) yield toDocumentRow(row)
  }

  /** A way to ask for a document. */
  documentById(): (id: string) => DocumentRow | undefined {
    const statement = this.#database.prepare(`SELECT ${documentColumns} FROM document WHERE id = ?`)
    return (id) => {
      const row = statement.get(id)
      return row === undefined ? undefined : toDocumentRow(row)
    }
  }

  /** A way to ask for a document's revision: `unreadable` with a damaged body, `undefined` when it is not there. */
  revisionById(): (id: string) => {revision: string} | 'unreadable' | undefined {
    const statement = this.#database.prepare(
      `SELECT CASE WHEN json_valid(body, 8) THEN body ->> '$._rev' END AS revision
       FROM document WHERE id = ?`,
    )
    return (id) => {
      const row = statement.get(id)
      if (row === undefined) return undefined
      const {revision} = revisionRow.parse(row)
      return typeof revision === 'string' ? {revision} : 'unreadable'
    }
  }

  /** A way to ask for the references that the table holds for a document. */
  referencesBySource(): (docid: number) => Reference[] {
    const statement = this.#database.prepare(
      'SELECT target, strong FROM document_reference WHERE docid = ?',
    )
    return (docid) =>
      statement.all(docid).map((row) => {
        const {target, strong} = referenceRow.parse(row)
        return {target, strong: strong === 1}
      })
  }

  /** How many rows of the reference table belong to documents that are not there. */
  strayReferences(): number {
    const row = this.#database
      .prepare(
        'SELECT count(*) AS count FROM document_reference WHERE docid NOT IN (SELECT docid FROM document)',
      )
      .get()
    return countRow.parse(row).count
  }

  /** Strong references to documents that are not there. */
  brokenReferences(): {source: string; target: string}[] {
    return this.#database
      .prepare(
        `SELECT source, target FROM (${references})
         WHERE strong = 1 AND source <> target AND target NOT IN (SELECT id FROM document)`,
      )
      .all()
      .map((row) => brokenRow.parse(row))
  }

  /** The whole log, oldest first. */
  *log(): Generator<LogLine> {
    const rows = this.#database
      .prepare(
        `SELECT sequence, transaction_id, timestamp, author, count(position) AS changes,
           coalesce(max(position), -1) AS last_position
         FROM log LEFT JOIN change USING (sequence) GROUP BY sequence ORDER BY sequence`,
      )
      .iterate()
    for (const row of rows) {
      const {
        transaction_id: transactionId,
        last_position: lastPosition,
        ...rest
      } = logRow.parse(row)
      yield {...rest, transactionId, lastPosition}
    }
  }

  /** Every document's history without its patches: by document, oldest first. */
  *histories(): Generator<HistoryLink> {
    const rows = this.#database
      .prepare(
        `SELECT ${linkColumns} FROM change JOIN log USING (sequence) ORDER BY document_id, sequence`,
      )
      .iterate()
    for (const row of rows) yield toLink(linkRow.parse(row))
  }

  /** A way to ask for a document's history with its patches, newest first; through the index over changes where that is sound. */
  stepsById(): (id: string) => Generator<HistoryStep> {
    const columns = `${linkColumns}, detail`
    const isSound = this.derived.uneven(changesByDocument) === 0
    const statement = this.#database.prepare(
      isSound ? changesOfSql(columns) : everyChangeOfSql(columns),
    )
    return function* stepsOf(id) {
      for (const row of statement.iterate({id, after: 0})) {
        const found = stepRow.parse(row)
        const {detail} = found
        yield {...toLink(found), effectsOn: (after) => effectsOf(detail, after)}
      }
    }
  }

  /** Documents that no transaction has made. */
  documentsWithoutHistory(): string[] {
    return this.#ids(
      'SELECT id FROM document WHERE id NOT IN (SELECT document_id FROM change) ORDER BY id',
    )
  }

  /** Documents that the last transactions changed, at most `limit`; without one, all that ever were. */
  changedDocuments(limit?: number): string[] {
    return this.#ids(
      `SELECT document_id AS id FROM change GROUP BY document_id ORDER BY max(sequence) DESC
       LIMIT ${limit ?? -1}`,
    )
  }

  /** Ids of all users in whose name something was written. */
  authors(): string[] {
    return this.#ids('SELECT DISTINCT author AS id FROM log ORDER BY author')
  }

  close(): void {
    this.#database.close()
  }

  #ids(sql: string): string[] {
    return this.#database
      .prepare(sql)
      .all()
      .map((row) => idRow.parse(row).id)
  }
}

function toDocumentRow(row: unknown): DocumentRow {
  const {docid, id, text, ...columns} = documentRow.parse(row)
  return {docid, id, columns, text: text ?? undefined}
}

function toLink(found: z.infer<typeof linkRow>): HistoryLink {
  return {
    documentId: found.document_id,
    sequence: found.sequence,
    transactionId: found.transaction_id,
    previousRev: found.previous_rev,
    deleted: found.deleted === 1,
  }
}

function effectsOf(
  detail: string | Uint8Array,
  after: JsonObject | undefined,
): ReturnType<HistoryStep['effectsOn']> {
  try {
    return parseDetail(detail, () => after).effects
  } catch {
    return undefined
  }
}
