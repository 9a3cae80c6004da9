import type {ExprNode} from 'groq-js'

import type {JsonObject} from '../../documents/document.ts'
import {nested, type Evaluate, type Scope} from '../evaluate/scope.ts'
import type {Condition, OrderKey, Selection} from '../selection.ts'
import {beforeProjection, chainOf, type Chain} from './chain.ts'
import {planCondition, type Instantiate} from './conditions.ts'
import {isPlainName} from './keys.ts'
import {readsOf} from './reads.ts'

type Compile = (node: ExprNode) => Evaluate

/** More attributes than this are not picked out: the whole document is read at once. */
const mostAttributes = 60

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
    return chain && planFetch(chain, compile, wanted.get(node))
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
  const wide = pruned(wanted && new Set([...wanted, ...filters.flatMap(readByFilter)]))
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
  const attributes = pruned(new Set(filters.flatMap(readByFilter)))
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

function instantiate(conditions: readonly Instantiate[], scope: Scope) {
  const narrowed = conditions.map((condition) => condition(scope))
  const [only] = narrowed
  if (narrowed.length === 1 && only) return only
  const condition: Condition = {kind: 'all', of: narrowed.map((one) => one.condition)}
  return {condition, exact: narrowed.every(({exact}) => exact)}
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
  })
  for (const row of rows) {
    const within = nested(scope, row)
    if (!residual.every((holds) => holds(within) === true)) continue
    passed += 1
    if (passed > offset) yield row
    if (limit !== undefined && passed >= offset + limit) return
  }
}

function storedOf(scope: Scope, selection: Selection): Iterable<JsonObject> {
  const {source, view} = stored(scope)
  return selection.where.kind === 'never' ? [] : source.select(selection, view)
}

function stored({run}: Scope) {
  if (run.stored) return run.stored
  throw new Error('A planned query was run without a store.')
}

function readByFilter(filter: ExprNode): string[] {
  const {attributes, whole} = readsOf(filter)
  return whole ? [everyAttribute] : [...attributes]
}

/** Stands for reading the whole document. */
const everyAttribute = ''

/** The attributes to pick out of stored documents; `undefined` to read them whole. */
function pruned(attributes: ReadonlySet<string> | undefined): readonly string[] | undefined {
  if (!attributes || attributes.size > mostAttributes) return undefined
  const names = [...attributes]
  return names.every(isPlainName) ? names : undefined
}
