import type {
  ArrayNode,
  FlatMapNode,
  MapNode,
  ObjectAttributeNode,
  ObjectNode,
  ProjectionNode,
} from 'groq-js'

import {prefetching, prefetchingOnce} from '../evaluate/prefetching.ts'
import {isObject} from '../evaluate/value.ts'
import {arrayOf, attributesOf, elementsOf, nothing, objectOf, type Traced} from './origin.ts'
import {
  nestedTrace,
  traversedTrace,
  type CompileTrace,
  type Trace,
  type TracedScope,
} from './tracedScope.ts'

/** Adds to the object under construction what one attribute of a literal says. */
type Fill = (attributes: Map<string, Traced>, scope: TracedScope) => void

/** An object literal, which is also what a projection makes. */
export function traceObject(node: ObjectNode, trace: CompileTrace): Trace {
  const fills = node.attributes.map((attribute) => traceAttribute(attribute, trace))
  return (scope) => {
    const attributes = new Map<string, Traced>()
    for (const fill of fills) fill(attributes, scope)
    return objectOf(attributes)
  }
}

function traceAttribute(attribute: ObjectAttributeNode, trace: CompileTrace): Fill {
  const value = trace.of(attribute.value)
  if (attribute.type === 'ObjectAttributeValue') {
    const {name} = attribute
    return (attributes, scope) => attributes.set(name, value(scope))
  }
  const condition =
    attribute.type === 'ObjectConditionalSplat' ? trace.compile(attribute.condition) : () => true
  return (attributes, scope) => {
    if (condition(scope) !== true) return
    for (const [name, traced] of attributesOf(value(scope))) attributes.set(name, traced)
  }
}

/** An array literal; `...` lays an array's elements into it. */
export function traceArray(node: ArrayNode, trace: CompileTrace): Trace {
  const elements = node.elements.map(({value, isSplat}) => ({value: trace.of(value), isSplat}))
  return (scope) =>
    arrayOf(
      elements.flatMap(({value, isSplat}) => {
        const traced = value(scope)
        return isSplat ? (elementsOf(traced) ?? []) : [traced]
      }),
    )
}

/** `base{…}`: the object literal in a scope whose `@` is the base. */
export function traceProjection(node: ProjectionNode, trace: CompileTrace): Trace {
  const base = trace.of(node.base)
  const prefetch = prefetchingOnce(node, node.expr, trace.compile)
  const object = trace.of(node.expr)
  return (scope) => {
    const traced = base(scope)
    if (!isObject(traced.value)) return nothing
    const inner = nestedTrace(scope, traced)
    prefetch?.([traced.value], inner)
    inner.value = traced.value
    return object(inner)
  }
}

/** `base[].name`, `base[]{…}`, and `base[].names[]`, whose arrays are laid into one. */
export function traceTraversal(node: MapNode | FlatMapNode, trace: CompileTrace): Trace {
  const base = trace.of(node.base)
  const prefetch = prefetching([node.expr], trace.compile, node)
  const each = trace.of(node.expr)
  const isFlat = node.type === 'FlatMap'
  return (scope) => {
    const traced = base(scope)
    const elements = elementsOf(traced)
    if (elements === undefined) return nothing
    prefetch?.(
      elements.map(({value}) => value),
      traversedTrace(scope, nothing),
    )
    const results = elements.map((element) => each(traversedTrace(scope, element)))
    if (!isFlat) return arrayOf(results)
    return arrayOf(results.flatMap((result) => elementsOf(result) ?? [result]))
  }
}
