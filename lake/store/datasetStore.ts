import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {Commit} from '../documents/commit.ts'
import {isJsonObject, type LakeDocument} from '../documents/document.ts'
import {groupIdOf, kindOf} from '../documents/ids.ts'
import type {DocumentSource, Narrowing} from '../query/source.ts'
import {openDatabase} from './database.ts'
import {parseArray, parseDocument} from './bodies.ts'
import {datasetMigrations} from './datasetMigrations.ts'
import {pageSql, selectionSql} from './selection.ts'

/** Outgoing references of one document: target ids, and whether the reference must hold. */
export type Reference = {target: string; strong: boolean}

/** That a transaction changed a document, without what it changed. */
export type ChangeHead = {
  sequence: number
  transactionId: string
  timestamp: string
  author: string
  documentId: string
  /** Absent when the transaction made the document. */
  previousRev: string | undefined
  deleted: boolean
}

/** One line of the log without the documents' bodies. */
export type LoggedChange = ChangeHead & {
  /** Place among the transaction's changes, from 0. */
  position: number
  mutations: Commit['changes'][number]['mutations']
  effects: Commit['changes'][number]['effects']
}

const logHead = z.object({sequence: z.number(), timestamp: z.string()})
const bodyRow = z.object({body: z.string()})
const sequenceRow = z.object({sequence: z.number()})
const changedRow = z.object({document_id: z.string()})
const sourceRow = z.object({source: z.string()})
const headRow = z.object({
  sequence: z.number(),
  transaction_id: z.string(),
  timestamp: z.string(),
  author: z.string(),
  document_id: z.string(),
  previous_rev: z.string().nullable(),
  deleted: z.number(),
})
const changeRow = headRow.extend({
  position: z.number(),
  mutations: z.string(),
  apply: z.string(),
  revert: z.string(),
})

const headColumns =
  'sequence, transaction_id, timestamp, author, document_id, previous_rev, deleted'
const changeColumns = `${headColumns}, position, mutations, apply, revert`

/**
 * One dataset's file. Methods are async because they move to worker threads once reading must not delay
 * writing; a view for a query is synchronous, since it is handed to where the store lives.
 */
export class DatasetStore {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  #lastSequence: number
  #lastTimestamp: string

  /** Opens or makes `file`. Throws `LakeError` `storeNewer`. */
  constructor(file: string) {
    this.#database = openDatabase(file, datasetMigrations)
    this.#statements = prepare(this.#database)
    const head = this.#statements.head.get()
    const last = head === undefined ? {sequence: 0, timestamp: ''} : logHead.parse(head)
    this.#lastSequence = last.sequence
    this.#lastTimestamp = last.timestamp
  }

  lastSequence(): number {
    return this.#lastSequence
  }

  /** ISO 8601 time of the last commit, or an empty string. */
  lastTimestamp(): string {
    return this.#lastTimestamp
  }

  async documents(ids: readonly string[]): Promise<LakeDocument[]> {
    return ids.flatMap((id) => {
      const row = this.#statements.document.get(id)
      return row === undefined ? [] : [parseDocument(bodyRow.parse(row).body)]
    })
  }

  /** The group's documents: published, draft and versions. */
  async group(groupId: string): Promise<LakeDocument[]> {
    return this.#statements.group.all(groupId).map((row) => parseDocument(bodyRow.parse(row).body))
  }

  /** Runs `read` over a view that no commit changes meanwhile. */
  async view<Answer>(read: (source: DocumentSource) => Answer): Promise<Answer> {
    return this.#database.transaction(() =>
      read({select: (narrowings) => this.#select(narrowings)}),
    )()
  }

  /** The first `limit` documents after an id that a narrowing wants, in `_id` order. */
  async page(narrowing: Narrowing, after: string, limit: number): Promise<LakeDocument[]> {
    const {sql, parameters} = pageSql(narrowing)
    const rows = this.#database.prepare(sql).all(...parameters, after, limit)
    return rows.map((row) => parseDocument(bodyRow.parse(row).body))
  }

  /** Ids of documents with a strong reference to `target`, in id order. */
  async strongReferrers(target: string): Promise<string[]> {
    return this.#statements.referrers.all(target).map((row) => sourceRow.parse(row).source)
  }

  /** The transaction's place in the log; `undefined` when there is none of that id. */
  async sequenceOf(transactionId: string): Promise<number | undefined> {
    const row = this.#statements.transaction.get(transactionId)
    return row === undefined ? undefined : sequenceRow.parse(row).sequence
  }

  /** Writes documents, references and log as one SQLite transaction, on disk when this resolves. */
  async append(
    commit: Commit,
    referencesOf: (document: LakeDocument) => readonly Reference[],
  ): Promise<void> {
    const statements = this.#statements
    this.#database
      .transaction(() => {
        statements.appendLog.run(
          commit.sequence,
          commit.transactionId,
          commit.timestamp,
          commit.author,
        )
        for (const [position, change] of commit.changes.entries()) {
          const {documentId, previous, result, mutations, effects} = change
          statements.appendChange.run(
            commit.sequence,
            position,
            documentId,
            previous?._rev ?? null,
            result === undefined ? 1 : 0,
            JSON.stringify(mutations),
            JSON.stringify(effects.apply),
            JSON.stringify(effects.revert),
          )
          statements.dropReferences.run(documentId)
          if (result === undefined) {
            statements.dropDocument.run(documentId)
            continue
          }
          statements.putDocument.run(
            documentId,
            groupIdOf(documentId),
            kindOf(documentId),
            result._type,
            JSON.stringify(result),
          )
          for (const {target, strong} of referencesOf(result)) {
            statements.putReference.run(documentId, target, strong ? 1 : 0)
          }
        }
      })
      .immediate()
    this.#lastSequence = commit.sequence
    this.#lastTimestamp = commit.timestamp
  }

  /** That and when a document was changed, newest first. */
  async headsOf(documentId: string): Promise<ChangeHead[]> {
    return this.#statements.headsOf.all(documentId).map((row) => toHead(headRow.parse(row)))
  }

  /** A document as it is, and its changes after a place in the log, newest first: the way back to that place. */
  async wayBack(
    documentId: string,
    after: number,
  ): Promise<{present: LakeDocument | undefined; changes: LoggedChange[]}> {
    return this.#database.transaction(() => {
      const row = this.#statements.document.get(documentId)
      const present = row === undefined ? undefined : parseDocument(bodyRow.parse(row).body)
      const changes = this.#statements.changesOf.all(documentId, after).map(toLoggedChange)
      return {present, changes}
    })()
  }

  /** All changes of the transactions in `sequences`, oldest first. */
  async changesIn(sequences: readonly number[]): Promise<LoggedChange[]> {
    return sequences.flatMap((sequence) =>
      this.#statements.changesIn.all(sequence).map(toLoggedChange),
    )
  }

  /** Ids of the documents that the `limit` transactions after a place in the log changed. */
  async documentsChangedAfter(sequence: number, limit: number): Promise<string[]> {
    return this.#statements.changedAfter
      .all(sequence, sequence + limit)
      .map((row) => changedRow.parse(row).document_id)
  }

  async close(): Promise<void> {
    if (!this.#database.open) return
    this.#database.pragma('wal_checkpoint(TRUNCATE)')
    this.#database.close()
  }

  #select(narrowings: Parameters<DocumentSource['select']>[0]): LakeDocument[] {
    if (narrowings.length === 0) return []
    const {sql, parameters} = selectionSql(narrowings)
    return this.#database
      .prepare(sql)
      .all(...parameters)
      .map((row) => parseDocument(bodyRow.parse(row).body))
  }
}

function prepare(database: Database.Database) {
  return {
    head: database.prepare('SELECT sequence, timestamp FROM log ORDER BY sequence DESC LIMIT 1'),
    document: database.prepare('SELECT body FROM document WHERE id = ?'),
    group: database.prepare('SELECT body FROM document WHERE group_id = ? ORDER BY id'),
    referrers: database.prepare(
      'SELECT source FROM reference WHERE target = ? AND strong = 1 ORDER BY source',
    ),
    transaction: database.prepare('SELECT sequence FROM log WHERE transaction_id = ?'),
    appendLog: database.prepare('INSERT INTO log VALUES (?, ?, ?, ?)'),
    appendChange: database.prepare('INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    dropReferences: database.prepare('DELETE FROM reference WHERE source = ?'),
    dropDocument: database.prepare('DELETE FROM document WHERE id = ?'),
    putDocument: database.prepare('INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)'),
    putReference: database.prepare('INSERT OR IGNORE INTO reference VALUES (?, ?, ?)'),
    headsOf: database.prepare(
      `SELECT ${headColumns} FROM change JOIN log USING (sequence) WHERE document_id = ? ORDER BY sequence DESC`,
    ),
    changesOf: database.prepare(
      `SELECT ${changeColumns} FROM change JOIN log USING (sequence) WHERE document_id = ? AND sequence > ? ORDER BY sequence DESC`,
    ),
    changesIn: database.prepare(
      `SELECT ${changeColumns} FROM change JOIN log USING (sequence) WHERE sequence = ? ORDER BY position`,
    ),
    changedAfter: database.prepare(
      'SELECT DISTINCT document_id FROM change WHERE sequence > ? AND sequence <= ?',
    ),
  }
}

function toHead(found: z.infer<typeof headRow>): ChangeHead {
  return {
    sequence: found.sequence,
    transactionId: found.transaction_id,
    timestamp: found.timestamp,
    author: found.author,
    documentId: found.document_id,
    previousRev: found.previous_rev ?? undefined,
    deleted: found.deleted === 1,
  }
}

function toLoggedChange(row: unknown): LoggedChange {
  const found = changeRow.parse(row)
  return {
    ...toHead(found),
    position: found.position,
    mutations: parseArray(found.mutations).filter(isJsonObject),
    effects: {apply: parseArray(found.apply), revert: parseArray(found.revert)},
  }
}
