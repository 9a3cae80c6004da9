import type {ExprNode} from 'groq-js'

import type {JsonObject, LakeDocument} from '../../documents/document.ts'
import type {DocumentSource, View} from '../selection.ts'
import type {GroqValue} from './value.ts'

/**
 * What a query is run against and as whom, for the length of one query. Documents are as the query's perspective shows
 * them; all of it is one consistent view.
 */
export type QueryRun = {
  readonly params: JsonObject
  /** `now()`, the same wherever it stands in the query. */
  readonly now: Date
  /** `identity()`: the caller's user id. */
  readonly identity: string
  readonly projectId: string
  readonly dataset: string
  /** `*`: every document that the query may see, in `_id` order. */
  everything(): readonly LakeDocument[]
  /** The document that a reference leads to; `undefined` when the query may not see one of that id. */
  document(id: string): JsonObject | undefined
  /** Tells which documents `document` will be asked for next, so that they are fetched at once. */
  prefetch(ids: readonly string[]): void
  /** How many documents that the query may see refer to this id. */
  referrerCount(id: string): number
  /** Where the documents are stored, for the parts of a query that the store answers. */
  readonly stored?: {source: DocumentSource; view: View}
  /** The two states that `before()` and `after()` mean where a query compares them (delta mode). */
  readonly delta?: {before: LakeDocument | null; after: LakeDocument | null}
}

/** Where an expression stands (GROQ specification, "Scope"): `@` is `value`, `^` the parent's value. */
export type Scope = {
  /** A loop sets it to one element after the other. */
  value: GroqValue
  readonly parent: Scope | undefined
  readonly run: QueryRun
  /** Stands for a traversal's `@`, which `^` does not count: what is nested in it has its parent. */
  readonly hidden: boolean
}

/** An expression ready to be run: made once for a query, called for each value. It never throws for data that does not fit. */
export type Evaluate = (scope: Scope) => GroqValue

/** Makes the closure of a part of a query, as the whole of it is being compiled. */
export type Compile = (node: ExprNode) => Evaluate

/** The scope of a whole query: `@` is null, or the document that a listener's or a grant's filter is asked about. */
export function rootScope(run: QueryRun, value: GroqValue = null): Scope {
  return {value, parent: undefined, run, hidden: false}
}

/** The scope of a filter, a projection, an order: `^` leads from it to the scope around. */
export function nested(scope: Scope, value: GroqValue): Scope {
  return {value, parent: scope.hidden ? scope.parent : scope, run: scope.run, hidden: false}
}

/** The scope of what a traversal does with each element (`a[].b`, `a[]->`), which `^` does not count. */
export function traversed(scope: Scope, value: GroqValue): Scope {
  return {value, parent: scope.hidden ? scope.parent : scope, run: scope.run, hidden: true}
}

/** The scope of a constant: nothing that is constant looks at it. */
export const nowhere: Scope = rootScope({
  params: {},
  now: new Date(0),
  identity: '',
  projectId: '',
  dataset: '',
  everything: () => [],
  document: () => undefined,
  prefetch() {},
  referrerCount: () => 0,
})
