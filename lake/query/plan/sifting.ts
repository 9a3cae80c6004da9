import {nested, type Evaluate, type Scope} from '../evaluate/scope.ts'
import type {Sift} from '../selection.ts'

/** What filters ask of documents, in the scope around these. */
export function siftBy(
  filters: readonly Evaluate[],
  scope: Scope,
  how: Pick<Sift, 'attributes' | 'certain'>,
): Sift {
  return {
    ...how,
    passes(document) {
      const within = nested(scope, document)
      return filters.every((holds) => holds(within) === true)
    },
  }
}
