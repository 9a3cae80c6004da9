import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {MendozaPatch} from '../documents/commit.ts'
import type {LakeDocument} from '../documents/document.ts'
import {groupIdOf, kindOf, releaseOf} from '../documents/ids.ts'
import {referencesOf} from '../documents/references.ts'
import {parseArray} from './bodies.ts'
import {datasetMigrations} from './datasetMigrations.ts'
import type {Reference} from './datasetStore.ts'
import {damageOf, openReadOnly} from './readOnlyDatabase.ts'

/** What stands beside a document's body, or should. */
export type Columns = {group: string; place: string; type: string}

/** A document's row, unjudged: `text` is its body as JSON text, `undefined` when SQLite finds no JSON there. */
export type DocumentRow = {id: string; columns: Columns; text: string | undefined}

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

/** The same with its patches; `undefined` when they cannot be read. */
export type HistoryStep = HistoryLink & {
  effects: {apply: MendozaPatch; revert: MendozaPatch} | undefined
}

/**
 * Body as JSON text, whether it is stored as text or as SQLite's binary JSON; null where it is neither. The number
 * asks for well-formed JSON text or well-formed binary JSON.
 */
const bodyText = 'CASE WHEN json_valid(body, 9) THEN json(body) END'

const documentRow = z.object({
  id: z.string(),
  group: z.string(),
  place: z.string(),
  type: z.string(),
  text: z.string().nullable(),
})
const referenceRow = z.object({source: z.string(), target: z.string(), strong: z.number()})
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
const stepRow = linkRow.extend({apply: z.string(), revert: z.string()})
const idRow = z.object({id: z.string()})
const countRow = z.object({count: z.number()})

const linkColumns = 'document_id, sequence, transaction_id, previous_rev, deleted'

type Schema = {
  /** Columns of a `DocumentRow`. */
  document: string
  /** Rows of the reference table as ids of documents; where the source is not there, there is no row. */
  references: string
  /** Sources of rows of the reference table that are not there. */
  strays: string
  columnsOf(document: LakeDocument): Columns
  /** The rows that the reference table must have for a document. */
  referencesOf(document: LakeDocument): Reference[]
}

/** The schema that this program reads and writes, as far as an examination needs it. */
const schemas: {[version: number]: Schema} = {
  1: {
    document: `id, group_id AS "group", kind AS place, type, ${bodyText} AS text`,
    references: 'SELECT source, target, strong FROM reference',
    strays:
      'SELECT DISTINCT source AS id FROM reference WHERE source NOT IN (SELECT id FROM document)',
    columnsOf: ({_id, _type}) => ({group: groupIdOf(_id), place: kindOf(_id), type: _type}),
    referencesOf,
  },
  2: {
    document: `id, group_id AS "group", bundle AS place, type, ${bodyText} AS text`,
    references:
      'SELECT id AS source, target, strong FROM document JOIN reference ON reference.source = docid',
    strays: `SELECT DISTINCT CAST(source AS TEXT) AS id FROM reference
             WHERE source NOT IN (SELECT docid FROM document)`,
    columnsOf: ({_id, _type}) => ({group: groupIdOf(_id), place: bundleOf(_id), type: _type}),
    referencesOf: strongestReferences,
  },
}

function bundleOf(id: string): string {
  return kindOf(id) === 'draft' ? 'drafts' : (releaseOf(id) ?? '')
}

/** One row a target: strong when one of the references to it is. */
function strongestReferences(document: LakeDocument): Reference[] {
  const strong = new Map<string, boolean>()
  for (const reference of referencesOf(document)) {
    strong.set(reference.target, reference.strong || strong.get(reference.target) === true)
  }
  return [...strong].map(([target, isStrong]) => ({target, strong: isStrong}))
}

/**
 * A dataset's file as somebody sees it who trusts nothing in it: one moment, read only. All SQL that knows the
 * schema for this purpose stands here. Its methods throw what SQLite throws when a page cannot be read.
 */
export class DatasetInspection {
  readonly #database: Database.Database
  readonly #schema: Schema

  /** Throws `UnreadableFile`. */
  constructor(file: string) {
    this.#database = openReadOnly(file, datasetMigrations)
    const version = Number(this.#database.pragma('user_version', {simple: true}))
    const schema = schemas[version]
    if (schema === undefined) {
      this.#database.close()
      throw new Error(`The doctor does not know version ${version} of a dataset's schema.`)
    }
    this.#schema = schema
  }

  /** What the columns beside a body must say, given the body. */
  columnsOf(document: LakeDocument): Columns {
    return this.#schema.columnsOf(document)
  }

  /** The rows that the reference table must have for a document. */
  referencesOf(document: LakeDocument): Reference[] {
    return this.#schema.referencesOf(document)
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
      .prepare(`SELECT ${this.#schema.document} FROM document ORDER BY id`)
      .iterate()
    for (const row of rows) yield toDocumentRow(row)
  }

  document(id: string): DocumentRow | undefined {
    const row = this.#database
      .prepare(`SELECT ${this.#schema.document} FROM document WHERE id = ?`)
      .get(id)
    return row === undefined ? undefined : toDocumentRow(row)
  }

  /** A way to ask for the references that the table holds for a document. */
  referencesBySource(): (id: string) => Reference[] {
    const statement = this.#database.prepare(
      `SELECT * FROM (${this.#schema.references}) WHERE source = ?`,
    )
    return (id) =>
      statement.all(id).map((row) => {
        const {target, strong} = referenceRow.parse(row)
        return {target, strong: strong === 1}
      })
  }

  /** Rows of the reference table whose own document is not there. */
  strayReferences(): string[] {
    return this.#ids(this.#schema.strays)
  }

  /** Strong references to documents that are not there. */
  brokenReferences(): {source: string; target: string}[] {
    return this.#database
      .prepare(
        `SELECT * FROM (${this.#schema.references})
         WHERE strong = 1 AND source <> target AND target NOT IN (SELECT id FROM document)`,
      )
      .all()
      .map((row) => referenceRow.parse(row))
      .map(({source, target}) => ({source, target}))
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

  /** A document's history with its patches, newest first. */
  *stepsOf(documentId: string): Generator<HistoryStep> {
    const rows = this.#database
      .prepare(
        `SELECT ${linkColumns}, apply, revert FROM change JOIN log USING (sequence)
         WHERE document_id = ? ORDER BY sequence DESC`,
      )
      .iterate(documentId)
    for (const row of rows) {
      const found = stepRow.parse(row)
      yield {...toLink(found), effects: effectsOf(found)}
    }
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
  const {id, text, ...columns} = documentRow.parse(row)
  return {id, columns, text: text ?? undefined}
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

function effectsOf({apply, revert}: {apply: string; revert: string}): HistoryStep['effects'] {
  try {
    return {apply: parseArray(apply), revert: parseArray(revert)}
  } catch {
    return undefined
  }
}
