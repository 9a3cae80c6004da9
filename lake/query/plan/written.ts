import type {ExprNode} from 'groq-js'

import type {Compile, Scope} from '../evaluate/scope.ts'
import type {Shape} from '../selection.ts'
import {beforeProjection, chainOf} from './chain.ts'
import {planCondition} from './conditions.ts'
import {isPlainName, keyOf} from './keys.ts'
import {instantiate, stored} from './stored.ts'

/** Longer projections are evaluated: SQLite's functions take only so many arguments. */
const mostFields = 60

/** Answers a whole query with JSON text that the store has written; `undefined` where it has to be evaluated after all. */
export type Write = (scope: Scope) => string | undefined

/**
 * Plans a query whose answer is stored documents as they are, or a projection that only takes values out of them: nobody
 * needs to parse what the store writes. `undefined` for any other query.
 */
export function planWritten(tree: ExprNode, compile: Compile): Write | undefined {
  const {base, shape} = shapedBy(beforeProjection(tree) ?? tree)
  const chain = chainOf(base)
  if (chain === undefined || shape === undefined) return undefined
  const {filters, order, offset, limit, single} = chain
  const conditions = filters.map((filter) => planCondition(filter, compile))
  return (scope) => {
    const {source, view} = stored(scope)
    // Documents of several versions are shown under another id than the stored one.
    if (source.written === undefined || view.perspective.kind === 'stack') return undefined
    const {condition, exact} = instantiate(conditions, scope)
    if (!exact) return undefined
    const selection = {where: condition, order, offset, limit, attributes: undefined, shape}
    const written = condition.kind === 'never' ? [] : source.written(selection, view)
    return single ? (written[0] ?? 'null') : `[${written.join(',')}]`
  }
}

/** A query, and how its documents are written; no shape for what only the evaluator can make of them. */
function shapedBy(node: ExprNode): {base: ExprNode; shape: Shape | undefined} {
  if (node.type === 'Projection') return {base: node.base, shape: shapeOf(node.expr)}
  if (node.type !== 'Map') return {base: node, shape: 'whole'}
  const {base, expr} = node
  const projects = expr.type === 'Projection' && expr.base.type === 'This'
  return {base, shape: projects ? shapeOf(expr.expr) : undefined}
}

function shapeOf(projection: ExprNode): Shape | undefined {
  if (projection.type !== 'Object' || projection.attributes.length > mostFields) return undefined
  const fields = projection.attributes.flatMap((attribute) => {
    if (attribute.type !== 'ObjectAttributeValue' || !isPlainName(attribute.name)) return []
    const key = keyOf(attribute.value)
    return key && 'steps' in key ? [{name: attribute.name, steps: key.steps}] : []
  })
  const isUnderstood = fields.length === projection.attributes.length
  const names = new Set(fields.map(({name}) => name))
  return isUnderstood && names.size === fields.length && fields.length > 0 ? fields : undefined
}
