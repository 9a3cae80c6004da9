import type {ExprNode, FilterNode, FlatMapNode, MapNode} from 'groq-js'

import {costs} from './costs.ts'
import {prefetching, type Prefetch} from './prefetching.ts'
import {nested, traversed, type Compile, type Evaluate, type Scope} from './scope.ts'
import {isArray, type GroqValue} from './value.ts'

/**
 * `base[condition]`: the elements for which the condition is true (GROQ specification, "Filter"). Of conditions joined by
 * `&&` the cheap ones are asked first, so that references are only followed where they can still decide.
 */
export function compileFilter(node: FilterNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const conditions = conjunction(node.expr)
  const cheap = all(conditions.filter((condition) => !costs(condition)).map(compile))
  const costly = conditions.filter((condition) => costs(condition))
  if (costly.length === 0) return (scope) => keep(base(scope), nested(scope, null), cheap)
  const prefetch = prefetching(costly, compile)
  const rest = all(costly.map(compile))
  return (scope) => {
    const inner = nested(scope, null)
    const remaining = keep(base(scope), inner, cheap)
    if (remaining === null) return null
    prefetch?.(remaining, inner)
    return keep(remaining, inner, rest)
  }
}

function conjunction(node: ExprNode): ExprNode[] {
  if (node.type === 'Group') return conjunction(node.base)
  if (node.type !== 'And') return [node]
  return [...conjunction(node.left), ...conjunction(node.right)]
}

type Test = (scope: Scope) => boolean

function all(conditions: readonly Evaluate[]): Test {
  const [first, second] = conditions
  if (first === undefined) return () => true
  if (second === undefined) return (scope) => first(scope) === true
  if (conditions.length === 2) return (scope) => first(scope) === true && second(scope) === true
  return (scope) => conditions.every((condition) => condition(scope) === true)
}

/** One scope serves all elements in turn: nothing keeps a scope beyond its own evaluation. */
function keep(value: GroqValue, inner: Scope, test: Test): readonly GroqValue[] | null {
  if (!isArray(value)) return null
  const kept: GroqValue[] = []
  for (const element of value) {
    inner.value = element
    if (test(inner)) kept.push(element)
  }
  return kept
}

/** `base[].name`, `base[]{…}`: a traversal of each element. */
export function compileMap(node: MapNode, compile: Compile): Evaluate {
  return compileTraversal(node, compile, (results, result) => results.push(result))
}

/** `base[].names[]`: a traversal of each element whose arrays are laid into one. */
export function compileFlatMap(node: FlatMapNode, compile: Compile): Evaluate {
  return compileTraversal(node, compile, (results, result) => {
    if (isArray(result)) for (const inner of result) results.push(inner)
    else results.push(result)
  })
}

function compileTraversal(
  node: MapNode | FlatMapNode,
  compile: Compile,
  add: (results: GroqValue[], result: GroqValue) => void,
): Evaluate {
  const base = compile(node.base)
  const prefetch: Prefetch | undefined = prefetching([node.expr], compile, node)
  const each = compile(node.expr)
  return (scope) => {
    const value = base(scope)
    if (!isArray(value)) return null
    const inner = traversed(scope, null)
    prefetch?.(value, inner)
    const results: GroqValue[] = []
    for (const element of value) {
      inner.value = element
      add(results, each(inner))
    }
    return results
  }
}
