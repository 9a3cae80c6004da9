import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {LakeDocument} from '../documents/document.ts'
import type {IndexKey, Key} from '../query/selection.ts'
import {isLakeDocument} from './bodies.ts'
import {IndexDemand, type IndexPolicy} from './indexDemand.ts'
import {indexedValues, nameOf} from './keySql.ts'
import {ManyRows} from './manyRows.ts'

/** Keys that every dataset is indexed by: what the Studio's lists and every site ask for. */
const builtInKeys: readonly Key[] = [
  {steps: ['_updatedAt']},
  {steps: ['_createdAt']},
  {steps: ['slug', 'current']},
]

/** One document's place in the dataset, as the indexes need it. */
export type IndexedDocument = {docid: number; bundle: string; document: LakeDocument}

const indexRow = z.object({
  index_id: z.number(),
  key: z.string(),
  built_to: z.number(),
  complete: z.number(),
})
const documentRow = z.object({docid: z.number(), bundle: z.string(), body: z.string()})
const goneRow = z.object({index_id: z.number()})
const steps = z.array(z.union([z.string(), z.number()]))
const keySchema: z.ZodType<Key> = z.union([
  z.object({steps}),
  z.object({firstOf: z.array(z.lazy(() => keySchema))}),
])
export const indexKeySchema = z.union([keySchema, z.object({elementsOf: steps})])

type KeyIndex = {id: number; key: IndexKey; name: string; complete: boolean}

/** Milliseconds after which a step of building ends, so that a writer who comes meanwhile hardly waits. */
const stepMilliseconds = 4

/** Documents that a step of building reads at once, and at least takes in. */
const readTogether = 20

/** Entries that a step of clearing takes out at once. */
const clearedTogether = 200

/** What one selection has asked of the indexes: which it used, which it missed, and how many documents it was led to. */
export type IndexUse = {index?: string | undefined; missed: readonly IndexKey[]; rows: number}

/**
 * The indexes over keys of one dataset's file: which there are, kept true with every write, built in small steps. One that is
 * given up is gone at once for queries and writers; its entries are cleared in small steps.
 */
export class KeyIndexes {
  readonly #database: Database.Database
  readonly #most: number
  readonly #demand: IndexDemand | undefined
  readonly #statements: ReturnType<typeof prepare>
  readonly #entries: ManyRows
  /** Keys that shall have an index, whether or not it has been begun. */
  readonly #wanted: IndexKey[] = []
  /** The name of the index that makes room for another. */
  #leaving: string | undefined
  #indexes: KeyIndex[] = []

  /** With a policy, wants the built-in indexes where they are missing; without, only reads. */
  constructor(database: Database.Database, policy?: IndexPolicy) {
    this.#database = database
    this.#most = builtInKeys.length + (policy?.most ?? 0)
    this.#demand = policy && new IndexDemand(policy)
    this.#statements = prepare(database)
    this.#entries = new ManyRows(database, 'INSERT OR IGNORE INTO key_entry', 6)
    this.refresh()
    if (policy) this.#wanted.push(...builtInKeys)
  }

  /** Reads anew which indexes there are. */
  refresh(): void {
    this.#indexes = this.#statements.list.all().map((row) => {
      const found = indexRow.parse(row)
      const key = indexKeySchema.parse(JSON.parse(found.key))
      return {id: found.index_id, key, name: nameOf(key), complete: found.complete === 1}
    })
  }

  /** The number of the complete index over a key. */
  indexOf(key: IndexKey): number | undefined {
    const name = nameOf(key)
    return this.#indexes.find((index) => index.complete && index.name === name)?.id
  }

  /** What indexes there are, for people who look after a dataset. */
  list(): {key: string; complete: boolean}[] {
    return this.#indexes.map(({name, complete}) => ({key: name, complete}))
  }

  /**
   * Takes what a change makes untrue out of every index, within the transaction that makes it. Adds to `coming` what
   * `enter` has to be given then.
   */
  put(
    before: IndexedDocument | undefined,
    after: IndexedDocument | undefined,
    coming: IndexEntry[],
  ): void {
    for (const {id, key} of this.#indexes) {
      const gone = before ? entriesOf(id, key, before) : []
      const come = after ? entriesOf(id, key, after) : []
      for (const entry of gone) if (!isAmong(come, entry)) this.#statements.remove.run(...entry)
      for (const entry of come) if (!isAmong(gone, entry)) coming.push(entry)
    }
  }

  /** Takes entries into their indexes. */
  enter(entries: readonly IndexEntry[]): void {
    this.#entries.insert(entries)
  }

  /**
   * Hears how a selection was answered. Once documents that an index over a key could have spared have cost enough, the key
   * gets one, if need be in the place of one that queries have not used for long. Answers whether there is something to do now.
   */
  hear({index, missed, rows}: IndexUse): boolean {
    const demand = this.#demand
    if (demand === undefined) return false
    demand.answered(index)
    const wanted = missed.filter((key) => !this.#isWanted(key) && demand.missed(nameOf(key), rows))
    return wanted.filter((key) => this.#want(key, demand)).length > 0
  }

  #isWanted(key: IndexKey): boolean {
    const name = nameOf(key)
    return this.#isKnown(name) || this.#wanted.some((wanted) => nameOf(wanted) === name)
  }

  /** Wants an index over a key, as long as there is room. */
  #want(key: IndexKey, demand: IndexDemand): boolean {
    const present = this.#indexes.length + this.#missing().length
    if (present >= this.#most && !this.#makeRoom(demand)) return false
    this.#wanted.push(key)
    demand.settle(nameOf(key))
    return true
  }

  #makeRoom(demand: IndexDemand): boolean {
    if (this.#leaving !== undefined) return false
    const builtIn = new Set(builtInKeys.map(nameOf))
    const complete = this.#indexes.filter((index) => index.complete && !builtIn.has(index.name))
    this.#leaving = demand.idle(complete.map(({name}) => name))
    return this.#leaving !== undefined
  }

  /** The name of an index that is to be given up. */
  leaving(): string | undefined {
    return this.#leaving
  }

  /** Gives that index up. When it throws, `refresh` has to follow. */
  giveUp(): void {
    const name = this.#leaving
    const index = this.#indexes.find((one) => one.name === name)
    this.#leaving = undefined
    if (index === undefined) return
    this.#database
      .transaction(() => {
        this.#statements.giveUp.run(index.id)
        this.#statements.drop.run(index.id)
      })
      .immediate()
    this.#indexes = this.#indexes.filter((one) => one !== index)
    const place = this.#wanted.findIndex((key) => nameOf(key) === name)
    if (place !== -1) this.#wanted.splice(place, 1)
  }

  /** Whether entries are left of indexes that were given up. */
  hasRemains(): boolean {
    return this.#statements.gone.get() !== undefined
  }

  /** Clears some of them, as one transaction. */
  clearStep(): void {
    this.#database
      .transaction(() => {
        const row = this.#statements.gone.get()
        if (row === undefined) return
        const {index_id: id} = goneRow.parse(row)
        const until = performance.now() + stepMilliseconds
        let cleared = 0
        do cleared = this.#statements.clear.run(id, clearedTogether).changes
        while (cleared > 0 && performance.now() < until)
        if (cleared === 0) this.#statements.forget.run(id)
      })
      .immediate()
  }

  /** The key of an index that is not complete, or not begun yet. */
  unfinished(): string | undefined {
    const begun = this.#indexes.find(({complete}) => !complete)
    if (begun) return begun.name
    const [missing] = this.#missing()
    return missing && nameOf(missing)
  }

  /**
   * Takes the next documents into an unfinished index for some milliseconds, as one transaction, and begins one that is wanted.
   * Answers whether more is to do. When it throws, `refresh` has to follow.
   */
  buildStep(): boolean {
    this.#database
      .transaction(() => {
        const index = this.#indexes.find(({complete}) => !complete) ?? this.#begin()
        if (!index) return
        const until = performance.now() + stepMilliseconds
        let builtTo = indexRow.parse(this.#statements.one.get(index.id)).built_to
        do {
          const taken = this.#takeIn(index, builtTo)
          builtTo = taken.to
          index.complete = taken.complete
        } while (!index.complete && performance.now() < until)
        this.#statements.progress.run(builtTo, index.complete ? 1 : 0, index.id)
      })
      .immediate()
    return this.unfinished() !== undefined
  }

  /** Takes the documents after one into an index. Answers which was the last, and whether it was the last of all. */
  #takeIn({id, key}: KeyIndex, after: number): {to: number; complete: boolean} {
    let to = after
    const rows = this.#statements.documents.all(after, readTogether)
    for (const row of rows) {
      const {docid, bundle, body} = documentRow.parse(row)
      to = docid
      const document: unknown = JSON.parse(body)
      if (!isLakeDocument(document)) continue
      this.enter(entriesOf(id, key, {docid, bundle, document}))
    }
    return {to, complete: rows.length < readTogether}
  }

  #begin(): KeyIndex | undefined {
    const [key] = this.#missing()
    if (!key) return undefined
    const {lastInsertRowid} = this.#statements.add.run(JSON.stringify(key))
    const index = {id: Number(lastInsertRowid), key, name: nameOf(key), complete: false}
    this.#indexes.push(index)
    return index
  }

  #missing(): IndexKey[] {
    return this.#wanted.filter((key) => !this.#isKnown(nameOf(key)))
  }

  #isKnown(name: string): boolean {
    return this.#indexes.some((index) => index.name === name)
  }
}

/** A document's place in an index. */
export type IndexEntry = [number, string, number, string | number, string, number]

function entriesOf(
  index: number,
  key: IndexKey,
  {docid, bundle, document}: IndexedDocument,
): IndexEntry[] {
  return indexedValues(document, key).map(({rank, value}) => [
    index,
    document._type,
    rank,
    value,
    bundle,
    docid,
  ])
}

function isAmong(entries: readonly IndexEntry[], wanted: IndexEntry): boolean {
  return entries.some((entry) => entry.every((part, place) => part === wanted[place]))
}

function prepare(database: Database.Database) {
  return {
    list: database.prepare('SELECT index_id, key, built_to, complete FROM key_index'),
    one: database.prepare(
      'SELECT index_id, key, built_to, complete FROM key_index WHERE index_id = ?',
    ),
    // The number of an index that was given up is free again when nothing is left of it.
    add: database.prepare(
      `INSERT INTO key_index (index_id, key, built_to, complete) SELECT coalesce(max(index_id), 0) + 1, ?, 0, 0
         FROM (SELECT index_id FROM key_index UNION ALL SELECT index_id FROM key_index_gone)`,
    ),
    giveUp: database.prepare('INSERT INTO key_index_gone VALUES (?)'),
    drop: database.prepare('DELETE FROM key_index WHERE index_id = ?'),
    gone: database.prepare('SELECT index_id FROM key_index_gone LIMIT 1'),
    clear: database.prepare('DELETE FROM key_entry WHERE index_id = ? LIMIT ?'),
    forget: database.prepare('DELETE FROM key_index_gone WHERE index_id = ?'),
    progress: database.prepare(
      'UPDATE key_index SET built_to = ?, complete = ? WHERE index_id = ?',
    ),
    documents: database.prepare(
      'SELECT docid, bundle, json(body) AS body FROM document WHERE docid > ? ORDER BY docid LIMIT ?',
    ),
    remove: database.prepare(
      'DELETE FROM key_entry WHERE index_id = ? AND type = ? AND rank = ? AND value = ? AND bundle = ? AND docid = ?',
    ),
  }
}
