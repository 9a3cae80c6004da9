import type {OpCallNode} from 'groq-js'

import {compileMatch} from '../text/match.ts'
import {minus, numeric, plus} from './arithmetic.ts'
import {compare, equal} from './comparison.ts'
import {constantOf} from './constants.ts'
import {compileIn} from './membership.ts'
import type {Compile, Evaluate} from './scope.ts'
import {finite, type GroqValue} from './value.ts'

/** A call of a binary operator (GROQ specification, "Operators"). */
export function compileOperator(node: OpCallNode, compile: Compile): Evaluate {
  const {op} = node
  switch (op) {
    case '==':
      return compileEqual(node, compile)
    case '!=': {
      const same = compileEqual(node, compile)
      return (scope) => same(scope) === false
    }
    case '<':
      return compileComparison(node, compile, (order) => order < 0)
    case '<=':
      return compileComparison(node, compile, (order) => order <= 0)
    case '>':
      return compileComparison(node, compile, (order) => order > 0)
    case '>=':
      return compileComparison(node, compile, (order) => order >= 0)
    case '+':
      return compileBinary(node, compile, plus)
    case '-':
      return compileBinary(node, compile, minus)
    case 'in':
      return compileIn(node, compile)
    case 'match':
      return compileMatch(node, compile)
    default:
      return compileNumeric(node, compile, numeric[op])
  }
}

function compileEqual(node: OpCallNode, compile: Compile): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  const wanted = constantOf(node.right, compile)
  if (typeof wanted !== 'object' && wanted !== undefined) return (scope) => left(scope) === wanted
  const asked = constantOf(node.left, compile)
  if (typeof asked !== 'object' && asked !== undefined) return (scope) => right(scope) === asked
  return (scope) => equal(left(scope), right(scope))
}

function compileComparison(
  node: OpCallNode,
  compile: Compile,
  holds: (order: number) => boolean,
): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  return (scope) => {
    const order = compare(left(scope), right(scope))
    return order === undefined ? null : holds(order)
  }
}

function compileBinary(
  node: OpCallNode,
  compile: Compile,
  operate: (left: GroqValue, right: GroqValue) => GroqValue,
): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  return (scope) => operate(left(scope), right(scope))
}

function compileNumeric(
  node: OpCallNode,
  compile: Compile,
  operate: (left: number, right: number) => number,
): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  return (scope) => {
    const here = left(scope)
    const there = right(scope)
    return typeof here === 'number' && typeof there === 'number'
      ? finite(operate(here, there))
      : null
  }
}
