import type {Caller} from '../access/caller.ts'
import type {LakeEnvironment} from '../environment.ts'
import type {ExportScope} from '../store/datasetReader.ts'
import {DatasetStore} from '../store/datasetStore.ts'
import type {IndexPolicy} from '../store/indexDemand.ts'
import {Answering} from './answering.ts'
import type {Commit} from './commit.ts'
import type {Dataset, QueryRequest, TransactionOptions} from './dataset.ts'
import type {LakeDocument} from './document.ts'
import {documentEvents} from './documentEvents.ts'
import {commitsAfter, loggedTransactions, versionAt} from './history.ts'
import {groupIdOf, isPublicId} from './ids.ts'
import {Rules, type RuleOptions} from './rules.ts'
import {Transacting} from './transacting.ts'
import {Upkeep} from './upkeep.ts'
import {WriteQueue} from './writeQueue.ts'

export type DatasetOptions = RuleOptions & {
  name: string
  projectId: string
  file: string
  environment: LakeEnvironment
  /** When indexes over keys come and go. */
  indexPolicy?: IndexPolicy
}

/** Opens or makes the dataset in `file`. Throws `LakeError` `storeNewer`. */
export async function openDataset(options: DatasetOptions): Promise<Dataset> {
  return new StoredDataset(options)
}

class StoredDataset implements Dataset {
  readonly name: string
  readonly #store: DatasetStore
  readonly #writes: WriteQueue
  readonly #upkeep: Upkeep
  readonly #rules: Rules
  readonly #answering: Answering
  readonly #transacting: Transacting

  constructor(options: DatasetOptions) {
    const {name, file, projectId, environment} = options
    const {logger} = environment
    const store = new DatasetStore(file, options.indexPolicy)
    this.name = name
    this.#store = store
    this.#writes = new WriteQueue(() => store.settle())
    this.#upkeep = new Upkeep(store, this.#writes, logger)
    const newId = () => environment.newId()
    this.#rules = new Rules({...options, dataset: name, store, logger, newId})
    const upkeep = this.#upkeep
    this.#answering = new Answering({store, upkeep, environment, file, projectId, dataset: name})
    this.#transacting = new Transacting({
      store,
      upkeep,
      environment,
      writes: this.#writes,
      rules: this.#rules,
      answering: this.#answering,
    })
    upkeep.wake()
  }

  query(request: QueryRequest, caller: Caller) {
    return this.#answering.query(request, caller)
  }

  queryText(request: QueryRequest, caller: Caller) {
    return this.#answering.queryText(request, caller)
  }

  mutate(mutations: readonly unknown[], options: TransactionOptions, caller: Caller) {
    return this.#transacting.mutate(mutations, options, caller)
  }

  act(actions: readonly unknown[], options: TransactionOptions, caller: Caller) {
    return this.#transacting.act(actions, options, caller)
  }

  onCommit(receive: (commit: Commit) => void): () => void {
    return this.#transacting.onCommit(receive)
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
    await this.#answering.close()
    await this.#upkeep.stop()
    this.#rules.stop()
    await this.#transacting.told()
    await this.#writes.idle()
    await this.#store.close()
  }
}

function exported(types: readonly string[] | undefined, caller: Caller): ExportScope {
  return {types, publicOnly: caller.reads === 'public'}
}

function mayRead(caller: Caller, id: LakeDocument['_id']): boolean {
  return caller.reads === 'everything' || isPublicId(id)
}
