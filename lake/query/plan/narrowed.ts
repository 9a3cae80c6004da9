import type {Scope} from '../evaluate/scope.ts'
import type {Condition} from '../selection.ts'

/**
 * A filter in the store's terms. Not `exact`, it is met by more documents than the filter: those have to be looked at.
 */
export type Narrowed = {condition: Condition; exact: boolean}

/** A filter's condition once the values that it compares with are known, in the scope around the filtered documents. */
export type Instantiate = (scope: Scope) => Narrowed
