import {evaluateSync, type ExprNode} from 'groq-js'

import {isJsonObject, type JsonObject, type LakeDocument} from '../documents/document.ts'
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
  return {
    matches(document, {identity, now}) {
      if (document === undefined) return false
      const found = evaluateSync(selection, {
        dataset: [document],
        params,
        identity,
        timestamp: now,
      })
      return Array.isArray(found.data) && found.data.length > 0
    },
  }
}

/** The innermost `*[…]`, or `undefined` for a bare `*`. */
function firstSelection(tree: ExprNode): ExprNode | undefined {
  let node: unknown = tree
  while (isJsonObject(node)) {
    const {base} = node
    const filtersEverything =
      node['type'] === 'Filter' && isJsonObject(base) && base['type'] === 'Everything'
    if (filtersEverything && isExpression(node)) return node
    node = base
  }
  return undefined
}

function isExpression(value: unknown): value is ExprNode {
  return isJsonObject(value) && typeof value['type'] === 'string'
}
