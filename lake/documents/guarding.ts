import type {Caller} from '../access/caller.ts'
import type {CompiledGuard} from '../access/guards.ts'
import type {Logger} from '../environment.ts'
import {transactionError, type LakeError, type TransactionErrorItem} from '../errors.ts'
import {deltaScope} from '../query/deltaExpression.ts'
import type {Scope} from '../query/evaluate/scope.ts'
import {OverlaidDocuments} from '../query/overlay.ts'
import {TooMuchToRead, type DocumentSource} from '../query/selection.ts'
import type {DatasetReader} from '../store/datasetReader.ts'
import type {DocumentChange} from './commit.ts'

/** A transaction that is sound and permitted, and not written yet. */
export type Proposed = {
  kind: 'mutationError' | 'actionError'
  transactionId: string
  /** ISO 8601 UTC: the time that it will bear. */
  timestamp: string
  caller: Caller
  changes: readonly DocumentChange[]
  /** Where in the request a document was changed. */
  placeOf(documentId: string): number
}

/** What a guard may lead to: stored documents for each question. */
const mostReadByGuard = 1_000

type Question = {guard: CompiledGuard; change: DocumentChange; scope: Scope}
type Refusal = {guard: CompiledGuard; documentId: string; sentence: string}

/** Holds transactions to the guards that the lake was opened with. */
export class Guarding {
  readonly #guards: readonly CompiledGuard[]
  readonly #names: {projectId: string; dataset: string}
  readonly #logger: Logger

  constructor(options: {
    guards: readonly CompiledGuard[]
    projectId: string
    dataset: string
    logger: Logger
  }) {
    this.#guards = options.guards
    this.#names = {projectId: options.projectId, dataset: options.dataset}
    this.#logger = options.logger
  }

  /**
   * Asks every guard about every change. Throws `LakeError` 403 with one item for each refusal. `upToDate` is called
   * before a guard looks for text.
   */
  async judge(
    proposed: Proposed,
    reader: DatasetReader,
    upToDate: () => Promise<void>,
  ): Promise<void> {
    const refusals: Refusal[] = []
    const open = this.#concerned(proposed, refusals)
    if (open.length > 0) {
      if (open.some(({guard}) => guard.when.asksForText || guard.holds.asksForText)) {
        await upToDate()
      }
      await reader.view(
        (source) => this.#ask(open, proposed, source, refusals),
        mostReadByGuard * open.length,
      )
    }
    if (refusals.length > 0) throw refused(proposed, refusals)
  }

  /**
   * Which guards have to be asked about which changes, as far as the changes themselves tell: most guards do not concern
   * most changes, and a keystroke must not wait for what they would read.
   */
  #concerned(proposed: Proposed, refusals: Refusal[]): Omit<Question, 'scope'>[] {
    if (this.#guards.length === 0) return []
    return proposed.changes.flatMap((change) => {
      const scope = this.#scope(change, proposed, withoutStore)
      return this.#guards.flatMap((guard) => {
        try {
          return guard.when.evaluate(scope) === true ? [{guard, change}] : []
        } catch (error) {
          if (error instanceof StoreIsNeeded) return [{guard, change}]
          refusals.push(this.#undecided({guard, change}, error))
          return []
        }
      })
    })
  }

  #ask(
    questions: readonly Omit<Question, 'scope'>[],
    proposed: Proposed,
    source: DocumentSource,
    refusals: Refusal[],
  ): void {
    const overlaid = new OverlaidDocuments(source, proposed.changes)
    const scopes = new Map<DocumentChange, Scope>()
    for (const {guard, change} of questions) {
      const scope = scopes.get(change) ?? this.#scope(change, proposed, overlaid)
      scopes.set(change, scope)
      try {
        if (guard.when.evaluate(scope) !== true || guard.holds.evaluate(scope) === true) continue
        refusals.push({guard, documentId: change.documentId, sentence: guard.sentence})
      } catch (error) {
        refusals.push(this.#undecided({guard, change}, error))
      }
    }
  }

  #scope(change: DocumentChange, proposed: Proposed, source: DocumentSource): Scope {
    const {documentId, previous = null, result = null} = change
    const {caller, timestamp, changes} = proposed
    const params = {
      id: documentId,
      userId: caller.userId,
      roles: [...caller.roles],
      now: timestamp,
      was: changes.flatMap(({previous}) => previous ?? []),
    }
    const context = {...this.#names, source, identity: caller.userId, now: new Date(timestamp)}
    return deltaScope({before: previous, after: result}, params, context)
  }

  /** A guard that cannot be decided lets nothing through. */
  #undecided({guard, change}: Pick<Question, 'guard' | 'change'>, error: unknown): Refusal {
    // The store's own trouble is not the guard's fault.
    if (error instanceof Error && error.name === 'SqliteError') throw error
    const {documentId} = change
    const reason =
      error instanceof TooMuchToRead
        ? 'it would have to read too many documents'
        : 'it cannot be evaluated'
    this.#logger.error({guard: guard.name, documentId, err: error}, 'a guard could not be decided')
    return {
      guard,
      documentId,
      sentence: `The rule "${guard.name}" could not be decided: ${reason}. Nothing was written. Tell whoever looks after the server.`,
    }
  }
}

/** Says that something cannot be told by the change alone. */
class StoreIsNeeded extends Error {}

function need(): never {
  throw new StoreIsNeeded()
}

const withoutStore: DocumentSource = {select: need, count: need, byId: need, referrerCount: need}

function refused({kind, placeOf}: Proposed, refusals: readonly Refusal[]): LakeError {
  const items = refusals.map(({guard, documentId, sentence}): TransactionErrorItem => ({
    index: placeOf(documentId),
    error: {type: 'guardError', guard: guard.name, id: documentId, description: sentence},
  }))
  return transactionError(403, kind, 'The transaction was refused', items)
}
