import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../../documents/document.ts'
import type {Evaluate, Scope} from '../evaluate/scope.ts'
import type {Selection, Sift} from '../selection.ts'
import {beforeProjection, chainOf, rankedChainOf, type Chain} from './chain.ts'
import {planCondition} from './conditions.ts'
import {planRanked} from './ranked.ts'
import {readsOf} from './reads.ts'
import {siftBy} from './sifting.ts'
import {instantiate, pruned, readBy, stored, storedOf} from './stored.ts'

type Compile = (node: ExprNode) => Evaluate

/**
 * Takes the parts of a query over from the evaluator that the store can answer: `*` with its filters, order and slice,
 * and counts. Made once a query, as nodes are noted on the way from the outside in.
 */
export function createPlanner(): (node: ExprNode, compile: Compile) => Evaluate | undefined {
  /** Which attributes the expression around a chain looks at. */
  const wanted = new Map<ExprNode, ReadonlySet<string>>()

  return (node, compile) => {
    const moved = beforeProjection(node)
    if (moved) return compile(moved)
    noteWanted(node, wanted)
    if (node.type === 'FuncCall' && node.namespace === 'global' && node.name === 'count') {
      const [counted] = node.args
      const chain = counted && chainOf(counted)
      return chain && !chain.single ? planCount(chain, compile) : undefined
    }
    const chain = chainOf(node)
    if (chain) return planFetch(chain, compile, wanted.get(node))
    const ranked = rankedChainOf(node)
    return ranked && planRanked(ranked, compile, wanted.get(node))
  }
}

function noteWanted(node: ExprNode, wanted: Map<ExprNode, ReadonlySet<string>>): void {
  if (node.type === 'AccessAttribute') {
    if (node.base) wanted.set(node.base, new Set([node.name]))
    return
  }
  if (node.type !== 'Map' && node.type !== 'FlatMap' && node.type !== 'Projection') return
  const {attributes, whole} = readsOf(node.expr)
  if (!whole) wanted.set(node.base, attributes)
}

function planFetch(
  chain: Chain,
  compile: Compile,
  wanted: ReadonlySet<string> | undefined,
): Evaluate {
  const {filters, order, offset, limit, single} = chain
  const conditions = filters.map((filter) => planCondition(filter, compile))
  const residual = filters.map((filter) => compile(filter))
  const narrow = pruned(wanted)
  const wide = pruned(wanted && new Set([...wanted, ...filters.flatMap(readBy)]))
  return (scope) => {
    const {condition, exact, certain = false} = instantiate(conditions, scope)
    const chosen = {where: condition, order, offset, limit, attributes: narrow}
    const rows = exact
      ? storedOf(scope, chosen)
      : sifted(scope, {...chosen, sift: siftBy(residual, scope, {attributes: wide, certain})})
    if (!single) return Array.from(rows)
    for (const row of rows) return row
    return null
  }
}

const none: readonly string[] = []

/** Counting needs no documents where the store understands the whole filter. */
function planCount(chain: Chain, compile: Compile): Evaluate {
  const {filters, offset, limit} = chain
  const conditions = filters.map((filter) => planCondition(filter, compile))
  const residual = filters.map((filter) => compile(filter))
  const attributes = pruned(new Set(filters.flatMap(readBy)))
  return (scope) => {
    const {condition, exact, certain = false} = instantiate(conditions, scope)
    if (exact) {
      const all = stored(scope).source.count(condition, stored(scope).view)
      return Math.min(Math.max(all - offset, 0), limit ?? Infinity)
    }
    let count = 0
    const sift = siftBy(residual, scope, {attributes, certain})
    const selection = {where: condition, order: [], offset, limit, attributes: none, sift}
    for (const _ of sifted(scope, selection)) count += 1
    return count
  }
}

/** Documents that meet the filter where the store could not say so: taken one by one until there are enough. */
function* sifted(scope: Scope, selection: Selection & {sift: Sift}): Generator<JsonObject> {
  const {offset, limit} = selection
  if (limit === 0) return
  const end = limit === undefined ? undefined : offset + limit
  let passed = 0
  for (const row of storedOf(scope, {...selection, offset: 0, limit: undefined, expected: end})) {
    passed += 1
    if (passed > offset) yield row
    if (end !== undefined && passed >= end) return
  }
}
