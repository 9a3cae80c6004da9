import type {ExprNode, PipeFuncCallNode} from 'groq-js'

import {compareTotally} from './comparison.ts'
import {prefetching} from './prefetching.ts'
import {nested, type Compile, type Evaluate} from './scope.ts'
import {isArray, type GroqValue} from './value.ts'

type Keyed = {element: GroqValue; keys: readonly GroqValue[]}

/** `base | order(a, b desc)`: sorted by values in their total order, elements of equal values as they stood. */
export function compileOrder(node: PipeFuncCallNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const criteria = node.args.map(criterion)
  const prefetch = prefetching(
    criteria.map(({expression}) => expression),
    compile,
  )
  const evaluates = criteria.map(({expression}) => compile(expression))
  const signs = criteria.map(({sign}) => sign)
  return (scope) => {
    const value = base(scope)
    if (!isArray(value)) return null
    const inner = nested(scope, null)
    prefetch?.(value, inner)
    const keyed: Keyed[] = []
    for (const element of value) {
      inner.value = element
      keyed.push({element, keys: evaluates.map((evaluate) => evaluate(inner))})
    }
    keyed.sort((one, other) => compareKeys(one.keys, other.keys, signs))
    return keyed.map(({element}) => element)
  }
}

function criterion(argument: ExprNode): {expression: ExprNode; sign: 1 | -1} {
  switch (argument.type) {
    case 'Asc':
      return {expression: argument.base, sign: 1}
    case 'Desc':
      return {expression: argument.base, sign: -1}
    default:
      return {expression: argument, sign: 1}
  }
}

/** By index and not by iterator: a sort compares some ten times as many keys as there are elements. */
function compareKeys(
  one: readonly GroqValue[],
  other: readonly GroqValue[],
  signs: readonly number[],
): number {
  for (let index = 0; index < signs.length; index++) {
    const order = compareTotally(one[index] ?? null, other[index] ?? null)
    if (order !== 0) return order * (signs[index] ?? 1)
  }
  return 0
}
