import {randomBytes} from 'node:crypto'

import type {Caller} from '../access/caller.ts'
import type {LakeEnvironment} from '../environment.ts'
import {LakeError} from '../errors.ts'
import {isLong, requireLength, requireShort} from '../query/queryLength.ts'
import {TooMuchToRead} from '../query/selection.ts'
import {prepareQuery, type PreparedQuery} from '../query/run.ts'
import type {DatasetReader, ExportScope} from '../store/datasetReader.ts'
import {reportOf} from '../store/selectionSql.ts'
import {DatasetStore} from '../store/datasetStore.ts'
import {groupsOf, runAction} from './actions.ts'
import type {Commit} from './commit.ts'
import type {Dataset, QueryRequest, TransactionAnswer, TransactionOptions} from './dataset.ts'
import {isJsonObject, type JsonObject, type LakeDocument} from './document.ts'
import {TransactionFault} from './fault.ts'
import {documentEvents} from './documentEvents.ts'
import type {Proposed} from './guarding.ts'
import {commitsAfter, loggedTransactions, versionAt} from './history.ts'
import {groupIdOf, isPublicId} from './ids.ts'
import {runMutation} from './mutations.ts'
import {referencesOf} from './references.ts'
import {ReadTurns} from './readTurns.ts'
import {Replayed} from './replayed.ts'
import {Rules, type Attempt, type RuleOptions} from './rules.ts'
import {protectRecords} from './skippedGuards.ts'
import type {Answered} from './threads/messages.ts'
import {QueryThreads} from './threads/queryThreads.ts'
import {Upkeep} from './upkeep.ts'
import {WorkingCopy, type MutationOutcome} from './workingCopy.ts'
import {WriteQueue} from './writeQueue.ts'

export type DatasetOptions = RuleOptions & {
  name: string
  projectId: string
  file: string
  environment: LakeEnvironment
}

/** Opens or makes the dataset in `file`. Throws `LakeError` `storeNewer`. */
export async function openDataset(options: DatasetOptions): Promise<Dataset> {
  return new StoredDataset(options)
}

/** Documents that a query may be led to while everybody waits for it. */
const mostReadAtOnce = 1_000

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

class StoredDataset implements Dataset {
  readonly name: string
  readonly #projectId: string
  readonly #store: DatasetStore
  readonly #environment: LakeEnvironment
  readonly #threads: QueryThreads
  readonly #reads = new ReadTurns()
  readonly #writes: WriteQueue
  readonly #upkeep: Upkeep
  readonly #rules: Rules
  /** Transactions whose outcome nobody has been told. */
  readonly #pending = new Set<Promise<unknown>>()
  readonly #receivers = new Set<(commit: Commit) => void>()

  constructor(options: DatasetOptions) {
    this.name = options.name
    this.#projectId = options.projectId
    this.#environment = options.environment
    this.#store = new DatasetStore(options.file)
    const {file, projectId, name} = options
    this.#threads = new QueryThreads({file, projectId, dataset: name})
    this.#writes = new WriteQueue(() => this.#store.settle())
    const {logger} = options.environment
    this.#upkeep = new Upkeep(this.#store, this.#writes, logger)
    const {newId} = options.environment
    const store = this.#store
    this.#rules = new Rules({...options, dataset: name, store, logger, newId: () => newId()})
    this.#upkeep.wake()
  }

  async query(request: Parameters<Dataset['query']>[0], caller: Caller) {
    const started = performance.now()
    requireLength(request.query)
    const {outcome, plans} = await this.#answer(request, caller)
    if (this.#store.learn(plans)) this.#upkeep.wake()
    const ms = Math.round(performance.now() - started)
    if (request.explain !== true) return {...outcome, ms}
    const explain = {selections: plans.map(reportOf), indexes: this.#store.keyIndexes()}
    return {...outcome, ms, explain}
  }

  /** Answers at once what is short and reads little, and lets a thread of its own read much. */
  async #answer(request: QueryRequest, caller: Caller): Promise<Answered> {
    const aside = () => this.#threads.answer({request, ...this.#askedBy(caller)})
    if (isLong(request.query)) {
      await this.#upkeep.catchUpWithText()
      return await aside()
    }
    try {
      return await this.#reads.run(async () => {
        const query = prepareQuery(request)
        if (query.asksForText) await this.#upkeep.catchUpWithText()
        return await this.#ask(query, this.#store.durable, caller, mostReadAtOnce)
      })
    } catch (error) {
      if (!(error instanceof TooMuchToRead)) throw error
      return await aside()
    }
  }

  async #ask(
    query: PreparedQuery,
    reader: DatasetReader,
    caller: Caller,
    allowance?: number,
  ): Promise<Answered> {
    const context = {
      ...this.#askedBy(caller),
      projectId: this.#projectId,
      dataset: this.name,
    }
    const viewed = await reader.view((source) => query.run({source, ...context}), allowance)
    return {outcome: viewed.answer, plans: viewed.plans}
  }

  #askedBy(caller: Caller) {
    const publicOnly = caller.reads === 'public'
    return {identity: caller.userId, publicOnly, now: this.#environment.clock.now()}
  }

  async documents(ids: readonly string[], caller: Caller) {
    const unique = [...new Set(ids)]
    const found = await this.#store.durable.documents(unique.filter((id) => mayRead(caller, id)))
    const present = new Set(found.map(({_id}) => _id))
    const omitted = unique.flatMap((id) => {
      if (present.has(id)) return []
      const reason = mayRead(caller, id) ? ('existence' as const) : ('permission' as const)
      return [{id, reason}]
    })
    return {documents: found, omitted}
  }

  async versionsOf(ids: readonly string[], caller: Caller) {
    const groups = [...new Set(ids.map(groupIdOf))]
    const found = await Promise.all(groups.map((id) => this.#store.durable.group(id)))
    return found.flat().filter(({_id}) => mayRead(caller, _id))
  }

  mutate(mutations: readonly unknown[], options: TransactionOptions, caller: Caller) {
    const places = new Map<string, number>()
    const work: Work = async (copy, random) => {
      const outcomes: MutationOutcome[] = []
      for (const [index, mutation] of mutations.entries()) {
        const run = runMutation(mutation, copy, {
          idsByQuery: (query, params) => this.#idsByQuery(query, params, caller),
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

  async documentsAt(
    ids: readonly string[],
    at: Parameters<Dataset['documentsAt']>[1],
    caller: Caller,
  ) {
    const readable = ids.filter(() => caller.reads === 'everything')
    const states = await Promise.all(readable.map((id) => versionAt(this.#store.durable, id, at)))
    return states.filter((state) => state !== undefined)
  }

  async *transactions(request: Parameters<Dataset['transactions']>[0], caller: Caller) {
    if (caller.reads !== 'everything') return
    yield* await loggedTransactions(this.#store.durable, request)
  }

  async documentEvents(documentId: string, page: {limit: number; cursor?: string}, caller: Caller) {
    if (caller.reads !== 'everything') return {events: [], nextCursor: ''}
    const start = Number(page.cursor ?? 0) || 0
    const all = await documentEvents(this.#store.durable, documentId)
    const end = start + page.limit
    return {events: all.slice(start, end), nextCursor: end < all.length ? String(end) : ''}
  }

  async *exportDocuments(types: readonly string[] | undefined, caller: Caller) {
    yield* this.#store.snapshot(exported(types, caller))
  }

  exportPage(page: Parameters<Dataset['exportPage']>[0], caller: Caller) {
    return this.#store.durable.page(exported(page.types, caller), page.after, page.limit)
  }

  onCommit(receive: (commit: Commit) => void): () => void {
    this.#receivers.add(receive)
    return () => this.#receivers.delete(receive)
  }

  commitsAfter(sequence: number, limit: number) {
    return commitsAfter(this.#store.durable, sequence, limit)
  }

  lastSequence() {
    return this.#store.head().sequence
  }

  settled() {
    return this.#upkeep.settle()
  }

  async close() {
    await this.#threads.close()
    await this.#upkeep.stop()
    this.#rules.stop()
    await Promise.allSettled(this.#pending)
    await this.#writes.idle()
    await this.#store.close()
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

  async #idsByQuery(query: string, params: JsonObject, caller: Caller): Promise<string[]> {
    requireShort(query, 'A mutation by query')
    const prepared = prepareQuery({query, params, perspective: ['raw']})
    // The turn is ours: waiting for another one would never end.
    if (prepared.asksForText) await this.#store.indexTextNow()
    const {outcome} = await this.#ask(prepared, this.#store.written, caller)
    const {result} = outcome
    const found = Array.isArray(result) ? result : [result]
    return found.flatMap((item) => {
      if (typeof item === 'string') return [item]
      const id = isJsonObject(item) ? item['_id'] : undefined
      return typeof id === 'string' ? [id] : []
    })
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

function exported(types: readonly string[] | undefined, caller: Caller): ExportScope {
  return {types, publicOnly: caller.reads === 'public'}
}

function mayRead(caller: Caller, id: LakeDocument['_id']): boolean {
  return caller.reads === 'everything' || isPublicId(id)
}

function randomKey(): string {
  return randomBytes(6).toString('hex')
}
