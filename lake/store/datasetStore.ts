import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {Commit} from '../documents/commit.ts'
import {isJsonObject, type LakeDocument} from '../documents/document.ts'
import {bundleOf, groupIdOf} from '../documents/ids.ts'
import type {DocumentSource} from '../query/selection.ts'
import {openDatabase, openReader} from './database.ts'
import {parseArray, parseDocument} from './bodies.ts'
import {datasetMigrations} from './datasetMigrations.ts'
import {StoredDocuments} from './documentSource.ts'
import {defaultIndexPolicy, KeyIndexes, type IndexPolicy} from './keyIndexes.ts'
import type {SelectionPlan} from './selectionSql.ts'
import {TextIndex} from './textIndex.ts'

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
const placeRow = z.object({docid: z.number()})
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

/** Which documents an export is of. */
export type ExportScope = {types: readonly string[] | undefined; publicOnly: boolean}

/** Documents that one step of catching up with the text takes in. */
const textStep = 100

/**
 * One dataset's file. Methods are async because they move to worker threads once reading must not delay
 * writing; a view for a query is synchronous, since it is handed to where the store lives.
 */
export class DatasetStore {
  readonly #file: string
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #indexes: KeyIndexes
  readonly #text: TextIndex
  readonly #documents: StoredDocuments
  #plans: SelectionPlan[] = []
  #lastSequence: number
  #lastTimestamp: string

  /** Opens or makes `file`. Throws `LakeError` `storeNewer`. */
  constructor(file: string, indexPolicy: IndexPolicy = defaultIndexPolicy) {
    this.#file = file
    this.#database = openDatabase(file, datasetMigrations)
    this.#statements = prepare(this.#database)
    this.#indexes = new KeyIndexes(this.#database, indexPolicy)
    this.#text = new TextIndex(this.#database)
    this.#documents = new StoredDocuments(this.#database, this.#indexes, (plan) => {
      this.#plans.push(plan)
    })
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

  /** Runs `read` over a view that no commit changes meanwhile, with what its selections did. */
  async view<Answer>(
    read: (source: DocumentSource) => Answer,
  ): Promise<{answer: Answer; plans: readonly SelectionPlan[]}> {
    this.#plans = []
    const answer = this.#database.transaction(() => read(this.#documents.begin()))()
    return {answer, plans: this.#plans}
  }

  /** Hears what queries have read. Answers whether an index has begun to pay and is to be built. */
  learn(plans: readonly SelectionPlan[]): boolean {
    let begun = false
    for (const {missed, rows} of plans) {
      for (const key of missed) begun = this.#indexes.readInVain(key, rows) || begun
    }
    return begun
  }

  /** What indexes over keys there are. */
  async keyIndexes(): Promise<{key: string; complete: boolean}[]> {
    return this.#indexes.list()
  }

  /** Takes the next few hundred documents into an index that is being built. Answers whether more is to do. */
  async buildIndexStep(): Promise<boolean> {
    return this.#indexes.buildStep()
  }

  /** The key of an index that is still being built. */
  unfinishedIndex(): string | undefined {
    return this.#indexes.unfinished()
  }

  /** Takes some of what was written into the text index. Answers whether more is to do. */
  async indexTextStep(): Promise<boolean> {
    return this.#text.isBehind() && this.#text.catchUp(textStep)
  }

  /** The first `limit` documents after an id, in `_id` order. */
  async page(scope: ExportScope, after: string, limit: number): Promise<LakeDocument[]> {
    const {sql, parameters} = exportSql(scope)
    const rows = this.#database
      .prepare(`${sql} AND id > ? ORDER BY id LIMIT ?`)
      .all(...parameters, after, limit)
    return rows.map((row) => parseDocument(bodyRow.parse(row).body))
  }

  /** All documents in `_id` order as they are now, whatever is written meanwhile: read by a connection of its own. */
  async *snapshot(scope: ExportScope): AsyncGenerator<LakeDocument> {
    const reader = openReader(this.#file)
    try {
      const {sql, parameters} = exportSql(scope)
      for (const row of reader.prepare(`${sql} ORDER BY id`).iterate(...parameters)) {
        yield parseDocument(bodyRow.parse(row).body)
      }
    } finally {
      reader.close()
    }
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
          this.#place(change, referencesOf)
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

  /** Puts a document into its place, or takes it out, in every table that knows of it. */
  #place(
    {documentId, previous, result}: Commit['changes'][number],
    referencesOf: (document: LakeDocument) => readonly Reference[],
  ): void {
    const statements = this.#statements
    const bundle = bundleOf(documentId)
    const known = previous === undefined ? undefined : statements.place.get(documentId)
    let docid = known === undefined ? undefined : placeRow.parse(known).docid
    const before =
      docid === undefined || previous === undefined
        ? undefined
        : {docid, bundle, document: previous}
    if (docid !== undefined) statements.dropReferences.run(docid)
    if (before) statements.count.run(before.document._type, bundle, -1)
    if (result === undefined) {
      if (docid === undefined) return
      statements.dropDocument.run(docid)
      this.#indexes.put(before, undefined)
      this.#text.note(docid)
      return
    }
    const body = JSON.stringify(result)
    if (docid === undefined) {
      const values = [documentId, groupIdOf(documentId), bundle, result._type, body]
      docid = Number(statements.addDocument.run(...values).lastInsertRowid)
    } else {
      statements.replaceDocument.run(result._type, body, docid)
    }
    statements.count.run(result._type, bundle, 1)
    for (const {target, strong} of referencesOf(result)) {
      statements.putReference.run(target, docid, strong ? 1 : 0)
    }
    this.#indexes.put(before, {docid, bundle, document: result})
    this.#text.note(docid)
  }
}

/** The documents of an export, as a question that further conditions can be added to. */
function exportSql({types, publicOnly}: ExportScope): {sql: string; parameters: string[]} {
  const ofTypes = types === undefined ? '' : ' AND type IN (SELECT value FROM json_each(?))'
  const ofPublic = publicOnly ? " AND instr(id, '.') = 0" : ''
  return {
    sql: `SELECT json(body) AS body FROM document WHERE TRUE${ofTypes}${ofPublic}`,
    parameters: types === undefined ? [] : [JSON.stringify(types)],
  }
}

function prepare(database: Database.Database) {
  return {
    head: database.prepare('SELECT sequence, timestamp FROM log ORDER BY sequence DESC LIMIT 1'),
    document: database.prepare('SELECT json(body) AS body FROM document WHERE id = ?'),
    group: database.prepare(
      'SELECT json(body) AS body FROM document WHERE group_id = ? ORDER BY id',
    ),
    referrers: database.prepare(
      'SELECT d.id AS source FROM reference r JOIN document d ON d.docid = r.source WHERE r.target = ? AND r.strong = 1 ORDER BY d.id',
    ),
    transaction: database.prepare('SELECT sequence FROM log WHERE transaction_id = ?'),
    appendLog: database.prepare('INSERT INTO log VALUES (?, ?, ?, ?)'),
    appendChange: database.prepare('INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    place: database.prepare('SELECT docid FROM document WHERE id = ?'),
    dropReferences: database.prepare('DELETE FROM reference WHERE source = ?'),
    dropDocument: database.prepare('DELETE FROM document WHERE docid = ?'),
    addDocument: database.prepare(
      'INSERT INTO document (id, group_id, bundle, type, body) VALUES (?, ?, ?, ?, jsonb(?))',
    ),
    replaceDocument: database.prepare(
      'UPDATE document SET type = ?, body = jsonb(?) WHERE docid = ?',
    ),
    putReference: database.prepare(
      'INSERT INTO reference VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET strong = max(strong, excluded.strong)',
    ),
    count: database.prepare(
      'INSERT INTO type_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents',
    ),
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
