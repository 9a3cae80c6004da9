import type {AndNode, InRangeNode, NotNode, OrNode, SelectNode} from 'groq-js'

import {compare} from './comparison.ts'
import type {Compile, Evaluate} from './scope.ts'

/** `&&` in three-valued logic: false where either side is false, else null where either is no boolean. */
export function compileAnd(node: AndNode, compile: Compile): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  return (scope) => {
    const here = left(scope)
    if (here === false) return false
    const there = right(scope)
    if (there === false) return false
    return here === true && there === true ? true : null
  }
}

/** `||` in three-valued logic: true where either side is true, else null where either is no boolean. */
export function compileOr(node: OrNode, compile: Compile): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  return (scope) => {
    const here = left(scope)
    if (here === true) return true
    const there = right(scope)
    if (there === true) return true
    return here === false && there === false ? false : null
  }
}

export function compileNot(node: NotNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  return (scope) => {
    const value = base(scope)
    return typeof value === 'boolean' ? !value : null
  }
}

/** `a in b..c` and `a in b...c`; the range's start always belongs to it. */
export function compileInRange(node: InRangeNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const left = compile(node.left)
  const right = compile(node.right)
  const {isInclusive} = node
  return (scope) => {
    const value = base(scope)
    const fromStart = compare(value, left(scope))
    const fromEnd = compare(value, right(scope))
    if (fromStart === undefined || fromEnd === undefined) return null
    return fromStart >= 0 && (isInclusive ? fromEnd <= 0 : fromEnd < 0)
  }
}

/** `select(condition => value, …, fallback)`: the value of the first condition that is true. */
export function compileSelect(node: SelectNode, compile: Compile): Evaluate {
  const alternatives = node.alternatives.map(({condition, value}) => ({
    condition: compile(condition),
    value: compile(value),
  }))
  const fallback = node.fallback && compile(node.fallback)
  return (scope) => {
    for (const {condition, value} of alternatives) {
      if (condition(scope) === true) return value(scope)
    }
    return fallback === undefined ? null : fallback(scope)
  }
}
