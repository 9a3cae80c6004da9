import type {ArrayNode, ObjectAttributeNode, ObjectNode} from 'groq-js'

import type {Compile, Evaluate, Scope} from './scope.ts'
import {isArray, isObject, type GroqObject, type GroqValue} from './value.ts'

type Draft = {[attribute: string]: GroqValue | undefined}

/** Adds to the object under construction what one attribute of a literal says. */
type Fill = (object: Draft, scope: Scope) => void

/** An object literal, which is also what a projection makes (GROQ specification, "Object"). */
export function compileObject(node: ObjectNode, compile: Compile): Evaluate {
  const [first, ...rest] = node.attributes
  if (first?.type === 'ObjectSplat') return compileCopy(compile(first.value), rest, compile)
  const fills = node.attributes.map((attribute) => compileAttribute(attribute, compile))
  return (scope) => {
    const object: Draft = {}
    for (const fill of fills) fill(object, scope)
    return object
  }
}

/** `{..., name}`: an object copied at once, with what else the literal says. */
function compileCopy(
  original: Evaluate,
  attributes: readonly ObjectAttributeNode[],
  compile: Compile,
): Evaluate {
  const fills = attributes.map((attribute) => compileAttribute(attribute, compile))
  return (scope) => {
    const value = original(scope)
    const object: Draft = isObject(value) ? {...value} : {}
    for (const fill of fills) fill(object, scope)
    return object
  }
}

function compileAttribute(attribute: ObjectAttributeNode, compile: Compile): Fill {
  const value = compile(attribute.value)
  switch (attribute.type) {
    case 'ObjectAttributeValue': {
      const {name} = attribute
      if (name === '__proto__') return (object, scope) => setOwn(object, name, value(scope))
      return (object, scope) => {
        object[name] = value(scope)
      }
    }
    case 'ObjectSplat':
      return (object, scope) => splat(object, value(scope))
    case 'ObjectConditionalSplat': {
      const condition = compile(attribute.condition)
      return (object, scope) => {
        if (condition(scope) === true) splat(object, value(scope))
      }
    }
  }
}

function splat(object: Draft, value: GroqValue): void {
  if (!isObject(value)) return
  if (Object.hasOwn(value, '__proto__')) setOwn(object, '__proto__', value['__proto__'])
  copy(object, value)
}

function copy(object: Draft, value: GroqObject): void {
  for (const name in value) {
    if (name !== '__proto__') object[name] = value[name]
  }
}

/** Sets what JavaScript would otherwise take for the object's prototype. */
function setOwn(object: Draft, name: string, value: GroqValue | undefined): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}

/** An array literal; `...` lays an array's elements into it, and nothing of what is no array. */
export function compileArray(node: ArrayNode, compile: Compile): Evaluate {
  const elements = node.elements.map(({value, isSplat}) => ({evaluate: compile(value), isSplat}))
  return (scope) => {
    const array: GroqValue[] = []
    for (const {evaluate, isSplat} of elements) {
      const value = evaluate(scope)
      if (!isSplat) array.push(value)
      else if (isArray(value)) for (const inner of value) array.push(inner)
    }
    return array
  }
}
