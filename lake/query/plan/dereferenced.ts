import type {ExprNode} from 'groq-js'

import {childrenOf} from '../evaluate/children.ts'
import {readsOf} from './reads.ts'
import {pruned} from './stored.ts'

/**
 * The attributes that a query looks at of the documents which references lead it to: `name` and `slug` in
 * `author->{name, "slug": slug.current}`. `undefined` where it may look at all of them.
 */
export function readThroughReferences(tree: ExprNode): readonly string[] | undefined {
  const found = new Set<string>()
  return collect(tree, found) ? pruned(found) : undefined
}

/** Answers whether all that is read is found. */
function collect(node: ExprNode, found: Set<string>): boolean {
  switch (node.type) {
    case 'AccessAttribute':
      if (node.base?.type !== 'Deref') break
      found.add(node.name)
      return collect(node.base.base, found)
    case 'Projection': {
      if (node.base.type !== 'Deref') break
      const {attributes, whole} = readsOf(node.expr)
      if (whole) return false
      for (const name of attributes) found.add(name)
      return collect(node.base.base, found) && collect(node.expr, found)
    }
    case 'Deref':
      return false
    case 'FuncCall':
      // `documents::get(…)` and `media::aspect(…)` fetch documents by their ids as well.
      if (node.namespace === 'documents' || node.namespace === 'media') return false
      break
    default:
  }
  return childrenOf(node).every((child) => collect(child, found))
}
