import type {Caller} from '../access/caller.ts'
import type {SelectionReport} from '../query/selection.ts'
import type {ContentSourceMap, SourceMapForm} from '../query/sourceMap/contentSourceMap.ts'
import type {Commit} from './commit.ts'
import type {JsonObject, JsonValue, LakeDocument} from './document.ts'

/** A query as the query endpoint takes it. */
export type QueryRequest = {
  query: string
  params: JsonObject
  /** `['raw']`, `['published']`, `['drafts']` or a stack of release names, left wins. */
  perspective: readonly string[]
  /** Asks which value of which document each value of the answer is, with elements of arrays by place or by `_key`. */
  sourceMap?: SourceMapForm | undefined
  /** Whether the answer shall say how it was come by. */
  explain?: boolean
}

export type QueryAnswer = {
  result: JsonValue
  /** Milliseconds spent, whole. */
  ms: number
  /** Opaque names of what the answer depends on, for the live API. */
  syncTags: readonly string[]
  resultSourceMap?: ContentSourceMap
  /** How the answer was come by, when that was asked: each selection, and the indexes over keys that there are. */
  explain?: {selections: SelectionReport[]; indexes: {key: string; complete: boolean}[]}
}

export type TransactionOptions = {
  transactionId?: string
  dryRun?: boolean
  autoGenerateArrayKeys?: boolean
  /** Why neither guards nor the check are asked; only for callers who may do that. */
  skipGuards?: string
}

export type MutationResult = {
  id: string
  operation: 'create' | 'update' | 'delete' | 'none'
  document: LakeDocument | undefined
}

export type TransactionAnswer = {transactionId: string; results: readonly MutationResult[]}

/** One event of the history endpoint: `{type, timestamp, author, documentId, …}`. */
export type HistoryEvent = JsonObject & {type: string; timestamp: string}

/** The transaction log as the history endpoint asks for it. Bounds are inclusive; `undefined` is unbounded. */
export type TransactionLogRequest = {
  documentIds: readonly string[]
  fromTransaction?: string
  toTransaction?: string
  fromTime?: string
  toTime?: string
  authors?: readonly string[]
  reverse: boolean
  limit: number
}

/**
 * One dataset: its documents, their history and its log. What stands behind it (the store) is the
 * business of `documents/` and `query/`; routes and live see only this.
 * All methods throw `LakeError` with the API's own error form.
 */
export interface Dataset {
  readonly name: string
  query(request: QueryRequest, caller: Caller): Promise<QueryAnswer>
  /** The same answer as JSON text, an object that begins with `result`: for whoever only passes it on. */
  queryText(request: QueryRequest, caller: Caller): Promise<string>
  /** Documents by id, in no particular order; what is not there, or not the caller's to read, is in `omitted`. */
  documents(
    ids: readonly string[],
    caller: Caller,
  ): Promise<{
    documents: LakeDocument[]
    omitted: {id: string; reason: 'existence' | 'permission'}[]
  }>
  /** Every document of the groups that ids belong to (published, draft and versions), as far as the caller reads them. */
  versionsOf(ids: readonly string[], caller: Caller): Promise<LakeDocument[]>
  /**
   * Runs mutations (unparsed, as the request body holds them) as one transaction. Resolves once it is on disk. What they
   * hold becomes part of documents: whoever hands them in does not change them any more.
   */
  mutate(
    mutations: readonly unknown[],
    options: TransactionOptions,
    caller: Caller,
  ): Promise<TransactionAnswer>
  /** The same with document actions. */
  act(
    actions: readonly unknown[],
    options: TransactionOptions,
    caller: Caller,
  ): Promise<{transactionId: string}>
  documentsAt(
    ids: readonly string[],
    at: {revision: string} | {time: string} | {last: true},
    caller: Caller,
  ): Promise<LakeDocument[]>
  transactions(request: TransactionLogRequest, caller: Caller): AsyncIterable<Commit>
  documentEvents(
    documentId: string,
    page: {limit: number; cursor?: string},
    caller: Caller,
  ): Promise<{events: HistoryEvent[]; nextCursor: string}>
  /** All documents in `_id` order from one consistent snapshot. */
  exportDocuments(types: readonly string[] | undefined, caller: Caller): AsyncIterable<LakeDocument>
  /** The first `limit` documents after an id, in `_id` order: an export that can be taken up again. */
  exportPage(
    page: {types: readonly string[] | undefined; after: string; limit: number},
    caller: Caller,
  ): Promise<LakeDocument[]>
  /** Calls back for every commit, in log order, after it is durable and visible to queries. Returns the way to stop. */
  onCommit(receive: (commit: Commit) => void): () => void
  /** Commits after a place in the log, oldest first, for listeners that resume. At most `limit`. */
  commitsAfter(sequence: number, limit: number): Promise<Commit[]>
  /** The last commit's place in the log; 0 when there is none. */
  lastSequence(): number
  /** Resolves when there is nothing left to take into an index, so that what follows is as fast as it will be. */
  settled(): Promise<void>
  close(): Promise<void>
}
