import type Database from 'better-sqlite3'
import {z} from 'zod'

import {diskError, diskFailing} from '../diskErrors.ts'
import type {Commit} from '../documents/commit.ts'
import type {LakeDocument} from '../documents/document.ts'
import {openDatabase, openReader} from './database.ts'
import {datasetMigrations} from './datasetMigrations.ts'
import {DatasetReader, type ExportScope} from './datasetReader.ts'
import {DocumentRows, type ReferencesOf} from './documentRows.ts'
import {defaultIndexPolicy, type IndexPolicy} from './indexDemand.ts'
import {KeyIndexes} from './keyIndexes.ts'
import {detailText, HistoryPacking} from './history.ts'
import {FollowingIndex} from './followingIndex.ts'
import {changesByDocument} from './historyIndex.ts'
import {ManyRows} from './manyRows.ts'
import {RecentDocuments} from './recentDocuments.ts'
import type {SelectionPlan} from './selectionSql.ts'
import {ReferenceIndex} from './referenceIndex.ts'
import {TextIndex} from './textIndex.ts'

const logHead = z.object({sequence: z.number(), timestamp: z.string()})

/** Documents that one step of catching up with the text takes in, unless it is told otherwise. */
const textStep = 100

/**
 * Pages of SQLite's write-ahead log after which what stands there is taken into the file, by whoever writes then: 16 MB.
 * Most pages are written again and again, so that the fewer times this is done, the less there is to do.
 */
const pagesPerCheckpoint = 4_000

/**
 * Kilobytes of pages that the writing connection keeps: what a hundred stories change at once fits several times, so that
 * nothing is written twice or read back within a transaction.
 */
const cacheKilobytes = 32_000

/** The last commit's place in the log and ISO 8601 time; 0 and an empty string when there is none. */
type Head = {sequence: number; timestamp: string}

/**
 * One dataset's file: one connection that writes, one that reads what is on disk. Several commits can share one
 * synchronisation of the disk: `append` them, then `settle`; until then `written` shows them and `durable` does not.
 */
export class DatasetStore {
  /** What is on disk. */
  readonly durable: DatasetReader
  /** What is on disk, and what was appended since. */
  readonly written: DatasetReader
  readonly #file: string
  readonly #database: Database.Database
  readonly #reading: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #changes: ManyRows
  readonly #indexes: KeyIndexes
  readonly #text: TextIndex
  /** Indexes that take in what was written a little later. */
  readonly #following: readonly FollowingIndex[]
  readonly #history: FollowingIndex
  readonly #rows: DocumentRows
  readonly #packing: HistoryPacking
  readonly #recent = new RecentDocuments()
  readonly #enterAmongOthers: (commit: Commit, referencesOf: ReferencesOf) => void
  /** Whether there is something appended that is not settled. */
  #unsettled = false
  /** Why what was appended is gone before it could be settled. */
  #lost: {error: unknown} | undefined
  #durableHead: Head
  #writtenHead: Head

  /** Opens or makes `file`. Throws `LakeError` `storeNewer`. */
  constructor(file: string, indexPolicy: IndexPolicy = defaultIndexPolicy) {
    this.#file = file
    this.#database = openDatabase(file, datasetMigrations)
    this.#database.pragma(`cache_size = -${cacheKilobytes}`)
    // What a commit among others would be taken back with: in a file, each page would be one more call of the system.
    this.#database.pragma('temp_store = MEMORY')
    this.#database.pragma(`wal_autocheckpoint = ${pagesPerCheckpoint}`)
    this.#statements = prepare(this.#database)
    this.#changes = new ManyRows(this.#database, 'INSERT INTO change', 6)
    this.#indexes = new KeyIndexes(this.#database, indexPolicy)
    this.#text = new TextIndex(this.#database)
    const references = new ReferenceIndex(this.#database)
    this.#history = new FollowingIndex(this.#database, changesByDocument)
    this.#following = [references.following, this.#history]
    const indexes = {keys: this.#indexes, text: this.#text, references}
    this.#rows = new DocumentRows(this.#database, indexes, this.#recent)
    this.#packing = new HistoryPacking(this.#database)
    this.#reading = openReader(file)
    this.durable = new DatasetReader(this.#reading, this.#indexes)
    this.written = new DatasetReader(this.#database, this.#indexes, this.#recent)
    this.#enterAmongOthers = this.#database.transaction(
      (commit: Commit, referencesOf: ReferencesOf) => this.#enter(commit, referencesOf),
    )
    const head = this.#statements.head.get()
    this.#durableHead = head === undefined ? {sequence: 0, timestamp: ''} : logHead.parse(head)
    this.#writtenHead = this.#durableHead
    // In a new file there is nothing to take in: its indexes are complete from the first document on.
    if (head === undefined) while (this.#indexes.buildStep());
  }

  /** The last commit that is on disk. */
  head(): Head {
    return this.#durableHead
  }

  /** The last commit, on disk or appended since. */
  writtenHead(): Head {
    return this.#writtenHead
  }

  /** Adds a commit, with the documents and references that it leaves. It is on disk once `settle` has returned. */
  async append(commit: Commit, referencesOf: ReferencesOf): Promise<void> {
    this.#attempt(() => {
      if (this.#unsettled) this.#enterAmongOthers(commit, referencesOf)
      else this.#enterFirst(commit, referencesOf)
      this.#writtenHead = {sequence: commit.sequence, timestamp: commit.timestamp}
    })
  }

  /** The first of a group can be taken back with the whole of it, for which SQLite need not keep each page as it was. */
  #enterFirst(commit: Commit, referencesOf: ReferencesOf): void {
    this.#database.exec('BEGIN IMMEDIATE')
    this.#unsettled = true
    try {
      this.#enter(commit, referencesOf)
    } catch (error) {
      if (this.#database.inTransaction) {
        this.#database.exec('ROLLBACK')
        this.#unsettled = false
      }
      throw error
    }
  }

  /** Puts on disk what was appended. When it throws, nothing that was appended since the last time is there. */
  async settle(): Promise<void> {
    if (!this.#unsettled) return
    try {
      this.#attempt(() => this.#database.exec('COMMIT'))
      this.#durableHead = this.#writtenHead
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      this.#writtenHead = this.#durableHead
      this.#recent.forget()
      this.#overwriteRefused()
      this.#indexes.refresh()
      throw error
    } finally {
      // Should even going back fail, nothing more is written until it has succeeded.
      this.#unsettled = this.#database.inTransaction
      if (!this.#unsettled) this.#lost = undefined
    }
  }

  /**
   * Writes something, alone or after what was appended. A disk that does not take it can take down everything that was
   * not synchronised yet, commits of others included; whatever comes later in their group is refused as well.
   */
  #attempt<Answer>(write: () => Answer): Answer {
    if (this.#isGone()) this.#lost ??= {error: diskFailing()}
    if (this.#lost) throw diskError(this.#lost.error)
    try {
      return write()
    } catch (error) {
      this.#recent.forget()
      if (this.#isGone()) this.#lost = {error}
      throw diskError(error)
    }
  }

  /** Whether SQLite has taken back everything that was appended, as it does after some errors, even of reading. */
  #isGone(): boolean {
    return this.#unsettled && !this.#database.inTransaction
  }

  /**
   * What could be written but not synchronised stands whole in SQLite's log, out of force only until the next start: a
   * change of nothing takes its place there. On a disk that does not take even that, there is nothing whole to overwrite.
   */
  #overwriteRefused(): void {
    try {
      this.#database.pragma('synchronous = OFF')
      const version = Number(this.#database.pragma('user_version', {simple: true}))
      this.#database.pragma(`user_version = ${version}`)
    } catch (error) {
      if (diskError(error) === error) throw error
    } finally {
      this.#database.pragma('synchronous = FULL')
    }
  }

  /** A step of looking after an index. */
  #step<Answer>(step: () => Answer): Answer {
    try {
      return this.#attempt(step)
    } catch (error) {
      this.#indexes.refresh()
      throw error
    }
  }

  /** The rows of one commit, which are written whole or not at all. */
  #enter(
    {sequence, transactionId, timestamp, author, changes}: Commit,
    referencesOf: ReferencesOf,
  ): void {
    this.#statements.appendLog.run(sequence, transactionId, timestamp, author)
    this.#changes.insert(
      changes.map(({documentId, previous, result, mutations, effects}, position) => [
        sequence,
        position,
        documentId,
        previous?._rev ?? null,
        result === undefined ? 1 : 0,
        detailText({mutations, effects}),
      ]),
    )
    this.#history.note(changes.length)
    this.#rows.place(changes, referencesOf)
  }

  /** Hears what queries have read. Answers whether an index has begun to pay and is to be built. */
  learn(plans: readonly SelectionPlan[]): boolean {
    return plans.filter((plan) => this.#indexes.hear(plan)).length > 0
  }

  /** What indexes over keys there are. */
  keyIndexes(): {key: string; complete: boolean}[] {
    return this.#indexes.list()
  }

  /** The key of an index that is to be given up. */
  leavingIndex(): string | undefined {
    return this.#indexes.leaving()
  }

  /** Gives that index up. */
  async giveUpIndex(): Promise<void> {
    this.#step(() => this.#indexes.giveUp())
  }

  /** Whether entries are left of indexes that were given up. */
  hasRemainsOfIndexes(): boolean {
    return this.#indexes.hasRemains()
  }

  /** Clears some of them. */
  async clearIndexStep(): Promise<void> {
    this.#step(() => this.#indexes.clearStep())
  }

  /** The key of an index that is still being built. */
  unfinishedIndex(): string | undefined {
    return this.#indexes.unfinished()
  }

  /** Takes the next documents into an index that is being built, for some milliseconds. Answers whether more is to do. */
  async buildIndexStep(): Promise<boolean> {
    return this.#step(() => this.#indexes.buildStep())
  }

  /** Whether references or changes wait to be found as quickly as others. */
  followingIndexesAreBehind(): boolean {
    return this.#following.some((index) => index.isBehind())
  }

  /** Takes some of them into their index. */
  async followStep(): Promise<void> {
    this.#step(() => this.#following.find((index) => index.isBehind())?.catchUp())
  }

  /** Whether the text index misses something that was written. */
  textIsBehind(): boolean {
    return this.#text.isBehind()
  }

  /** Takes up to so many written documents into the text index. Answers whether more is to do. */
  async indexTextStep(documents = textStep): Promise<boolean> {
    return this.#step(() => this.#text.catchUp(documents))
  }

  /** Whether the text index stands in pieces that could be merged. */
  textIsInPieces(): boolean {
    return this.#text.isInPieces()
  }

  /** Merges some of the text index. */
  async mergeTextStep(): Promise<void> {
    this.#step(() => this.#text.mergeStep())
  }

  /** Whether there is history that could be stored in less space. */
  historyIsBehind(): boolean {
    return this.#packing.isBehind()
  }

  /** Stores some of the history in less space. */
  async packHistoryStep(): Promise<void> {
    this.#step(() => this.#packing.step())
  }

  /** Takes everything that was written into the text index. */
  async indexTextNow(): Promise<void> {
    while (this.#text.isBehind()) this.#step(() => this.#text.catchUp(textStep))
  }

  /** All documents in `_id` order as they are now, whatever is written meanwhile: read by a connection of its own. */
  async *snapshot(scope: ExportScope): AsyncGenerator<LakeDocument> {
    const reading = openReader(this.#file)
    try {
      yield* new DatasetReader(reading, this.#indexes).all(scope)
    } finally {
      reading.close()
    }
  }

  async close(): Promise<void> {
    if (!this.#database.open) return
    this.#reading.close()
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)')
    } catch (error) {
      // On a disk without space the log stays beside the file: nothing is lost, the next start reads both.
      if (diskError(error) === error) throw error
    } finally {
      this.#database.close()
    }
  }
}

function prepare(database: Database.Database) {
  return {
    head: database.prepare('SELECT sequence, timestamp FROM log ORDER BY sequence DESC LIMIT 1'),
    appendLog: database.prepare('INSERT INTO log VALUES (?, ?, ?, ?)'),
  }
}
