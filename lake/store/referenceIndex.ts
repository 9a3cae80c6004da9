import type Database from 'better-sqlite3'
import {z} from 'zod'

import {ManyRows, type Row} from './manyRows.ts'

/** References that one step takes in when nobody waits. */
const step = 1_000

/** So many references may wait to be taken in: a question of them looks through all that wait. */
const mostWaiting = 8_000
/** When there are more, the writer who makes them so takes in so many. */
const takenByWriter = 4_000

/** Outgoing references of one document: target ids, and whether the reference must hold. */
export type Reference = {target: string; strong: boolean}

const indexedRow = z.object({docid: z.number()})
const countRow = z.object({count: z.number()})

/**
 * Who refers to whom, in one dataset's file. The references of each document stand with the document's number
 * (`document_reference`), where those of new documents follow each other on few pages. `reference` has them by what they
 * refer to, each new one on another page: it takes in those of new documents together, sorted, a little later.
 */
export class ReferenceIndex {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #ofDocuments: ManyRows
  readonly #byTarget: ManyRows
  /** How many references wait, or more where something was taken back. */
  #waiting: number

  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
    this.#ofDocuments = new ManyRows(database, 'INSERT OR IGNORE INTO document_reference', 3)
    this.#byTarget = new ManyRows(database, 'INSERT OR IGNORE INTO reference', 3)
    this.#waiting = this.#count()
  }

  /** Exchanges the references of documents. Part of the transaction that exchanges the documents. */
  exchange(exchanges: readonly ReferenceExchange[]): void {
    if (exchanges.length === 0) return
    const indexedTo = this.#indexedTo()
    const ofDocuments: Row[] = []
    const byTarget: Row[] = []
    for (const {docid, before, after} of exchanges) {
      const isIndexed = docid <= indexedTo
      if (before.length > 0) this.#statements.dropOf.run(docid)
      if (isIndexed) for (const {target} of before) this.#statements.drop.run(target, docid)
      for (const {target, strong} of strongest(after)) {
        ofDocuments.push([docid, target, strong ? 1 : 0])
        if (isIndexed) byTarget.push([target, docid, strong ? 1 : 0])
      }
    }
    this.#ofDocuments.insert(ofDocuments)
    this.#byTarget.insert(byTarget)
    this.#waiting += ofDocuments.length - byTarget.length
    if (this.#waiting > mostWaiting) this.#takeIn(takenByWriter)
  }

  /** Whether references may be waiting to be taken in. */
  isBehind(): boolean {
    return this.#waiting > 0
  }

  /** Takes some of them in, as one transaction. */
  catchUp(): void {
    this.#database.transaction(() => this.#takeIn(step)).immediate()
  }

  /** Takes in the references of the next documents: about so many, those of one document at least. */
  #takeIn(most: number): void {
    const from = this.#indexedTo()
    const next = this.#statements.next.get(from, most)
    const last = next === undefined ? this.#statements.last.get() : next
    const {docid} = indexedRow.parse(last)
    // What one document has is taken in together.
    const to = next === undefined || docid === from + 1 ? docid : docid - 1
    this.#statements.takeIn.run(from, to)
    this.#statements.advance.run(to)
    this.#waiting = this.#count()
  }

  #indexedTo(): number {
    return indexedRow.parse(this.#statements.indexedTo.get()).docid
  }

  #count(): number {
    return countRow.parse(this.#statements.waiting.get()).count
  }
}

/** What a document referred to, and what it refers to now. */
export type ReferenceExchange = {
  docid: number
  before: readonly Reference[]
  after: readonly Reference[]
}

/** The documents that refer to one of these ids, each once, as SQL of rows of `source` and what is bound to it. */
export function referrersSql(ids: readonly string[]): {text: string; values: readonly string[]} {
  const isOne = ids.length === 1
  const named = isOne ? '= ?' : 'IN (SELECT value FROM json_each(?))'
  const value = isOne ? (ids[0] ?? '') : JSON.stringify(ids)
  return {
    text: `SELECT source FROM reference WHERE target ${named} ${isOne ? 'UNION ALL' : 'UNION'} SELECT docid FROM document_reference WHERE docid > ${indexedTo} AND target ${named}`,
    values: [value, value],
  }
}

/** Whether the document of a `docid` refers to an id, as SQL with one question mark. */
export function refersSql(docid: string): string {
  return `EXISTS (SELECT 1 FROM document_reference f WHERE f.docid = ${docid} AND f.target = ?)`
}

/** The document up to which references have been taken in. */
const indexedTo = '(SELECT docid FROM reference_indexed)'

/** Of the references to one target, the strong one. */
function strongest(references: readonly Reference[]): readonly Reference[] {
  const strong = references.filter((one) => one.strong)
  if (strong.length === 0 || strong.length === references.length) return references
  const targets = new Set(strong.map(({target}) => target))
  return references.filter((one) => one.strong || !targets.has(one.target))
}

function prepare(database: Database.Database) {
  return {
    indexedTo: database.prepare('SELECT docid FROM reference_indexed'),
    waiting: database.prepare(
      `SELECT count(*) AS count FROM document_reference WHERE docid > ${indexedTo}`,
    ),
    next: database.prepare(
      'SELECT docid FROM document_reference WHERE docid > ? ORDER BY docid LIMIT 1 OFFSET ?',
    ),
    last: database.prepare(
      `SELECT max(coalesce(max(docid), 0), ${indexedTo}) AS docid FROM document_reference`,
    ),
    takeIn: database.prepare(
      'INSERT OR IGNORE INTO reference SELECT target, docid, strong FROM document_reference WHERE docid > ? AND docid <= ? ORDER BY target, docid',
    ),
    advance: database.prepare('UPDATE reference_indexed SET docid = ?'),
    dropOf: database.prepare('DELETE FROM document_reference WHERE docid = ?'),
    drop: database.prepare('DELETE FROM reference WHERE target = ? AND source = ?'),
  }
}
