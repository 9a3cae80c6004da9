import type {Scope} from '../evaluate/scope.ts'
import type {Condition} from '../selection.ts'

/**
 * A filter in the store's terms. Not `exact`, it is met by more documents than the filter: those have to be looked at; where
 * it is `certain`, only those of which the text index cannot tell whether the words are there as they are asked for.
 */
export type Narrowed = {condition: Condition; exact: boolean; certain?: boolean}

/** Whether all of them are exact, and whether they are as far as the text index can tell. */
export function precisionOf(parts: readonly Narrowed[]): {exact: boolean; certain: boolean} {
  return {
    exact: parts.every(({exact}) => exact),
    certain: parts.every(({exact, certain}) => exact || certain === true),
  }
}

/** A filter's condition once the values that it compares with are known, in the scope around the filtered documents. */
export type Instantiate = (scope: Scope) => Narrowed
