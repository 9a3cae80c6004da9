import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import type {Key, OrderKey} from '../selection.ts'
import {keyOf} from './keys.ts'

/** `*` with what narrows it down: `*[…][…] | order(…)[0...20]`, `*[…][0]`. */
export type Chain = {
  filters: readonly ExprNode[]
  order: readonly OrderKey[]
  offset: number
  limit: number | undefined
  /** The first one itself, and not a list of one. */
  single: boolean
}

/** Reads a chain that the store can fetch. `undefined` for anything else. */
export function chainOf(node: ExprNode): Chain | undefined {
  switch (node.type) {
    case 'Everything':
      return {filters: [], order: [], offset: 0, limit: undefined, single: false}
    case 'Group':
      return chainOf(node.base)
    case 'Filter': {
      const chain = openChain(node.base)
      return chain && {...chain, filters: [...chain.filters, node.expr]}
    }
    case 'PipeFuncCall': {
      const chain = node.name === 'order' ? openChain(node.base) : undefined
      const keys = chain && node.args.map(orderKey)
      if (!chain || !keys?.every((key) => key !== undefined)) return undefined
      // Ordering anew keeps the old order among equals.
      return {...chain, order: [...keys, ...chain.order]}
    }
    case 'Slice': {
      const chain = openChain(node.base)
      if (!chain || node.left < 0 || node.right < 0) return undefined
      const end = node.isInclusive ? node.right + 1 : node.right
      return {...chain, offset: node.left, limit: Math.max(0, end - node.left)}
    }
    case 'AccessElement': {
      const chain = openChain(node.base)
      if (!chain || node.index < 0) return undefined
      return {...chain, offset: node.index, limit: 1, single: true}
    }
    default:
      return undefined
  }
}

/** A chain that can still be narrowed. */
function openChain(node: ExprNode): Chain | undefined {
  const chain = chainOf(node)
  return chain && chain.limit === undefined ? chain : undefined
}

/** A chain that is scored, and what narrows the scored documents: `*[…] | score(…)[_score > 0] | order(_score desc)[0...9]`. */
export type RankedChain = {
  /** `base | score(…)` itself. */
  scoring: PipeFuncCallNode
  chain: Chain
  /** Filters over scored documents. */
  filters: readonly ExprNode[]
  offset: number
  limit: number | undefined
  single: boolean
}

/** Reads a chain that is taken best first, as `score(…)` leaves it. `undefined` for anything else. */
export function rankedChainOf(node: ExprNode): RankedChain | undefined {
  switch (node.type) {
    case 'Group':
      return rankedChainOf(node.base)
    case 'PipeFuncCall': {
      if (node.name === 'score') return scoredChain(node)
      const ranked = openRankedChain(node.base)
      return isBestFirst(node) ? ranked : undefined
    }
    case 'Filter': {
      const ranked = openRankedChain(node.base)
      return ranked && {...ranked, filters: [...ranked.filters, node.expr]}
    }
    case 'Slice': {
      const ranked = openRankedChain(node.base)
      if (!ranked || node.left < 0 || node.right < 0) return undefined
      const end = node.isInclusive ? node.right + 1 : node.right
      return {...ranked, offset: node.left, limit: Math.max(0, end - node.left)}
    }
    case 'AccessElement': {
      const ranked = openRankedChain(node.base)
      if (!ranked || node.index < 0) return undefined
      return {...ranked, offset: node.index, limit: 1, single: true}
    }
    default:
      return undefined
  }
}

function scoredChain(node: PipeFuncCallNode): RankedChain | undefined {
  const chain = openChain(node.base)
  if (!chain || chain.order.length > 0) return undefined
  return {scoring: node, chain, filters: [], offset: 0, limit: undefined, single: false}
}

function openRankedChain(node: ExprNode): RankedChain | undefined {
  const ranked = rankedChainOf(node)
  return ranked && ranked.limit === undefined ? ranked : undefined
}

/** `order(_score desc)`, also with the `_id` that decides among equals anyway. */
function isBestFirst({name, args}: PipeFuncCallNode): boolean {
  const [score, id] = args.map(orderKey)
  if (name !== 'order' || args.length > 2 || score === undefined) return false
  const byId = id !== undefined && isAttribute(id.key, '_id') && !id.descending
  return isAttribute(score.key, '_score') && score.descending && (args.length === 1 || byId)
}

function isAttribute(key: Key, name: string): boolean {
  return 'steps' in key && key.steps.length === 1 && key.steps[0] === name
}

function orderKey(node: ExprNode): OrderKey | undefined {
  if (node.type === 'Desc' || node.type === 'Asc') {
    const key = keyOf(node.base)
    return key && {key, descending: node.type === 'Desc'}
  }
  const key = keyOf(node)
  return key && {key, descending: false}
}

/**
 * The same query with order and slice before the projection that they stand behind, so that only what remains is
 * projected: `*[…]{_id, "by": [date]} | order(by[0])[0...9]` is `*[…] | order(date)[0...9]{_id, "by": [date]}`.
 * `undefined` when nothing can be moved.
 */
export function beforeProjection(node: ExprNode): ExprNode | undefined {
  if (node.type === 'Slice' || node.type === 'PipeFuncCall') {
    const {base} = node
    const inner = base.type === 'Map' ? base : beforeProjection(base)
    if (inner?.type !== 'Map') return undefined
    if ((chainOf(inner.base) ?? rankedChainOf(inner.base)) === undefined) return undefined
    if (node.type === 'Slice') return {...inner, base: {...node, base: inner.base}}
    if (node.name !== 'order') return undefined
    const args = node.args.map((argument) => throughProjection(argument, inner.expr))
    if (!args.every((argument) => argument !== undefined)) return undefined
    return {...inner, base: {...node, base: inner.base, args}}
  }
  return undefined
}

/** What an expression about a projection's result says about the value that was projected. */
function throughProjection(node: ExprNode, projection: ExprNode): ExprNode | undefined {
  switch (node.type) {
    case 'Group':
      return throughProjection(node.base, projection)
    case 'Desc':
    case 'Asc': {
      const base = throughProjection(node.base, projection)
      return base && {...node, base}
    }
    case 'AccessElement': {
      const base = throughProjection(node.base, projection)
      if (base?.type !== 'Array') return base && {...node, base}
      const element = base.elements[node.index]
      return base.elements.some(({isSplat}) => isSplat) ? undefined : element?.value
    }
    case 'AccessAttribute':
      if (node.base === undefined) return attributeOf(projection, node.name)
      return undefined
    default:
      return undefined
  }
}

function attributeOf(projection: ExprNode, name: string): ExprNode | undefined {
  if (projection.type !== 'Projection' || projection.base.type !== 'This') return undefined
  if (projection.expr.type !== 'Object') return undefined
  const {attributes} = projection.expr
  if (attributes.some(({type}) => type !== 'ObjectAttributeValue')) return undefined
  const named = attributes.findLast(
    (attribute) => attribute.type === 'ObjectAttributeValue' && attribute.name === name,
  )
  return named?.value
}
