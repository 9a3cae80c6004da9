import type {ExprNode, FuncCallNode, OpCallNode, ParentNode, SelectNode} from 'groq-js'

import {isConstant} from '../evaluate/constants.ts'
import type {Compile, Evaluate} from '../evaluate/scope.ts'
import {isArray, isObject} from '../evaluate/value.ts'
import {beforeProjection} from '../plan/chain.ts'
import {
  arrayOf,
  attributeOf,
  attributesOf,
  elementsOf,
  literal,
  nothing,
  objectOf,
  storedDocuments,
  unknown,
  type Traced,
} from './origin.ts'
import {tracePicked, traceScore, traceSlice} from './traceArrays.ts'
import {traceArray, traceObject, traceProjection, traceTraversal} from './traceObjects.ts'
import type {CompileTrace, Trace} from './tracedScope.ts'

/**
 * Turns a query into a closure that says of each value where it comes from. What makes a value that stands in no document
 * is left to the ordinary closures of `compile`, and so is what the store answers.
 */
export function compileTrace(tree: ExprNode, compile: Compile): Trace {
  const trace: CompileTrace = {
    compile,
    of: (node) => traceOf(node, trace),
  }
  return trace.of(tree)
}

function traceOf(node: ExprNode, trace: CompileTrace): Trace {
  const moved = beforeProjection(node)
  if (moved !== undefined) return trace.of(moved)
  if (isConstant(node)) return traceLiteral(trace.compile(node))
  if (handsOnDocuments(node)) return traceDocuments(trace.compile(node))
  return traceKind(node, trace)
}

/** Whether an expression only picks and orders documents of `*`, which the store does best by itself. */
function handsOnDocuments(node: ExprNode): boolean {
  switch (node.type) {
    case 'Everything':
      return true
    case 'AccessElement':
    case 'Filter':
    case 'Group':
    case 'PipeFuncCall':
    case 'Slice':
      return handsOnDocuments(node.base)
    default:
      return false
  }
}

function traceKind(node: ExprNode, trace: CompileTrace): Trace {
  switch (node.type) {
    case 'AccessAttribute': {
      const {name} = node
      const base = node.base === undefined ? here : trace.of(node.base)
      return (scope) => attributeOf(base(scope), name)
    }
    case 'AccessElement': {
      const base = trace.of(node.base)
      const {index} = node
      return (scope) => elementsOf(base(scope))?.at(index) ?? nothing
    }
    case 'Array':
      return traceArray(node, trace)
    case 'ArrayCoerce': {
      const base = trace.of(node.base)
      return (scope) => {
        const traced = base(scope)
        return isArray(traced.value) ? traced : nothing
      }
    }
    case 'Deref':
      return traceDocuments(trace.compile(node))
    case 'Filter':
      return tracePicked(node, trace)
    case 'FlatMap':
    case 'Map':
      return traceTraversal(node, trace)
    case 'FuncCall':
      return traceCall(node, trace)
    case 'Group':
      return trace.of(node.base)
    case 'Object':
      return traceObject(node, trace)
    case 'OpCall':
      return node.op === '+' ? tracePlus(node, trace) : traceMade(trace.compile(node))
    case 'Parameter':
      return traceLiteral(trace.compile(node))
    case 'Parent':
      return traceParent(node)
    case 'PipeFuncCall':
      return node.name === 'score' ? traceScore(node, trace) : tracePicked(node, trace)
    case 'Projection':
      return traceProjection(node, trace)
    case 'Select':
      return traceSelect(node, trace)
    case 'Slice':
      return traceSlice(node, trace)
    case 'This':
      return here
    default:
      return traceMade(trace.compile(node))
  }
}

const here: Trace = ({value, origin}) => ({value, origin})

function traceLiteral(evaluate: Evaluate): Trace {
  return (scope) => ({value: evaluate(scope), origin: literal})
}

function traceMade(evaluate: Evaluate): Trace {
  return (scope) => ({value: evaluate(scope), origin: unknown})
}

function traceDocuments(evaluate: Evaluate): Trace {
  return (scope) => storedDocuments(evaluate(scope))
}

function traceParent({n}: ParentNode): Trace {
  return (scope) => {
    let current = scope.parent
    for (let level = 1; level < n; level++) current = current?.parent
    return current === undefined ? nothing : here(current)
  }
}

function traceSelect(node: SelectNode, trace: CompileTrace): Trace {
  const alternatives = node.alternatives.map(({condition, value}) => ({
    condition: trace.compile(condition),
    value: trace.of(value),
  }))
  const fallback = node.fallback && trace.of(node.fallback)
  return (scope) => {
    const chosen = alternatives.find(({condition}) => condition(scope) === true)
    return chosen?.value(scope) ?? fallback?.(scope) ?? nothing
  }
}

/** Functions that hand on what they are given; whatever else a function gives stands in no document. */
function traceCall(node: FuncCallNode, trace: CompileTrace): Trace {
  switch (`${node.namespace}::${node.name}`) {
    case 'global::coalesce':
      return traceCoalesce(node.args.map(trace.of))
    case 'documents::get':
      return traceDocuments(trace.compile(node))
    case 'array::compact':
    case 'array::unique':
      return tracePicked(node, trace)
    default:
      return traceMade(trace.compile(node))
  }
}

function traceCoalesce(args: readonly Trace[]): Trace {
  return (scope) => {
    for (const argument of args) {
      const traced = argument(scope)
      if (traced.value !== null) return traced
    }
    return nothing
  }
}

/** Arrays and objects are laid together; all other sums are new values. */
function tracePlus(node: OpCallNode, trace: CompileTrace): Trace {
  const left = trace.of(node.left)
  const right = trace.of(node.right)
  const sum = trace.compile(node)
  return (scope) => {
    const one = left(scope)
    const other = right(scope)
    return together(one, other) ?? {value: sum(scope), origin: unknown}
  }
}

function together(one: Traced, other: Traced): Traced | undefined {
  const first = elementsOf(one)
  const second = elementsOf(other)
  if (first !== undefined && second !== undefined) return arrayOf([...first, ...second])
  if (!isObject(one.value) || !isObject(other.value)) return undefined
  return objectOf(new Map([...attributesOf(one), ...attributesOf(other)]))
}
