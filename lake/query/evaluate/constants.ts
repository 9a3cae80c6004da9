import type {ExprNode} from 'groq-js'

import {functionNamed} from '../functions/functions.ts'
import {nowhere, type Compile} from './scope.ts'
import type {GroqValue} from './value.ts'

/** The value of an expression that is the same in every scope of every run; `undefined` for all others. */
export function constantOf(node: ExprNode, compile: Compile): GroqValue | undefined {
  return isConstant(node) ? compile(node)(nowhere) : undefined
}

const constant = new WeakMap<ExprNode, boolean>()

export function isConstant(node: ExprNode): boolean {
  const known = constant.get(node)
  if (known !== undefined) return known
  const found = consistsOfConstants(node)
  constant.set(node, found)
  return found
}

function consistsOfConstants(node: ExprNode): boolean {
  switch (node.type) {
    case 'Value':
      return true
    case 'Group':
    case 'Pos':
    case 'Neg':
    case 'Not':
      return isConstant(node.base)
    case 'And':
    case 'Or':
    case 'OpCall':
      return isConstant(node.left) && isConstant(node.right)
    case 'InRange':
      return isConstant(node.base) && isConstant(node.left) && isConstant(node.right)
    case 'Array':
      return node.elements.every(({value}) => isConstant(value))
    case 'Object':
      return node.attributes.every(
        (attribute) => attribute.type === 'ObjectAttributeValue' && isConstant(attribute.value),
      )
    case 'FuncCall': {
      const called = functionNamed(node.namespace, node.name)
      return called !== undefined && 'pure' in called && node.args.every(isConstant)
    }
    default:
      return false
  }
}
