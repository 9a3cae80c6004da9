import {isDeepStrictEqual} from 'node:util'

import type {Logger} from '../environment.ts'
import {transactionError, type LakeError} from '../errors.ts'
import {OverlaidDocuments} from '../query/overlay.ts'
import {prepareQuery} from '../query/run.ts'
import {TooMuchToRead} from '../query/selection.ts'
import type {DatasetReader} from '../store/datasetReader.ts'
import type {JsonObject, JsonValue, LakeDocument} from './document.ts'
import type {Proposed} from './guarding.ts'
import {isPublicId} from './ids.ts'

/** A transaction as a check sees it; a document that is not there is `undefined`. */
export type CheckedTransaction = {
  transactionId: string
  userId: string
  roles: readonly string[]
  changes: readonly {
    id: string
    before: LakeDocument | undefined
    after: LakeDocument | undefined
  }[]
}

/** Asks the dataset as the transaction will leave it, drafts included. Rejects for what is no GROQ or reads too much. */
export type Read = (query: string, params?: JsonObject) => Promise<JsonValue>

/** Why a document cannot be published as it is. */
export type Objection = {documentId: string; sentence: string}

/**
 * What a program looks at before something becomes public, for as long as it takes: the lake knows no schemas. Nobody waits
 * for it but who sent the transaction.
 */
export type Check = {
  /** Transactions are checked that leave a public document of one of these types. */
  types: readonly string[]
  /** Resolves to what speaks against the transaction. Depends on nothing but the transaction and what it reads. */
  objections(transaction: CheckedTransaction, read: Read): Promise<readonly Objection[]>
}

/** That nothing spoke against a transaction, and what that depended on. */
export type Verdict = {
  contents: readonly unknown[]
  answers: readonly {query: string; params: JsonObject; result: JsonValue}[]
}

/** A check that takes longer, in milliseconds, has failed: one that nobody else waits for, and one that all wait for. */
const patience = {meanwhile: 30_000, inTurn: 3_000} as const

/** Stored documents that one question of a check may lead to. */
const mostReadByQuestion = 1_000

/** Runs the check that the lake was opened with, and knows for how long its outcome holds. */
export class Checking {
  readonly #check: Check | undefined
  readonly #names: {projectId: string; dataset: string}
  readonly #logger: Logger
  readonly #stopping = new AbortController()

  constructor(options: {
    check: Check | undefined
    projectId: string
    dataset: string
    logger: Logger
  }) {
    this.#check = options.check
    this.#names = {projectId: options.projectId, dataset: options.dataset}
    this.#logger = options.logger
  }

  /** Whether a transaction has to be checked. */
  concerns({changes}: Proposed): boolean {
    const types = this.#check?.types ?? []
    return (
      types.length > 0 &&
      changes.some(
        ({documentId, result}) =>
          result !== undefined && types.includes(result._type) && isPublicId(documentId),
      )
    )
  }

  /** Throws `LakeError` 422 for what speaks against the transaction, 503 when that could not be found out. */
  async check(
    proposed: Proposed,
    reader: DatasetReader,
    when: keyof typeof patience = 'meanwhile',
  ): Promise<Verdict> {
    const {transactionId, caller, changes} = proposed
    const answers: Verdict['answers'][number][] = []
    const transaction = {
      transactionId,
      userId: caller.userId,
      roles: caller.roles,
      changes: changes.map(({documentId, previous, result}) => ({
        id: documentId,
        before: previous,
        after: result,
      })),
    }
    const read: Read = async (query, params = {}) => {
      const result = await this.#read({query, params}, proposed, reader)
      answers.push({query, params, result})
      return result
    }
    const asking = this.#objections(transaction, read, patience[when])
    const objections = await asking.catch((cause: unknown) => {
      this.#logger.error({err: cause, transactionId}, 'a transaction could not be checked')
      throw uncheckable(proposed)
    })
    if (objections.length > 0) throw objected(proposed, objections)
    return {contents: contentsOf(proposed), answers}
  }

  /** Whether a transaction, computed anew, would be found the same: it does the same, and what was read still holds. */
  async holds(verdict: Verdict, proposed: Proposed, reader: DatasetReader): Promise<boolean> {
    if (!isDeepStrictEqual(verdict.contents, contentsOf(proposed))) return false
    try {
      for (const {query, params, result} of verdict.answers) {
        const answer = await this.#read({query, params}, proposed, reader)
        if (!isDeepStrictEqual(answer, result)) return false
      }
      return true
    } catch (error) {
      // It may have become too much to read.
      if (error instanceof TooMuchToRead) return false
      throw error
    }
  }

  async #objections(
    transaction: CheckedTransaction,
    read: Read,
    milliseconds: number,
  ): Promise<readonly Objection[]> {
    if (!this.#check) return []
    const over = AbortSignal.any([AbortSignal.timeout(milliseconds), this.#stopping.signal])
    const tooLong = new Promise<never>((_, reject) => {
      over.addEventListener('abort', () => reject(over.reason), {once: true})
    })
    return await Promise.race([this.#check.objections(transaction, read), tooLong])
  }

  /** Ends checks that are under way: they have failed. */
  stop(): void {
    this.#stopping.abort()
  }

  async #read(
    {query, params}: {query: string; params: JsonObject},
    {changes, caller, timestamp}: Proposed,
    reader: DatasetReader,
  ): Promise<JsonValue> {
    const prepared = prepareQuery({query, params, perspective: ['raw']})
    if (prepared.asksForText) throw new Error('A check cannot look for text with "match".')
    const context = {
      ...this.#names,
      identity: caller.userId,
      now: new Date(timestamp),
      publicOnly: false,
    }
    const {answer} = await reader.view(
      (source) => prepared.run({...context, source: new OverlaidDocuments(source, changes)}),
      mostReadByQuestion,
    )
    return answer.result
  }
}

/** What a transaction makes of documents, without the times that it gives them. */
function contentsOf({changes}: Proposed): unknown[] {
  return changes.map(({documentId, previous, result}) => [
    documentId,
    withoutTimes(previous),
    withoutTimes(result),
  ])
}

function withoutTimes(document: LakeDocument | undefined): JsonObject | undefined {
  if (document === undefined) return undefined
  const {_createdAt, _updatedAt, ...content} = document
  return content
}

function objected({kind, placeOf}: Proposed, objections: readonly Objection[]): LakeError {
  const items = objections.map(({documentId, sentence}) => ({
    index: placeOf(documentId),
    error: {type: 'documentInvalidError', id: documentId, description: sentence},
  }))
  return transactionError(422, kind, 'The transaction was refused', items)
}

function uncheckable({kind}: Proposed): LakeError {
  const description =
    'What is to be published could not be checked, so nothing was written. Try again in a moment.'
  return transactionError(503, kind, description, [])
}
