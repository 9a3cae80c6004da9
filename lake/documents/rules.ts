import type {CompiledGuard} from '../access/guards.ts'
import type {Logger} from '../environment.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {Checking, type Check, type Verdict} from './checking.ts'
import type {DocumentChange} from './commit.ts'
import {Guarding, type Proposed} from './guarding.ts'
import {skippingRecord} from './skippedGuards.ts'
import type {WorkingCopy} from './workingCopy.ts'

/** What a program that runs a lake holds its transactions to. */
export type RuleOptions = {
  guards?: readonly CompiledGuard[]
  /** What is looked at besides, before something becomes public. */
  check?: Check | undefined
}

/** How far a transaction has come: what came of checking it before, and whether all wait while it is checked now. */
export type Attempt = {verdict: Verdict | undefined; checkInTurn: boolean}

/** Guards and check of one dataset, and what is written down when they are skipped. */
export class Rules {
  readonly #store: DatasetStore
  readonly #guarding: Guarding
  readonly #checking: Checking
  readonly #logger: Logger
  readonly #newId: () => string
  readonly #dataset: string

  constructor(
    options: RuleOptions & {
      projectId: string
      dataset: string
      store: DatasetStore
      logger: Logger
      newId: () => string
    },
  ) {
    const {guards = [], check} = options
    this.#store = options.store
    this.#guarding = new Guarding({...options, guards})
    this.#checking = new Checking({...options, check})
    this.#logger = options.logger
    this.#newId = options.newId
    this.#dataset = options.dataset
  }

  /**
   * Holds a transaction to the rules in its turn. Answers `unchecked` when it has to be checked first, which need not keep
   * others waiting. Throws `LakeError` 403, 422 and 503.
   */
  async hold(proposed: Proposed, {verdict, checkInTurn}: Attempt): Promise<'held' | 'unchecked'> {
    const reader = this.#store.written
    await this.#guarding.judge(proposed, reader, () => this.#store.indexTextNow())
    if (!this.#checking.concerns(proposed)) return 'held'
    if (verdict && (await this.#checking.holds(verdict, proposed, reader))) return 'held'
    if (!checkInTurn) return 'unchecked'
    await this.#checking.check(proposed, reader, 'inTurn')
    return 'held'
  }

  /** Checks a transaction while others write. Throws `LakeError` 422 and 503. */
  check(proposed: Proposed): Promise<Verdict> {
    return this.#checking.check(proposed, this.#store.written)
  }

  /** The changes of a transaction that goes past the rules, with the record of why it does. */
  async skip(
    {transactionId, timestamp, caller, changes}: Proposed,
    copy: WorkingCopy,
    reason: string,
  ): Promise<readonly DocumentChange[]> {
    if (changes.length === 0) return changes
    const {userId} = caller
    const id = this.#newId()
    const skipping = {id, transactionId, at: timestamp, userId, reason, changes}
    const record = skippingRecord(skipping)
    await copy.create(record.attributes, record.id)
    const dataset = this.#dataset
    const fields = {transactionId, userId, reason, dataset, documents: changes.length}
    // What the program does by itself it tells in its own words.
    if (caller.kind === 'internal') this.#logger.debug(fields, 'guards were skipped')
    else this.#logger.warn(fields, 'guards were skipped')
    return copy.changes()
  }

  /** Ends checks that are under way: they have failed. */
  stop(): void {
    this.#checking.stop()
  }
}
