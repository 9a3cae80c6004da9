import type {OpCallNode} from 'groq-js'

import {constantOf} from '../evaluate/constants.ts'
import type {Compile, Evaluate, Scope} from '../evaluate/scope.ts'
import type {GroqValue} from '../evaluate/value.ts'
import {matchPattern, type TextPattern} from './textPattern.ts'
import {TextQuery} from './textQuery.ts'

/** `text match pattern` (GROQ specification, "Match operator"): always true or false. */
export function compileMatch(node: OpCallNode, compile: Compile): Evaluate {
  const text = compile(node.left)
  const patternIn = compilePattern(node, compile)
  return (scope) => {
    const pattern = patternIn(scope)
    return pattern !== undefined && pattern.matches(text(scope))
  }
}

/** The right side of a `match`, read again only where it changes. */
export function compilePattern(
  node: OpCallNode,
  compile: Compile,
): (scope: Scope) => TextPattern | undefined {
  const constant = constantOf(node.right, compile)
  if (constant !== undefined) {
    const pattern = patternOf(constant)
    return () => pattern
  }
  const right = compile(node.right)
  let known: {value: GroqValue; pattern: TextPattern | undefined} | undefined
  return (scope) => {
    const value = right(scope)
    if (known === undefined || known.value !== value) known = {value, pattern: patternOf(value)}
    return known.pattern
  }
}

function patternOf(value: GroqValue): TextPattern | undefined {
  return value instanceof TextQuery ? value.pattern : matchPattern(value)
}
