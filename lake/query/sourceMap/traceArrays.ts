import type {ExprNode, FilterNode, FuncCallNode, PipeFuncCallNode, SliceNode} from 'groq-js'

import {isArray, isObject, type GroqValue} from '../evaluate/value.ts'
import {
  arrayOf,
  attributeOf,
  attributesOf,
  elementsOf,
  nothing,
  objectOf,
  unknown,
  type Traced,
} from './origin.ts'
import {traversedTrace, type CompileTrace, type Trace} from './tracedScope.ts'

/** `@`, put in the place of an expression that was evaluated before. */
const itself: ExprNode = {type: 'This'}

/**
 * What hands on some elements of an array in some order: filters, `order()`, `array::compact()`, `array::unique()`. The
 * ordinary closure picks; each element that it picked is found again by its identity, equal scalars in the order in which
 * they stood.
 */
export function tracePicked(
  node: FilterNode | PipeFuncCallNode | FuncCallNode,
  trace: CompileTrace,
): Trace {
  const [picking, from] =
    node.type === 'FuncCall'
      ? [{...node, args: [itself]}, node.args[0] ?? itself]
      : [{...node, base: itself}, node.base]
  return overElements(from, picking, trace, (elements) => ({
    asked: elements.map(({value}) => value),
    found(picked) {
      const waiting = Map.groupBy(elements, ({value}) => value)
      return arrayOf(picked.map((value) => waiting.get(value)?.shift() ?? {value, origin: unknown}))
    },
  }))
}

/** `base[1..3]`: a slice looks at places, not at what stands there. */
export function traceSlice(node: SliceNode, trace: CompileTrace): Trace {
  return overElements(node.base, {...node, base: itself}, trace, (elements) => ({
    asked: [...elements.keys()],
    found: (places) => arrayOf(places.flatMap((place) => elements[Number(place)] ?? [])),
  }))
}

/** Marks a copy of an element with its place, where an own attribute could not. */
const place = Symbol('place')

/** `base | score(…)`: the elements with a `_score` that stands in no document. */
export function traceScore(node: PipeFuncCallNode, trace: CompileTrace): Trace {
  return overElements(node.base, {...node, base: itself}, trace, (elements) => ({
    asked: elements.map(({value}, index) =>
      isObject(value) ? Object.assign({...value}, {[place]: index}) : value,
    ),
    found: (scored) => arrayOf(scored.map((value) => withScore(value, elements))),
  }))
}

function withScore(value: GroqValue, elements: readonly Traced[]): Traced {
  if (!isObject(value)) return {value, origin: unknown}
  const element = elements[Number(Reflect.get(value, place))] ?? nothing
  const attributes = new Map(attributesOf(element))
  const score = attributeOf({value, origin: unknown}, '_score')
  return objectOf(attributes.set('_score', score))
}

/** Runs `asking`, which looks at `@`, over what stands for the elements of a base; null where the base is no array. */
function overElements(
  base: ExprNode,
  asking: ExprNode,
  trace: CompileTrace,
  ask: (elements: readonly Traced[]) => {
    asked: readonly GroqValue[]
    found(values: readonly GroqValue[]): Traced
  },
): Trace {
  const from = trace.of(base)
  const evaluate = trace.compile(asking)
  return (scope) => {
    const elements = elementsOf(from(scope))
    if (elements === undefined) return nothing
    const {asked, found} = ask(elements)
    // A traversal's scope: `^` inside counts as if the array stood where its expression stands.
    const values = evaluate(traversedTrace(scope, {value: asked, origin: unknown}))
    return isArray(values) ? found(values) : nothing
  }
}
