import type {ExprNode} from 'groq-js'

import type {Compile, Evaluate} from '../evaluate/scope.ts'
import type {GroqValue} from '../evaluate/value.ts'
import {changedAny, changedOnly} from './changes.ts'
import {compileSelector, type KeyPath} from './selectors.ts'
import type {CompiledFunction, FunctionTable} from './table.ts'

type Compare = (
  states: {before: GroqValue; after: GroqValue},
  select: (value: GroqValue) => KeyPath[],
) => boolean

/** Functions of the namespace `diff` (GROQ specification, "Diff Extension"). */
export const diffFunctions: FunctionTable = {
  changedAny: comparing(changedAny),
  changedOnly: comparing(changedOnly),
}

/** Functions of the namespace `delta`: the same between `before()` and `after()` (GROQ specification, "Delta namespace"). */
export const deltaFunctions: FunctionTable = {
  changedAny: comparingDelta(changedAny),
  changedOnly: comparingDelta(changedOnly),
  operation: {
    arity: 0,
    call: (_, {run}) => {
      if (run.delta === undefined) return null
      const {before, after} = run.delta
      if (before === null) return after === null ? null : 'create'
      return after === null ? 'delete' : 'update'
    },
  },
}

function comparing(compare: Compare): CompiledFunction {
  return {
    arity: 3,
    compile([before, after, selector], compile) {
      return compileComparison(compare, [compiled(before, compile), compiled(after, compile)], {
        selector,
        compile,
      })
    },
  }
}

function comparingDelta(compare: Compare): CompiledFunction {
  return {
    arity: 1,
    compile([selector], compile) {
      const before: Evaluate = ({run}) => run.delta?.before ?? null
      const after: Evaluate = ({run}) => run.delta?.after ?? null
      return compileComparison(compare, [before, after], {selector, compile})
    },
  }
}

function compiled(node: ExprNode | undefined, compile: Compile): Evaluate {
  return node === undefined ? () => null : compile(node)
}

function compileComparison(
  compare: Compare,
  [before, after]: readonly [Evaluate, Evaluate],
  {selector, compile}: {selector: ExprNode | undefined; compile: Compile},
): Evaluate {
  if (selector === undefined) throw new Error('A selector is missing')
  const select = compileSelector(selector, compile)
  return (scope) =>
    compare({before: before(scope), after: after(scope)}, (value) => select(value, scope))
}
