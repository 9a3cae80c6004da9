import type {ExprNode} from 'groq-js'

import {compileFilter, compileFlatMap, compileMap} from './arrays.ts'
import {compileCall, compilePipeCall} from './calls.ts'
import {isConstant} from './constants.ts'
import {invariantParts, oncePerRun} from './invariants.ts'
import {compileAnd, compileInRange, compileNot, compileOr, compileSelect} from './logic.ts'
import {compileArray, compileObject} from './objects.ts'
import {compileOperator} from './operators.ts'
import {nowhere, type Compile, type Evaluate} from './scope.ts'
import {
  compileArrayCoercion,
  compileAttributeAccess,
  compileDereference,
  compileElementAccess,
  compileParent,
  compileProjection,
  compileSlice,
} from './traversal.ts'
import type {GroqValue} from './value.ts'

export type CompileOptions = {
  /** Asked for every part first: a closure for a part that somebody else has taken over, as SQL. */
  planned?(node: ExprNode, compile: Compile): Evaluate | undefined
}

/**
 * Turns a parsed query into a closure, once: what is constant is evaluated now, everything else when the closure is called
 * with a scope. The closure keeps nothing of a run and can be called for any number of them, one after the other.
 */
export function compile(tree: ExprNode, options: CompileOptions = {}): Evaluate {
  return compiler(tree, options)(tree)
}

/** Makes the closures of the parts of one query, each once. */
export function compiler(tree: ExprNode, options: CompileOptions = {}): Compile {
  const made = new Map<ExprNode, Evaluate>()
  const invariant = invariantParts(tree)
  const compileNode: Compile = (node) => {
    const known = made.get(node)
    if (known !== undefined) return known
    const own = options.planned?.(node, compileNode) ?? compileOwn(node, compileNode)
    const evaluate = invariant.has(node) ? oncePerRun(own) : own
    made.set(node, evaluate)
    return evaluate
  }
  return compileNode
}

function compileOwn(node: ExprNode, compileNode: Compile): Evaluate {
  const evaluate = compileKind(node, compileNode)
  return isConstant(node) ? constantly(evaluate(nowhere)) : evaluate
}

function constantly(value: GroqValue): Evaluate {
  return () => value
}

function compileKind(node: ExprNode, compileNode: Compile): Evaluate {
  switch (node.type) {
    case 'AccessAttribute':
      return compileAttributeAccess(node, compileNode)
    case 'AccessElement':
      return compileElementAccess(node, compileNode)
    case 'And':
      return compileAnd(node, compileNode)
    case 'Array':
      return compileArray(node, compileNode)
    case 'ArrayCoerce':
      return compileArrayCoercion(compileNode(node.base))
    case 'Context':
      return compileContext(node.key)
    case 'Deref':
      return compileDereference(node, compileNode)
    case 'Everything':
      return (scope) => scope.run.everything()
    case 'Filter':
      return compileFilter(node, compileNode)
    case 'FlatMap':
      return compileFlatMap(node, compileNode)
    case 'FuncCall':
      return compileCall(node, compileNode)
    case 'Group':
      return compileNode(node.base)
    case 'InRange':
      return compileInRange(node, compileNode)
    case 'Map':
      return compileMap(node, compileNode)
    case 'Neg':
      return compileSign(compileNode(node.base), -1)
    case 'Not':
      return compileNot(node, compileNode)
    case 'Object':
      return compileObject(node, compileNode)
    case 'OpCall':
      return compileOperator(node, compileNode)
    case 'Or':
      return compileOr(node, compileNode)
    case 'Parameter': {
      const {name} = node
      return (scope) => scope.run.params[name] ?? null
    }
    case 'Parent':
      return compileParent(node)
    case 'PipeFuncCall':
      return compilePipeCall(node, compileNode)
    case 'Pos':
      return compileSign(compileNode(node.base), 1)
    case 'Projection':
      return compileProjection(node, compileNode)
    case 'Select':
      return compileSelect(node, compileNode)
    case 'Slice':
      return compileSlice(node, compileNode)
    case 'This':
      return (scope) => scope.value
    case 'Value': {
      const value: GroqValue = node.value ?? null
      return constantly(value)
    }
    case 'Asc':
    case 'Desc':
    case 'SelectorFuncCall':
    case 'SelectorNested':
    case 'Tuple':
      throw new Error(`${node.type} has no value of its own`)
  }
}

/** `before()` and `after()`: the two states that a change lies between, null outside of one. */
function compileContext(key: string): Evaluate {
  return key === 'before'
    ? (scope) => scope.run.delta?.before ?? null
    : (scope) => scope.run.delta?.after ?? null
}

function compileSign(base: Evaluate, sign: 1 | -1): Evaluate {
  return (scope) => {
    const value = base(scope)
    // JSON has no negative zero.
    return typeof value === 'number' ? value * sign + 0 : null
  }
}
