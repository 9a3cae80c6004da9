import type {OpCallNode} from 'groq-js'

import {equal} from './comparison.ts'
import {constantOf} from './constants.ts'
import {PathPattern} from './pathPattern.ts'
import type {Compile, Evaluate} from './scope.ts'
import {isArray, type GroqValue} from './value.ts'

/** Arrays of at least this many elements are looked through by hash once they are asked again. */
const hashedFrom = 8

/** `in`: an element of an array, or an id of a path (GROQ specification, "In operator"). Ranges are nodes of their own. */
export function compileIn(node: OpCallNode, compile: Compile): Evaluate {
  const left = compile(node.left)
  const right = compile(node.right)
  const constant = constantOf(node.right, compile)
  if (constant instanceof PathPattern) return (scope) => isUnder(left(scope), constant)
  if (isArray(constant) && constant.every(isScalar)) {
    const scalars = new Set(constant)
    return (scope) => scalars.has(left(scope))
  }
  const remembering = new RememberedArray()
  return (scope) => {
    const value = left(scope)
    const container = right(scope)
    if (isArray(container)) return remembering.holds(container, value)
    return container instanceof PathPattern ? isUnder(value, container) : null
  }
}

/** Whether the value is equal to those that are the same to JavaScript, and to no others. */
function isScalar(value: GroqValue): boolean {
  return typeof value !== 'object' || value === null
}

/** An id, or another path that is taken for one. */
function isUnder(value: GroqValue, path: PathPattern): boolean | null {
  if (value instanceof PathPattern) return path.matches(value.pattern)
  return typeof value === 'string' ? path.matches(value) : null
}

/** The array that an `in` was last asked about: parameters and constants are the same array for every element. */
class RememberedArray {
  #array: readonly GroqValue[] | undefined
  #scalars: Set<GroqValue> | undefined

  holds(array: readonly GroqValue[], value: GroqValue): boolean {
    if (array.length < hashedFrom || !isScalar(value)) {
      return array.some((element) => equal(value, element))
    }
    if (this.#array !== array) {
      this.#array = array
      this.#scalars = undefined
      return array.includes(value)
    }
    this.#scalars ??= new Set(array)
    return this.#scalars.has(value)
  }
}
