import type {ExprNode} from 'groq-js'

import {childrenOf} from './children.ts'
import type {Evaluate, QueryRun} from './scope.ts'
import type {GroqValue} from './value.ts'

/** How many scopes lie between a part of a query and an expression in it, and whether a traversal's `@` is the nearest. */
type Place = {depth: number; traversed: boolean}

const outside: Place = {depth: 0, traversed: false}

/**
 * The sub-queries of a query that are asked for each of many elements although they are the same for all:
 * `*[author._ref in *[_type == "author" && staff]._id]`.
 */
export function invariantParts(tree: ExprNode): ReadonlySet<ExprNode> {
  const found = new Set<ExprNode>()
  collect(tree, false, found)
  return found
}

function collect(node: ExprNode, repeated: boolean, found: Set<ExprNode>): void {
  if (!asksEverything(node)) return
  if (repeated && !dependsOnPlace(node, outside)) {
    found.add(node)
    return
  }
  const repeatedInside = new Set(repeatedPartsOf(node))
  for (const child of childrenOf(node)) collect(child, repeated || repeatedInside.has(child), found)
}

/** Remembers the value of a part for as long as the run is there. */
export function oncePerRun(evaluate: Evaluate): Evaluate {
  const values = new WeakMap<QueryRun, GroqValue>()
  return (scope) => {
    const known = values.get(scope.run)
    if (known !== undefined) return known
    const value = evaluate(scope)
    values.set(scope.run, value)
    return value
  }
}

const asking = new WeakMap<ExprNode, boolean>()

function asksEverything(node: ExprNode): boolean {
  const known = asking.get(node)
  if (known !== undefined) return known
  const asks = node.type === 'Everything' || childrenOf(node).some(asksEverything)
  asking.set(node, asks)
  return asks
}

/** The parts of an expression that are evaluated for each of its elements. */
function repeatedPartsOf(node: ExprNode): ExprNode[] {
  switch (node.type) {
    case 'Filter':
    case 'Map':
    case 'FlatMap':
      return [node.expr]
    case 'PipeFuncCall':
      return node.args
    default:
      return []
  }
}

/** Whether an expression looks at the `@` of the scope that it stands in, or at one further out. */
function dependsOnPlace(node: ExprNode, place: Place): boolean {
  const looksAtThis = place.depth === 0 && !place.traversed
  switch (node.type) {
    case 'This':
      return looksAtThis
    case 'AccessAttribute':
      return node.base === undefined ? looksAtThis : dependsOnPlace(node.base, place)
    case 'Parent':
      return place.depth <= node.n
    case 'FuncCall':
      return readsThis(node) && looksAtThis
        ? true
        : node.args.some((argument) => dependsOnPlace(argument, place))
    case 'Filter':
    case 'Projection':
      return (
        dependsOnPlace(node.base, place) ||
        dependsOnPlace(node.expr, {depth: place.depth + 1, traversed: false})
      )
    case 'Map':
    case 'FlatMap':
      return (
        dependsOnPlace(node.base, place) ||
        dependsOnPlace(node.expr, {depth: place.depth, traversed: true})
      )
    case 'PipeFuncCall': {
      const inside = {depth: place.depth + 1, traversed: false}
      return (
        dependsOnPlace(node.base, place) ||
        node.args.some((argument) => dependsOnPlace(argument, inside))
      )
    }
    case 'SelectorFuncCall':
    case 'SelectorNested':
    case 'Tuple':
      return true
    default:
      return childrenOf(node).some((child) => dependsOnPlace(child, place))
  }
}

/** Functions that look at `@` without being given it. */
function readsThis({namespace, name}: {namespace: string; name: string}): boolean {
  return (
    ['sanity', 'documents', 'diff', 'delta'].includes(namespace) ||
    (namespace === 'global' && name === 'references')
  )
}
