import type {
  AccessAttributeNode,
  AccessElementNode,
  DerefNode,
  ExprNode,
  ParentNode,
  ProjectionNode,
  SliceNode,
} from 'groq-js'

import {prefetchingOnce} from './prefetching.ts'
import {referenceIn} from './references.ts'
import {nested, type Compile, type Evaluate} from './scope.ts'
import {isArray, isObject, type GroqValue} from './value.ts'

/** `name`, `base.name`: an attribute of an object, null of everything else (GROQ specification, "Attribute access"). */
export function compileAttributeAccess(
  node: AccessAttributeNode<ExprNode>,
  compile: Compile,
): Evaluate {
  const {name} = node
  const read = name in Object.prototype ? ownAttribute : attribute
  if (node.base === undefined) return (scope) => read(scope.value, name)
  const base = compile(node.base)
  return (scope) => read(base(scope), name)
}

function attribute(value: GroqValue, name: string): GroqValue {
  return isObject(value) ? (value[name] ?? null) : null
}

/** For the few names that every JavaScript object answers to: `constructor`, `toString`. */
function ownAttribute(value: GroqValue, name: string): GroqValue {
  return isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null
}

/** `base[0]`, `base[-1]`: an element, counted from the end where negative. */
export function compileElementAccess(node: AccessElementNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const {index} = node
  return (scope) => {
    const value = base(scope)
    return isArray(value) ? (value.at(index) ?? null) : null
  }
}

/** `base[1..3]`, `base[0...20]`; negative bounds count from the end. */
export function compileSlice(node: SliceNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const {left, right, isInclusive} = node
  return (scope) => {
    const value = base(scope)
    if (!isArray(value)) return null
    const {length} = value
    const start = left < 0 ? left + length : left
    const end = (right < 0 ? right + length : right) + (isInclusive ? 1 : 0)
    return value.slice(Math.max(start, 0), Math.max(end, 0))
  }
}

/** `base[]`: an array as it is, null for everything else. */
export function compileArrayCoercion(base: Evaluate): Evaluate {
  return (scope) => {
    const value = base(scope)
    return isArray(value) ? value : null
  }
}

/** `base{…}`: the object literal in a scope whose `@` is the base. */
export function compileProjection(node: ProjectionNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  const prefetch = prefetchingOnce(node, node.expr, compile)
  const object = compile(node.expr)
  return (scope) => {
    const value = base(scope)
    if (!isObject(value)) return null
    const inner = nested(scope, value)
    prefetch?.([value], inner)
    return object(inner)
  }
}

/** `base->`: the document that a reference leads to. */
export function compileDereference(node: DerefNode, compile: Compile): Evaluate {
  const base = compile(node.base)
  return (scope) => {
    const id = referenceIn(base(scope))
    return id === undefined ? null : (scope.run.document(id) ?? null)
  }
}

/** `^`, `^.^`: the `@` of a scope further out. */
export function compileParent(node: ParentNode): Evaluate {
  const {n} = node
  return (scope) => {
    let current = scope.parent
    for (let level = 1; level < n; level++) current = current?.parent
    return current === undefined ? null : current.value
  }
}
