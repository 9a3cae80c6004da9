import type {Logger} from '../environment.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {WriteQueue} from './writeQueue.ts'

/** Milliseconds without a commit after which what was written is taken into the text index. */
const quietTime = 250

/** Milliseconds after which it is taken in though somebody goes on writing. */
const patience = 10_000

/** Documents that are taken into the text index at once when nobody waits: a writer who comes meanwhile waits for them. */
const spareTextStep = 16

/**
 * What a dataset does for itself when nobody waits: it takes new references and changes into the indexes that follow them,
 * builds indexes that have begun to pay and clears those that were given up, takes what was written into the text index,
 * merges the pieces of that, and packs history. All of it in small steps, between which writers and readers go on.
 */
export class Upkeep {
  readonly #store: DatasetStore
  readonly #writes: WriteQueue
  readonly #logger: Logger
  /** Runs while it is waited for quiet. */
  #timer: NodeJS.Timeout | undefined
  /** Since when there has been work, on the clock of `performance.now()`. */
  #waitingSince: number | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(store: DatasetStore, writes: WriteQueue, logger: Logger) {
    this.#store = store
    this.#writes = writes
    this.#logger = logger
  }

  /** Something was written, or an index begun: there is work, which waits until it is quiet again. */
  wake(): void {
    if (this.#stopped) return
    const now = performance.now()
    this.#waitingSince ??= now
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#begin(), quietTime).unref()
    } else if (now - this.#waitingSince < patience - quietTime) {
      this.#timer.refresh()
    }
  }

  /** Does all there is to do, and resolves when it is done. */
  async settle(): Promise<void> {
    // What runs already may stop for a writer.
    await this.#running
    await this.#run(() => true)
  }

  /** Takes everything that was written into the text index, for a question of text. */
  async catchUpWithText(): Promise<void> {
    const step = () => this.#store.indexTextStep()
    while (this.#store.textIsBehind()) await this.#writes.add(step, () => undefined)
  }

  /** Ends work between two steps; what is left is taken up at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #begin(): void {
    this.#timer = undefined
    const waited = performance.now() - (this.#waitingSince ?? Infinity)
    // A writer who comes while it works sets the timer: the rest waits for the next quiet, as long as there is time.
    const goesOn = waited < patience - quietTime ? () => this.#timer === undefined : () => true
    this.#run(goesOn).catch((error: unknown) => {
      this.#logger.error({err: error}, 'the indexes could not be kept up; queries go on without')
    })
  }

  #run(goesOn: () => boolean): Promise<void> {
    const mayGoOn = () => !this.#stopped && goesOn()
    this.#running ??= this.#work(mayGoOn).finally(() => (this.#running = undefined))
    return this.#running
  }

  async #work(mayGoOn: () => boolean): Promise<void> {
    const leaving = this.#store.leavingIndex()
    if (leaving !== undefined) {
      await this.#writes.addSpare(() => this.#store.giveUpIndex())
      this.#logger.info({key: leaving}, 'an index that queries no longer use made room for another')
    }
    while (this.#store.followingIndexesAreBehind()) {
      if (!mayGoOn()) return
      await this.#writes.addSpare(() => this.#store.followStep())
    }
    let key = this.#store.unfinishedIndex()
    while (key !== undefined) {
      if (!(await this.#build(key, mayGoOn))) return
      key = this.#store.unfinishedIndex()
    }
    while (this.#store.textIsBehind()) {
      if (!mayGoOn()) return
      await this.#writes.addSpare(() => this.#store.indexTextStep(spareTextStep))
    }
    while (this.#store.textIsInPieces()) {
      if (!mayGoOn()) return
      await this.#writes.addSpare(() => this.#store.mergeTextStep())
    }
    while (this.#store.hasRemainsOfIndexes()) {
      if (!mayGoOn()) return
      await this.#writes.addSpare(() => this.#store.clearIndexStep())
    }
    while (this.#store.historyIsBehind()) {
      if (!mayGoOn()) return
      await this.#writes.addSpare(() => this.#store.packHistoryStep())
    }
    this.#waitingSince = undefined
  }

  /** Builds one index. Answers whether it came to its end. */
  async #build(key: string, mayGoOn: () => boolean): Promise<boolean> {
    const started = performance.now()
    while (this.#store.unfinishedIndex() === key) {
      if (!mayGoOn()) return false
      await this.#writes.addSpare(() => this.#store.buildIndexStep())
    }
    const milliseconds = Math.round(performance.now() - started)
    this.#logger.info({key, milliseconds}, 'an index was built')
    return true
  }
}
