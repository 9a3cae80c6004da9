import {randomBytes} from 'node:crypto'

import type {Caller} from '../access/caller.ts'
import type {LakeEnvironment} from '../environment.ts'
import {LakeError} from '../errors.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {groupsOf, runAction} from './actions.ts'
import type {Answering} from './answering.ts'
import type {Commit} from './commit.ts'
import type {TransactionAnswer, TransactionOptions} from './dataset.ts'
import {TransactionFault} from './fault.ts'
import type {Proposed} from './guarding.ts'
import {groupIdOf} from './ids.ts'
import {idsNamedBy, runMutation} from './mutations.ts'
import {referencesOf} from './references.ts'
import {Replayed} from './replayed.ts'
import type {Attempt, Rules} from './rules.ts'
import {protectRecords} from './skippedGuards.ts'
import type {Upkeep} from './upkeep.ts'
import {WorkingCopy, type MutationOutcome} from './workingCopy.ts'
import type {WriteQueue} from './writeQueue.ts'

/** So often a transaction is checked while others write. If what it meets has changed each time, they wait for the next. */
const checksMeanwhile = 3

/** What a transaction does to the working copy; `placeOf` says where in the request a document was changed. */
type Work = (copy: WorkingCopy, random: Replayed) => Promise<MutationOutcome[]>

/** A transaction on its way to the disk. */
type Writing = Attempt & {
  kind: 'mutationError' | 'actionError'
  work: Work
  placeOf: Proposed['placeOf']
  options: TransactionOptions & {transactionId: string}
  caller: Caller
  random: Replayed
}

type Written = {answer: TransactionAnswer; commit?: Commit} | {unchecked: Proposed}

/** Writes to one dataset: each transaction whole, in its turn, held to the rules. */
export class Transacting {
  readonly #store: DatasetStore
  readonly #writes: WriteQueue
  readonly #upkeep: Upkeep
  readonly #rules: Rules
  readonly #answering: Answering
  readonly #environment: LakeEnvironment
  /** Transactions whose outcome nobody has been told. */
  readonly #pending = new Set<Promise<unknown>>()
  readonly #receivers = new Set<(commit: Commit) => void>()

  constructor(parts: {
    store: DatasetStore
    writes: WriteQueue
    upkeep: Upkeep
    rules: Rules
    answering: Answering
    environment: LakeEnvironment
  }) {
    this.#store = parts.store
    this.#writes = parts.writes
    this.#upkeep = parts.upkeep
    this.#rules = parts.rules
    this.#answering = parts.answering
    this.#environment = parts.environment
  }

  /** Throws `LakeError` for what cannot be done or may not be; then nothing of it was. */
  mutate(mutations: readonly unknown[], options: TransactionOptions, caller: Caller) {
    const places = new Map<string, number>()
    const work: Work = async (copy, random) => {
      const outcomes: MutationOutcome[] = []
      if (mutations.length > 1) await copy.prefetch(idsNamedBy(mutations))
      for (const [index, mutation] of mutations.entries()) {
        const run = runMutation(mutation, copy, {
          idsByQuery: (query, params) => this.#answering.idsByQuery(query, params, caller),
          newId: () => random.next(() => this.#environment.newId()),
        })
        const done = await located(run, 'mutationError', index)
        for (const {id} of done) places.set(id, index)
        outcomes.push(...done)
      }
      return outcomes
    }
    const placeOf = (id: string) => places.get(id) ?? 0
    return this.#write({kind: 'mutationError', work, placeOf}, options, caller)
  }

  /** The same with document actions. */
  async act(actions: readonly unknown[], options: TransactionOptions, caller: Caller) {
    const transactionId = options.transactionId ?? this.#environment.newId()
    if (actions.length === 0) return {transactionId}
    const work: Work = async (copy) => {
      for (const [index, action] of actions.entries()) {
        const run = runAction(action, copy)
        await located(run, 'actionError', index)
      }
      return []
    }
    const placeOf = (id: string) =>
      Math.max(
        0,
        actions.findLastIndex((action) => groupsOf(action).includes(groupIdOf(id))),
      )
    const settled = {...options, transactionId, autoGenerateArrayKeys: true}
    await this.#write({kind: 'actionError', work, placeOf}, settled, caller)
    return {transactionId}
  }

  /** Tells of every commit once it is on disk, in order. Returns the way to stop. */
  onCommit(receive: (commit: Commit) => void): () => void {
    this.#receivers.add(receive)
    return () => this.#receivers.delete(receive)
  }

  /** Resolves when everybody who was writing has been told what came of it. */
  async told(): Promise<void> {
    await Promise.allSettled(this.#pending)
  }

  #write(
    writing: Pick<Writing, 'kind' | 'work' | 'placeOf'>,
    options: TransactionOptions,
    caller: Caller,
  ): Promise<TransactionAnswer> {
    const transactionId = options.transactionId ?? this.#environment.newId()
    const whole = {...writing, options: {...options, transactionId}, caller}
    const written = this.#writeChecked(whole)
    this.#pending.add(written)
    return written.finally(() => this.#pending.delete(written))
  }

  /**
   * Computes a transaction in its turn and commits it there, unless it has to be checked: that happens while others write,
   * and in a turn of its own afterwards it is committed if it would still be the same.
   */
  async #writeChecked(
    writing: Omit<Writing, 'random' | keyof Attempt>,
  ): Promise<TransactionAnswer> {
    const random = new Replayed()
    let verdict: Attempt['verdict']
    for (let checks = 0; ; checks++) {
      const turn = {...writing, random, verdict, checkInTurn: checks >= checksMeanwhile}
      const written = await this.#writes.add(
        () => this.#transact(turn),
        (done) => {
          if ('commit' in done && done.commit) this.#tell(done.commit)
        },
      )
      if ('answer' in written) return written.answer
      verdict = await this.#rules.check(written.unchecked)
    }
  }

  async #transact(writing: Writing): Promise<Written> {
    const {kind, work, placeOf, options, caller, random} = writing
    const {transactionId} = options
    const reader = this.#store.written
    if ((await reader.sequenceOf(transactionId)) !== undefined) throw alreadyRan(transactionId)
    const timestamp = this.#nextTimestamp()
    const newKey = options.autoGenerateArrayKeys === true ? () => random.next(randomKey) : undefined
    const copy = new WorkingCopy({reader, transactionId, now: timestamp, newKey})
    random.again()
    const results = await work(copy, random)
    const changed = await located(
      (async () => {
        copy.requirePermissions(caller)
        await copy.requireIntegrity()
        const changes = copy.changes()
        protectRecords(changes)
        return changes
      })(),
      kind,
      0,
    )
    const proposed = {kind, transactionId, timestamp, caller, changes: changed, placeOf}
    const {skipGuards} = options
    if (skipGuards === undefined && (await this.#rules.hold(proposed, writing)) === 'unchecked') {
      return {unchecked: proposed}
    }
    const changes =
      skipGuards === undefined ? changed : await this.#rules.skip(proposed, copy, skipGuards)
    const answer = {transactionId, results}
    if (options.dryRun === true || changes.length === 0) return {answer}
    const sequence = this.#store.writtenHead().sequence + 1
    const commit = {sequence, transactionId, timestamp, author: caller.userId, changes}
    await this.#store.append(commit, referencesOf)
    this.#upkeep.wake()
    return {answer, commit}
  }

  /** The commit is on disk: whoever cannot take the news must not make its author believe otherwise. */
  #tell(commit: Commit): void {
    for (const receive of this.#receivers) {
      try {
        receive(commit)
      } catch (error) {
        const {transactionId} = commit
        this.#environment.logger.error({err: error, transactionId}, 'a commit was not taken in')
      }
    }
  }

  /** Strictly later than the last commit, even when the clock goes back: listeners compare these as strings. */
  #nextTimestamp(): string {
    const now = this.#environment.clock.now().getTime()
    const last = Date.parse(this.#store.writtenHead().timestamp)
    return new Date(Number.isNaN(last) ? now : Math.max(now, last + 1)).toISOString()
  }
}

/** Says where in the transaction a fault stood. */
async function located<Answer>(
  run: Promise<Answer>,
  kind: 'mutationError' | 'actionError',
  index: number,
): Promise<Answer> {
  try {
    return await run
  } catch (error) {
    throw error instanceof TransactionFault ? error.inTransaction(kind, index) : error
  }
}

function alreadyRan(transactionId: string): LakeError {
  const description = `The transaction "${transactionId}" has been submitted before`
  return new LakeError('transactionAlreadyExistsError', 409, description, {
    error: {type: 'transactionAlreadyExistsError', description},
  })
}

function randomKey(): string {
  return randomBytes(6).toString('hex')
}
