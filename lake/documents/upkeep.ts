import type {Logger} from '../environment.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {WriteQueue} from './writeQueue.ts'

/** Milliseconds without a commit after which what was written is taken into the text index. */
const quietTime = 250

/**
 * What a dataset does for itself when nobody waits: it takes what was written into the text index, and builds indexes
 * that have begun to pay. All of it in small steps, between which writers and readers go on.
 */
export class Upkeep {
  readonly #store: DatasetStore
  readonly #writes: WriteQueue
  readonly #logger: Logger
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(store: DatasetStore, writes: WriteQueue, logger: Logger) {
    this.#store = store
    this.#writes = writes
    this.#logger = logger
  }

  /** Something was written, or an index begun: there may be work once it is quiet. */
  wake(): void {
    if (this.#stopped || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.settle().catch((error: unknown) => {
        this.#logger.error({err: error}, 'the indexes could not be kept up; queries go on without')
      })
    }, quietTime)
    this.#timer.unref()
  }

  /** Does all there is to do, and resolves when it is done. */
  settle(): Promise<void> {
    this.#running ??= this.#work().finally(() => (this.#running = undefined))
    return this.#running
  }

  /** Takes everything that was written into the text index, for a question of text. */
  async catchUpWithText(): Promise<void> {
    while (this.#store.textIsBehind()) await this.#inTurn(() => this.#store.indexTextStep())
  }

  /** Ends work between two steps; what is left is taken up at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #work(): Promise<void> {
    let key = this.#store.unfinishedIndex()
    while (!this.#stopped && key !== undefined) {
      await this.#build(key)
      key = this.#store.unfinishedIndex()
    }
    while (!this.#stopped && this.#store.textIsBehind()) {
      await this.#inTurn(() => this.#store.indexTextStep())
    }
  }

  async #build(key: string): Promise<void> {
    const started = performance.now()
    while (!this.#stopped && this.#store.unfinishedIndex() === key) {
      await this.#inTurn(() => this.#store.buildIndexStep())
    }
    if (this.#stopped) return
    const milliseconds = Math.round(performance.now() - started)
    this.#logger.info({key, milliseconds}, 'an index was built')
  }

  #inTurn(step: () => Promise<boolean>): Promise<boolean> {
    return this.#writes.add(step, () => undefined)
  }
}
