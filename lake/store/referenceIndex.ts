import type Database from 'better-sqlite3'

import {FollowingIndex, reachOf, type Following} from './followingIndex.ts'
import {ManyRows, type Row} from './manyRows.ts'

/** Outgoing references of one document: target ids, and whether the reference must hold. */
export type Reference = {target: string; strong: boolean}

/** `document_reference` is what holds. */
export const referencesByTarget: Following = {
  source: 'document_reference',
  number: 'docid',
  index: 'reference',
  columns: {target: 'target', source: 'docid', strong: 'strong'},
  progress: 'reference_indexed',
}

/**
 * Who refers to whom, in one dataset's file. The references of each document stand with the document's number
 * (`document_reference`), where those of new documents follow each other on few pages. `reference` has them by what they
 * refer to, and follows.
 */
export class ReferenceIndex {
  readonly #statements: ReturnType<typeof prepare>
  readonly #ofDocuments: ManyRows
  readonly #byTarget: ManyRows
  /** Takes in the references of new documents. */
  readonly following: FollowingIndex

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
    this.#ofDocuments = new ManyRows(database, 'INSERT OR IGNORE INTO document_reference', 3)
    this.#byTarget = new ManyRows(database, 'INSERT OR IGNORE INTO reference', 3)
    this.following = new FollowingIndex(database, referencesByTarget)
  }

  /** Exchanges the references of documents. Part of the transaction that exchanges the documents. */
  exchange(exchanges: readonly ReferenceExchange[]): void {
    if (exchanges.length === 0) return
    const reach = this.following.reach()
    const ofDocuments: Row[] = []
    const targets: Row[] = []
    for (const {docid, before, after} of exchanges) {
      const isTakenIn = docid <= reach
      if (before.length > 0) this.#statements.dropOf.run(docid)
      if (isTakenIn) for (const {target} of before) this.#statements.drop.run(target, docid)
      for (const {target, strong} of strongest(after)) {
        ofDocuments.push([docid, target, strong ? 1 : 0])
        if (isTakenIn) targets.push([target, docid, strong ? 1 : 0])
      }
    }
    this.#ofDocuments.insert(ofDocuments)
    this.#byTarget.insert(targets)
    this.following.note(ofDocuments.length - targets.length)
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
    text: `SELECT source FROM reference WHERE target ${named} ${isOne ? 'UNION ALL' : 'UNION'} SELECT docid FROM document_reference WHERE docid > ${reachOf(referencesByTarget)} AND target ${named}`,
    values: [value, value],
  }
}

/** Whether the document of a `docid` refers to an id, as SQL with one question mark. */
export function refersSql(docid: string): string {
  return `EXISTS (SELECT 1 FROM document_reference f WHERE f.docid = ${docid} AND f.target = ?)`
}

/** Of the references to one target, the strong one. */
function strongest(references: readonly Reference[]): readonly Reference[] {
  const strong = references.filter((one) => one.strong)
  if (strong.length === 0 || strong.length === references.length) return references
  const targets = new Set(strong.map(({target}) => target))
  return references.filter((one) => one.strong || !targets.has(one.target))
}

function prepare(database: Database.Database) {
  return {
    dropOf: database.prepare('DELETE FROM document_reference WHERE docid = ?'),
    drop: database.prepare('DELETE FROM reference WHERE target = ? AND source = ?'),
  }
}
