import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../documents/document.ts'
import {compile} from './evaluate/compile.ts'
import {rootScope, type QueryRun} from './evaluate/scope.ts'
import {firstSelection} from './filter.ts'
import {parseQuery} from './parseQuery.ts'
import {planCondition} from './plan/conditions.ts'
import {everything, type Condition} from './selection.ts'

/**
 * What every document meets that the filter of a listener matches, whenever it is asked: it may be met by more. Parts that
 * depend on the time or on other documents say nothing, because their value changes while somebody listens.
 * Throws `queryParseError` as `parseListenFilter` does.
 */
export function listenCondition(query: string, params: JsonObject, identity: string): Condition {
  const filter = firstSelection(parseQuery(query, params))
  if (filter === undefined) return everything
  const lasting = conjuncts(filter).map((part) => lastingCondition(part, params, identity))
  return {kind: 'all', of: lasting}
}

function conjuncts(node: ExprNode): ExprNode[] {
  if (node.type === 'Group') return conjuncts(node.base)
  return node.type === 'And' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node]
}

function lastingCondition(node: ExprNode, params: JsonObject, identity: string): Condition {
  const run = new WatchedRun(params, identity)
  const {condition} = planCondition(node, (inner) => compile(inner))(rootScope(run))
  return run.looked ? everything : condition
}

/** Nothing is there to be asked, but it is noticed when something is. */
class WatchedRun implements QueryRun {
  readonly params: JsonObject
  readonly identity: string
  readonly projectId = ''
  readonly dataset = ''
  /** Whether the time or a document was asked for. */
  looked = false

  constructor(params: JsonObject, identity: string) {
    this.params = params
    this.identity = identity
  }

  get now(): Date {
    this.looked = true
    return new Date(0)
  }

  everything(): [] {
    this.looked = true
    return []
  }

  document(): undefined {
    this.looked = true
  }

  prefetch(): void {
    this.looked = true
  }

  referrerCount(): number {
    this.looked = true
    return 0
  }
}
