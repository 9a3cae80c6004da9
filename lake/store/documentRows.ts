import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {Commit} from '../documents/commit.ts'
import type {LakeDocument} from '../documents/document.ts'
import {bundleOf, groupIdOf} from '../documents/ids.ts'
import type {IndexedDocument, IndexEntry, KeyIndexes} from './keyIndexes.ts'
import type {RecentDocuments} from './recentDocuments.ts'
import type {Reference, ReferenceExchange, ReferenceIndex} from './referenceIndex.ts'
import type {TextIndex} from './textIndex.ts'

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
  readonly #references: ReferenceIndex

  constructor(
    database: Database.Database,
    {keys, text, references}: {keys: KeyIndexes; text: TextIndex; references: ReferenceIndex},
    recent: RecentDocuments,
  ) {
    this.#statements = prepare(database)
    this.#indexes = keys
    this.#text = text
    this.#references = references
    this.#recent = recent
  }

  /** Puts the documents of a commit into their places, or takes them out. Part of the transaction that does so. */
  place(changes: Commit['changes'], referencesOf: ReferencesOf): void {
    const coming: Coming = {
      changes: changes.length,
      references: [],
      entries: [],
      docids: [],
      counts: new Map(),
    }
    for (const change of changes) this.#placeOne(change, referencesOf, coming)
    this.#references.exchange(coming.references)
    this.#indexes.enter(coming.entries)
    this.#text.note(coming.docids)
    for (const {type, bundle, more} of coming.counts.values()) {
      this.#statements.count.run(type, bundle, more)
    }
  }

  #placeOne(
    {documentId, previous, result}: Commit['changes'][number],
    referencesOf: ReferencesOf,
    coming: Coming,
  ): void {
    const before = previous && this.#stored(documentId, previous)
    if (before === undefined && result === undefined) return
    const after = result && this.#write(before, result, coming)
    if (before && !after) {
      this.#statements.drop.run(before.docid)
      this.#recent.deleted(documentId)
    }
    if (before?.document._type !== after?.document._type) {
      if (before) count(coming, before, -1)
      if (after) count(coming, after, 1)
    }
    this.#refer(before, after, {referencesOf, coming})
    this.#indexes.put(before, after, coming.entries)
    const docid = (after ?? before)?.docid
    if (docid !== undefined) coming.docids.push(docid)
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
    document: LakeDocument,
    {changes}: Coming,
  ): IndexedDocument {
    const body = JSON.stringify(document)
    const place = this.#writeBody(before, document, body)
    this.#recent.written(place, body.length, changes)
    return place
  }

  #writeBody(
    before: IndexedDocument | undefined,
    document: LakeDocument,
    body: string,
  ): IndexedDocument {
    const {add, replaceBody, replace} = this.#statements
    const {_id: id, _type: type} = document
    if (before === undefined) {
      const bundle = bundleOf(id)
      const {lastInsertRowid} = add.run(id, groupIdOf(id), bundle, type, body)
      return {docid: Number(lastInsertRowid), bundle, document}
    }
    if (before.document._type === type) replaceBody.run(body, before.docid)
    else replace.run(type, body, before.docid)
    return {...before, document}
  }

  #refer(
    before: IndexedDocument | undefined,
    after: IndexedDocument | undefined,
    {referencesOf, coming}: {referencesOf: ReferencesOf; coming: Coming},
  ): void {
    const held = before ? referencesOf(before.document) : []
    const wanted = after ? referencesOf(after.document) : []
    const docid = (after ?? before)?.docid
    if (docid === undefined || areSame(held, wanted)) return
    coming.references.push({docid, before: held, after: wanted})
  }
}

/** How many changes a commit has, and rows that they add, which are written together. */
type Coming = {
  changes: number
  references: ReferenceExchange[]
  entries: IndexEntry[]
  docids: number[]
  counts: Map<string, {type: string; bundle: string; more: number}>
}

function count({counts}: Coming, {bundle, document}: IndexedDocument, more: 1 | -1): void {
  const {_type: type} = document
  // No bundle has a space in it.
  const name = `${bundle} ${type}`
  const known = counts.get(name)
  if (known) known.more += more
  else counts.set(name, {type, bundle, more})
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
    count: database.prepare(
      'INSERT INTO type_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents',
    ),
  }
}
