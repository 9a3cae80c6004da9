import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {Commit} from '../documents/commit.ts'
import type {LakeDocument} from '../documents/document.ts'
import {bundleOf, groupIdOf} from '../documents/ids.ts'
import type {IndexedDocument, KeyIndexes} from './keyIndexes.ts'
import type {RecentDocuments} from './recentDocuments.ts'
import type {TextIndex} from './textIndex.ts'

/** Outgoing references of one document: target ids, and whether the reference must hold. */
export type Reference = {target: string; strong: boolean}

export type ReferencesOf = (document: LakeDocument) => readonly Reference[]

const placeRow = z.object({docid: z.number()})

/**
 * The rows of the documents, in every table that knows of them. A keystroke leaves most of what is said about a document as
 * it was; what does not change is not written, since each page that is written is synchronised as well.
 */
export class DocumentRows {
  readonly #statements: ReturnType<typeof prepare>
  readonly #indexes: KeyIndexes
  readonly #text: TextIndex
  readonly #recent: RecentDocuments

  constructor(
    database: Database.Database,
    indexes: KeyIndexes,
    text: TextIndex,
    recent: RecentDocuments,
  ) {
    this.#statements = prepare(database)
    this.#indexes = indexes
    this.#text = text
    this.#recent = recent
  }

  /** Puts a document into its place, or takes it out. Part of the transaction that does so. */
  place(
    {documentId, previous, result}: Commit['changes'][number],
    referencesOf: ReferencesOf,
  ): void {
    const before = previous && this.#stored(documentId, previous)
    if (before === undefined && result === undefined) return
    const after = result && this.#write(before, documentId, result)
    if (before && !after) {
      this.#statements.drop.run(before.docid)
      this.#recent.deleted(documentId)
    }
    if (before?.document._type !== after?.document._type) {
      if (before) this.#count(before, -1)
      if (after) this.#count(after, 1)
    }
    this.#refer(before, after, referencesOf)
    this.#indexes.put(before, after)
    const docid = (after ?? before)?.docid
    if (docid !== undefined) this.#text.note(docid)
  }

  #stored(documentId: string, document: LakeDocument): IndexedDocument | undefined {
    const known = this.#recent.get(documentId)
    if (known) return {...known, document}
    const row = this.#statements.place.get(documentId)
    if (row === undefined) return undefined
    return {docid: placeRow.parse(row).docid, bundle: bundleOf(documentId), document}
  }

  #write(
    before: IndexedDocument | undefined,
    documentId: string,
    document: LakeDocument,
  ): IndexedDocument {
    const {add, replaceBody, replace} = this.#statements
    const body = JSON.stringify(document)
    const bundle = bundleOf(documentId)
    if (before === undefined) {
      const values = [documentId, groupIdOf(documentId), bundle, document._type, body]
      const docid = Number(add.run(...values).lastInsertRowid)
      return this.#remember({docid, bundle, document}, body.length)
    }
    if (before.document._type === document._type) replaceBody.run(body, before.docid)
    else replace.run(document._type, body, before.docid)
    return this.#remember({...before, document}, body.length)
  }

  #remember(place: IndexedDocument, characters: number): IndexedDocument {
    this.#recent.written(place, characters)
    return place
  }

  #count({bundle, document}: IndexedDocument, more: 1 | -1): void {
    this.#statements.count.run(document._type, bundle, more)
  }

  #refer(
    before: IndexedDocument | undefined,
    after: IndexedDocument | undefined,
    referencesOf: ReferencesOf,
  ): void {
    const held = before ? referencesOf(before.document) : []
    const wanted = after ? referencesOf(after.document) : []
    if (areSame(held, wanted)) return
    if (before && held.length > 0) this.#statements.dropReferences.run(before.docid)
    for (const {target, strong} of wanted) {
      if (after) this.#statements.putReference.run(target, after.docid, strong ? 1 : 0)
    }
  }
}

function areSame(some: readonly Reference[], others: readonly Reference[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({target, strong}, place) =>
        target === others[place]?.target && strong === others[place].strong,
    )
  )
}

function prepare(database: Database.Database) {
  return {
    place: database.prepare('SELECT docid FROM document WHERE id = ?'),
    add: database.prepare(
      'INSERT INTO document (id, group_id, bundle, type, body) VALUES (?, ?, ?, ?, jsonb(?))',
    ),
    // Without the type, so that no index over it is written.
    replaceBody: database.prepare('UPDATE document SET body = jsonb(?) WHERE docid = ?'),
    replace: database.prepare('UPDATE document SET type = ?, body = jsonb(?) WHERE docid = ?'),
    drop: database.prepare('DELETE FROM document WHERE docid = ?'),
    dropReferences: database.prepare('DELETE FROM reference WHERE source = ?'),
    putReference: database.prepare(
      'INSERT INTO reference VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET strong = max(strong, excluded.strong)',
    ),
    count: database.prepare(
      'INSERT INTO type_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents',
    ),
  }
}
