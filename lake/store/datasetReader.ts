import type Database from 'better-sqlite3'
import {z} from 'zod'

import {withoutRevision, type JsonObject, type LakeDocument} from '../documents/document.ts'
import {TooMuchToRead, type DocumentSource} from '../query/selection.ts'
import {parseDocument} from './bodies.ts'
import {
  changeColumns,
  headColumns,
  stateBefore,
  toHead,
  toLoggedChange,
  toWayBack,
  type ChangeHead,
  type LoggedChange,
} from './changeRows.ts'
import {StoredDocuments} from './documentSource.ts'
import {docidsOfGroups} from './groupSql.ts'
import {changesOfSql} from './historyIndex.ts'
import type {KeyIndexes} from './keyIndexes.ts'
import type {RecentDocuments} from './recentDocuments.ts'
import {referrersSql} from './referenceIndex.ts'
import type {SelectionPlan} from './selectionSql.ts'

/** Which documents an export is of. */
export type ExportScope = {types: readonly string[] | undefined; publicOnly: boolean}

const bodyRow = z.object({body: z.string()})
const sequenceRow = z.object({sequence: z.number()})
const changedRow = z.object({document_id: z.string()})
const sourceRow = z.object({source: z.string()})

/**
 * What one connection sees of a dataset's file. Methods are async so that they can move to threads of their own; a view
 * for a query is synchronous, since it is handed to where the store lives.
 */
export class DatasetReader {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #documents: StoredDocuments
  readonly #recent: RecentDocuments | undefined
  #plans: SelectionPlan[] = []
  #allowance = Infinity

  /** `recent`: what this connection has written last. */
  constructor(database: Database.Database, indexes: KeyIndexes, recent?: RecentDocuments) {
    this.#database = database
    this.#recent = recent
    this.#statements = prepare(database)
    this.#documents = new StoredDocuments(database, indexes, {
      plan: (plan) => this.#plans.push(plan),
      cost: (documents) => this.#charge(documents),
    })
  }

  async documents(ids: readonly string[]): Promise<LakeDocument[]> {
    const found = new Map<string, LakeDocument>()
    for (const id of ids) {
      const known = this.#recent?.get(id)
      if (known) found.set(id, known.document)
    }
    for (const row of this.#rowsOf(ids.filter((id) => !found.has(id)))) {
      const document = parseDocument(bodyRow.parse(row).body)
      found.set(document._id, document)
    }
    return ids.flatMap((id) => found.get(id) ?? [])
  }

  #rowsOf(ids: readonly string[]): unknown[] {
    const [id] = ids
    if (id === undefined) return []
    if (ids.length > 1) return this.#statements.documents.all(JSON.stringify(ids))
    const row = this.#statements.document.get(id)
    return row === undefined ? [] : [row]
  }

  /** Those of some ids under which there is no document. */
  async missing(ids: readonly string[]): Promise<string[]> {
    return ids.filter((id) => {
      if (this.#recent?.isPresent(id)) return false
      const isThere = this.#statements.exists.get(id) !== undefined
      if (isThere) this.#recent?.notePresent(id)
      return !isThere
    })
  }

  /** The group's documents: published, draft and versions. */
  async group(groupId: string): Promise<LakeDocument[]> {
    const groups = JSON.stringify([groupId])
    const rows = this.#statements.group.all(groups, groups)
    return rows.map((row) => parseDocument(bodyRow.parse(row).body))
  }

  /**
   * Runs `read` over a view that no commit changes meanwhile; `plans` says how its selections were answered. Throws
   * `TooMuchToRead` once they would lead to more documents than `allowance`.
   */
  async view<Answer>(
    read: (source: DocumentSource) => Answer,
    allowance = Infinity,
  ): Promise<{answer: Answer; plans: readonly SelectionPlan[]}> {
    this.#plans = []
    this.#allowance = allowance
    const answer = this.#unchanged(() => read(this.#documents.begin()))
    return {answer, plans: this.#plans}
  }

  /** Reads within one transaction, or within the one that is open. */
  #unchanged<Answer>(read: () => Answer): Answer {
    if (this.#database.inTransaction) return read()
    this.#statements.begin.run()
    try {
      return read()
    } finally {
      if (this.#database.inTransaction) this.#statements.end.run()
    }
  }

  #charge(documents: number): void {
    this.#allowance -= documents
    if (this.#allowance < 0) throw new TooMuchToRead()
  }

  /** The first `limit` documents after an id, in `_id` order. */
  async page(scope: ExportScope, after: string, limit: number): Promise<LakeDocument[]> {
    const {sql, parameters} = exportSql(scope)
    const rows = this.#database
      .prepare(`${sql} AND id > ? ORDER BY id LIMIT ?`)
      .all(...parameters, after, limit)
    return rows.map((row) => parseDocument(bodyRow.parse(row).body))
  }

  /** All documents in `_id` order, as they are when the first is taken. The connection is in use until the last. */
  *all(scope: ExportScope): Generator<LakeDocument> {
    const {sql, parameters} = exportSql(scope)
    for (const row of this.#database.prepare(`${sql} ORDER BY id`).iterate(...parameters)) {
      yield parseDocument(bodyRow.parse(row).body)
    }
  }

  /** Ids of documents with a strong reference to `target`, in id order. */
  async strongReferrers(target: string): Promise<string[]> {
    return this.#statements.referrers
      .all(target, target, target)
      .map((row) => sourceRow.parse(row).source)
  }

  /** The transaction's place in the log; `undefined` when there is none of that id. */
  async sequenceOf(transactionId: string): Promise<number | undefined> {
    const row = this.#statements.transaction.get(transactionId)
    return row === undefined ? undefined : sequenceRow.parse(row).sequence
  }

  /** That and when a document was changed, newest first. */
  async headsOf(documentId: string): Promise<ChangeHead[]> {
    return this.#statements.headsOf.all({id: documentId, after: 0}).map(toHead)
  }

  /** A document as it is, and its changes after a place in the log, newest first: the way back to that place. */
  async wayBack(
    documentId: string,
    after: number,
  ): Promise<{present: LakeDocument | undefined; changes: LoggedChange[]}> {
    return this.#database.transaction(() => {
      const row = this.#statements.document.get(documentId)
      const present = row === undefined ? undefined : parseDocument(bodyRow.parse(row).body)
      const rows = this.#statements.changesOf.all({id: documentId, after})
      return {present, changes: toWayBack(rows, present)}
    })()
  }

  /** All changes of the transactions in `sequences`, oldest first. */
  async changesIn(sequences: readonly number[]): Promise<LoggedChange[]> {
    return this.#database.transaction(() =>
      sequences.flatMap((sequence) =>
        this.#statements.changesIn.all(sequence).map((row) => {
          const {documentId} = toHead(row)
          return toLoggedChange(row, () => this.#stateAfter(documentId, sequence))
        }),
      ),
    )()
  }

  /** A document as a place in the log left it, without its revision. */
  #stateAfter(documentId: string, sequence: number): JsonObject | undefined {
    const row = this.#statements.document.get(documentId)
    const present = row === undefined ? undefined : parseDocument(bodyRow.parse(row).body)
    const rows = this.#statements.changesOf.all({id: documentId, after: sequence})
    return toWayBack(rows, present).reduce(stateBefore, withoutRevision(present))
  }

  /** Ids of the documents that the `limit` transactions after a place in the log changed. */
  async documentsChangedAfter(sequence: number, limit: number): Promise<string[]> {
    return this.#statements.changedAfter
      .all(sequence, sequence + limit)
      .map((row) => changedRow.parse(row).document_id)
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
    begin: database.prepare('BEGIN'),
    end: database.prepare('COMMIT'),
    document: database.prepare('SELECT json(body) AS body FROM document WHERE id = ?'),
    documents: database.prepare(
      'SELECT json(body) AS body FROM document WHERE id IN (SELECT value FROM json_each(?))',
    ),
    exists: database.prepare('SELECT 1 FROM document WHERE id = ?'),
    group: database.prepare(
      `SELECT json(d.body) AS body FROM (${docidsOfGroups}) CROSS JOIN document d USING (docid) ORDER BY d.id`,
    ),
    referrers: database.prepare(
      `SELECT d.id AS source FROM (${referrersSql(['']).text}) r CROSS JOIN document_reference f ON f.docid = r.source AND f.target = ?
         JOIN document d ON d.docid = r.source WHERE f.strong = 1 ORDER BY d.id`,
    ),
    transaction: database.prepare('SELECT sequence FROM log WHERE transaction_id = ?'),
    headsOf: database.prepare(changesOfSql(headColumns)),
    changesOf: database.prepare(changesOfSql(changeColumns)),
    changesIn: database.prepare(
      `SELECT ${changeColumns} FROM change JOIN log USING (sequence) WHERE sequence = ? ORDER BY position`,
    ),
    changedAfter: database.prepare(
      'SELECT DISTINCT document_id FROM change WHERE sequence > ? AND sequence <= ?',
    ),
  }
}
