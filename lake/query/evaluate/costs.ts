import type {ExprNode} from 'groq-js'

import {childrenOf} from './children.ts'

const costly = new WeakMap<ExprNode, boolean>()

/** Whether evaluating a part of a query may reach for other documents, or goes through text. */
export function costs(node: ExprNode): boolean {
  const known = costly.get(node)
  if (known !== undefined) return known
  const found = reachesOut(node) || childrenOf(node).some(costs)
  costly.set(node, found)
  return found
}

function reachesOut(node: ExprNode): boolean {
  switch (node.type) {
    case 'Deref':
    case 'Everything':
      return true
    case 'OpCall':
      return node.op === 'match'
    case 'FuncCall':
      return !['global', 'string', 'math', 'array', 'sanity', 'dateTime'].includes(node.namespace)
    default:
      return false
  }
}
