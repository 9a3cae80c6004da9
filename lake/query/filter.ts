import type {ExprNode} from 'groq-js'

import type {JsonObject, LakeDocument} from '../documents/document.ts'
import {compile} from './evaluate/compile.ts'
import {rootScope, type Evaluate, type QueryRun} from './evaluate/scope.ts'
import {parseQuery} from './parseQuery.ts'

/** A parsed predicate over one document, evaluated without joins. Used by listeners and by grants. */
export type DocumentFilter = {
  matches(document: LakeDocument | undefined, scope: {identity: string; now: Date}): boolean
}

/**
 * Takes the first top-level filter of a query (`*[…]`; `*` alone matches everything; projections,
 * order and slices after it are ignored, as the hosted listener does).
 * Throws `queryParseError` with the position when the query cannot be parsed.
 */
export function parseListenFilter(query: string, params: JsonObject): DocumentFilter {
  const selection = firstSelection(parseQuery(query, params))
  if (selection === undefined) return {matches: (document) => document !== undefined}
  return compileFilter(selection, params)
}

/** A condition over one document, as a role's grant states it. Throws `queryParseError` for what is no GROQ. */
export function parseCondition(condition: string): DocumentFilter {
  const selection = firstSelection(parseQuery(`*[${condition}]`, {}))
  if (selection === undefined) throw new Error(`"${condition}" is no condition.`)
  return compileFilter(selection, {})
}

function compileFilter(condition: ExprNode, params: JsonObject): DocumentFilter {
  const evaluate: Evaluate = compile(condition)
  return {
    matches(document, {identity, now}) {
      if (document === undefined) return false
      return evaluate(rootScope(alone(document, {params, identity, now}), document)) === true
    },
  }
}

/** A dataset of one document. */
function alone(
  document: LakeDocument,
  scope: {params: JsonObject; identity: string; now: Date},
): QueryRun {
  return {
    ...scope,
    projectId: '',
    dataset: '',
    everything: () => [document],
    document: (id) => (id === document._id ? document : undefined),
    prefetch() {},
    referrerCount: () => 0,
  }
}

/** The condition of the innermost `*[…]`, or `undefined` for a bare `*`. */
export function firstSelection(tree: ExprNode): ExprNode | undefined {
  let node: ExprNode | undefined = tree
  while (node !== undefined) {
    if (node.type === 'Filter' && node.base.type === 'Everything') return node.expr
    node = 'base' in node ? node.base : undefined
  }
  return undefined
}
