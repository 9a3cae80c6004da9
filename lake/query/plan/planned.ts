import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../../documents/document.ts'
import {nested, type Evaluate, type Scope} from '../evaluate/scope.ts'
import type {Condition, OrderKey} from '../selection.ts'
import {beforeProjection, chainOf, rankedChainOf, type Chain} from './chain.ts'
import {planCondition} from './conditions.ts'
import {planRanked} from './ranked.ts'
import {readsOf} from './reads.ts'
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
    const {condition, exact} = instantiate(conditions, scope)
    const rows = exact
      ? storedOf(scope, {where: condition, order, offset, limit, attributes: narrow})
      : sifted(scope, {condition, residual, order, offset, limit, attributes: wide})
    if (!single) return Array.from(rows)
    for (const row of rows) return row
    return null
  }
}

/** Counting needs no documents where the store understands the whole filter. */
function planCount(chain: Chain, compile: Compile): Evaluate {
  const {filters, offset, limit} = chain
  const conditions = filters.map((filter) => planCondition(filter, compile))
  const residual = filters.map((filter) => compile(filter))
  const attributes = pruned(new Set(filters.flatMap(readBy)))
  return (scope) => {
    const {condition, exact} = instantiate(conditions, scope)
    if (exact) {
      const all = stored(scope).source.count(condition, stored(scope).view)
      return Math.min(Math.max(all - offset, 0), limit ?? Infinity)
    }
    let count = 0
    const selection = {condition, residual, order: [], offset, limit, attributes}
    for (const _ of sifted(scope, selection)) count += 1
    return count
  }
}

/** Documents that meet the filter where the store could not say so: looked at one by one until there are enough. */
function* sifted(
  scope: Scope,
  {
    condition,
    residual,
    order,
    offset,
    limit,
    attributes,
  }: {
    condition: Condition
    residual: readonly Evaluate[]
    order: readonly OrderKey[]
    offset: number
    limit: number | undefined
    attributes: readonly string[] | undefined
  },
): Generator<JsonObject> {
  if (limit === 0) return
  let passed = 0
  const rows = storedOf(scope, {
    where: condition,
    order,
    offset: 0,
    limit: undefined,
    attributes,
    sifted: true,
    expected: limit === undefined ? undefined : offset + limit,
  })
  for (const row of rows) {
    const within = nested(scope, row)
    if (!residual.every((holds) => holds(within) === true)) continue
    passed += 1
    if (passed > offset) yield row
    if (limit !== undefined && passed >= offset + limit) return
  }
}
