import type {Caller} from '../access/caller.ts'
import type {LakeEnvironment} from '../environment.ts'
import {isLong, requireLength, requireShort} from '../query/queryLength.ts'
import {prepareQuery, read, type PreparedQuery} from '../query/run.ts'
import {TooMuchToRead} from '../query/selection.ts'
import type {DatasetReader} from '../store/datasetReader.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {reportOf} from '../store/selectionSql.ts'
import type {QueryAnswer, QueryRequest} from './dataset.ts'
import {isJsonObject, type JsonObject} from './document.ts'
import {ReadTurns} from './readTurns.ts'
import type {Answered} from './threads/messages.ts'
import {QueryThreads} from './threads/queryThreads.ts'
import type {Upkeep} from './upkeep.ts'

/** Documents that a query may be led to while everybody waits for it. */
const mostReadAtOnce = 1_000

/** Answers queries over one dataset: at once what reads little, on threads what reads much. */
export class Answering {
  readonly #store: DatasetStore
  readonly #upkeep: Upkeep
  readonly #environment: LakeEnvironment
  readonly #names: {projectId: string; dataset: string}
  readonly #threads: QueryThreads
  readonly #reads = new ReadTurns()

  constructor(options: {
    store: DatasetStore
    upkeep: Upkeep
    environment: LakeEnvironment
    file: string
    projectId: string
    dataset: string
  }) {
    const {projectId, dataset} = options
    this.#store = options.store
    this.#upkeep = options.upkeep
    this.#environment = options.environment
    this.#names = {projectId, dataset}
    this.#threads = new QueryThreads({file: options.file, ...this.#names})
  }

  /** Throws `LakeError` for what cannot be answered, 413 for a query that is too long. */
  async query(request: QueryRequest, caller: Caller): Promise<QueryAnswer> {
    const {outcome, ...rest} = await this.#told(request, caller)
    return {...read(outcome), ...rest}
  }

  /** The same as JSON text. What the store has written is not parsed on its way. */
  async queryText(request: QueryRequest, caller: Caller): Promise<string> {
    const {outcome, ...rest} = await this.#told(request, caller)
    if (!('written' in outcome)) return JSON.stringify({...outcome, ...rest})
    const {written, ...others} = outcome
    return `{"result":${written},${JSON.stringify({...others, ...rest}).slice(1)}`
  }

  async #told(request: QueryRequest, caller: Caller) {
    const started = performance.now()
    requireLength(request.query)
    const {outcome, plans} = await this.#answer(request, caller)
    if (this.#store.learn(plans)) this.#upkeep.wake()
    const ms = Math.round(performance.now() - started)
    if (request.explain !== true) return {outcome, ms}
    const explain = {selections: plans.map(reportOf), indexes: this.#store.keyIndexes()}
    return {outcome, ms, explain}
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
    const context = {...this.#askedBy(caller), ...this.#names}
    const viewed = await reader.view((source) => query.write({source, ...context}), allowance)
    return {outcome: viewed.answer, plans: viewed.plans}
  }

  #askedBy(caller: Caller) {
    const publicOnly = caller.reads === 'public'
    return {identity: caller.userId, publicOnly, now: this.#environment.clock.now()}
  }

  /** The documents that a mutation by query is about, as they are within the transaction whose turn it is. */
  async idsByQuery(query: string, params: JsonObject, caller: Caller): Promise<string[]> {
    requireShort(query, 'A mutation by query')
    const prepared = prepareQuery({query, params, perspective: ['raw']})
    // The turn is ours: waiting for another one would never end.
    if (prepared.asksForText) await this.#store.indexTextNow()
    const {outcome} = await this.#ask(prepared, this.#store.written, caller)
    const {result} = read(outcome)
    const found = Array.isArray(result) ? result : [result]
    return found.flatMap((item) => {
      if (typeof item === 'string') return [item]
      const id = isJsonObject(item) ? item['_id'] : undefined
      return typeof id === 'string' ? [id] : []
    })
  }

  /** Refuses what is under way on threads. */
  close(): Promise<void> {
    return this.#threads.close()
  }
}
