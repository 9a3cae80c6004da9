import type {JsonObject, JsonValue, LakeDocument} from './document.ts'

/**
 * One mutation in the form of the mutate endpoint, expanded so that it names exactly one document:
 * `{create: …}`, `{createIfNotExists: …}`, `{createOrReplace: …}`, `{delete: {id}}` or `{patch: {id, …}}`.
 */
export type Mutation = JsonObject

/** A patch in the Mendoza format (github.com/sanity-io/mendoza): opcodes and their operands, flat. */
export type MendozaPatch = JsonValue[]

/** What one transaction did to one document. */
export type DocumentChange = {
  documentId: string
  /** Absent when the document did not exist before. */
  previous: LakeDocument | undefined
  /** Absent when the transaction deleted the document. */
  result: LakeDocument | undefined
  /** Only this document's mutations, in order. The first is a create… when `previous` is absent. */
  mutations: readonly Mutation[]
  effects: {apply: MendozaPatch; revert: MendozaPatch}
}

/** One durable transaction of a dataset, with one change a document. */
export type Commit = {
  /** Place in the dataset's log: 1, 2, 3 … without gaps. */
  sequence: number
  transactionId: string
  /** ISO 8601 UTC with milliseconds; strictly increasing along the log. */
  timestamp: string
  /** Id of the user on whose behalf the transaction ran. */
  author: string
  changes: readonly DocumentChange[]
}
