import type {ExprNode} from 'groq-js'

import {nested, traversed, type Compile, type Scope} from '../evaluate/scope.ts'
import {isArray, isObject, type GroqValue} from '../evaluate/value.ts'

/** The attribute names and array indexes that lead to a value. */
export type KeyPath = readonly (string | number)[]

/** The paths of a value that a selector names. */
export type Selector = (value: GroqValue, scope: Scope) => KeyPath[]

/** Makes a selector ready (GROQ specification, "Selector evaluation"). Throws for what is no selector. */
export function compileSelector(node: ExprNode, compile: Compile): Selector {
  switch (node.type) {
    case 'Group':
      return compileSelector(node.base, compile)
    case 'Tuple': {
      const members = node.members.map((member) => compileSelector(member, compile))
      return (value, scope) => members.flatMap((member) => member(value, scope))
    }
    case 'AccessAttribute': {
      const step: Selector = () => [[node.name]]
      return node.base === undefined ? step : inEach(compileSelector(node.base, compile), step)
    }
    case 'ArrayCoerce':
      return inEach(compileSelector(node.base, compile), indexesOf)
    case 'Filter': {
      const condition = compile(node.expr)
      return inEach(compileSelector(node.base, compile), (value, scope) => {
        const inner = nested(scope, null)
        return indexesOf(value).filter(([index]) => {
          inner.value = valueAt(value, [index])
          return condition(inner) === true
        })
      })
    }
    case 'SelectorNested':
      return inEach(compileSelector(node.base, compile), compileSelector(node.nested, compile))
    case 'SelectorFuncCall':
      return compileAnywhere(node.arg, compile)
    case 'FuncCall': {
      const [condition] = node.args
      if (node.name === 'anywhere' && condition !== undefined) {
        return compileAnywhere(condition, compile)
      }
      break
    }
    default:
  }
  throw new Error('Invalid selector syntax')
}

/** What the second selector names in each value that the first one names. */
function inEach(first: Selector, second: Selector): Selector {
  return (value, scope) =>
    first(value, scope).flatMap((path) =>
      second(valueAt(value, path), scope).map((rest) => [...path, ...rest]),
    )
}

function indexesOf(value: GroqValue): [number][] {
  return isArray(value) ? value.map((_, index) => [index]) : []
}

/** `anywhere(condition)`: every object in the value, itself included, for which the condition is true. */
function compileAnywhere(node: ExprNode, compile: Compile): Selector {
  const condition = compile(node)
  const visit = (value: GroqValue, path: KeyPath, inner: Scope): KeyPath[] => {
    if (isArray(value)) {
      return value.flatMap((element, index) => visit(element, [...path, index], inner))
    }
    if (!isObject(value)) return []
    inner.value = value
    const here = condition(inner) === true ? [path] : []
    const inside = Object.entries(value).flatMap(([name, attribute]) =>
      visit(attribute ?? null, [...path, name], inner),
    )
    return [...here, ...inside]
  }
  return (value, scope) => visit(value, [], traversed(scope, null))
}

/** The value that a path leads to, null where it leads nowhere. */
export function valueAt(value: GroqValue, path: KeyPath): GroqValue {
  let current: GroqValue = value
  for (const step of path) {
    if (isArray(current)) current = typeof step === 'number' ? (current[step] ?? null) : null
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step] ?? null
    else return null
  }
  return current
}
