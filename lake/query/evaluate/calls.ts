import type {FuncCallNode, PipeFuncCallNode} from 'groq-js'

import {functionNamed} from '../functions/functions.ts'
import type {CalledFunction} from '../functions/table.ts'
import {compileOrder} from './order.ts'
import type {Compile, Evaluate} from './scope.ts'
import {compileScore} from './score.ts'

/** A function call. The parser has refused names that no table has. */
export function compileCall(node: FuncCallNode, compile: Compile): Evaluate {
  const {namespace, name, args} = node
  const called = functionNamed(namespace, name)
  if (called === undefined) throw new Error(`Undefined function: ${namespace}::${name}`)
  if ('compile' in called) return called.compile(args, compile)
  return withArguments(called, args.map(compile))
}

function withArguments(called: CalledFunction, args: readonly Evaluate[]): Evaluate {
  const [first, second] = args
  if (first === undefined) return (scope) => called.call([], scope)
  if (second === undefined) return (scope) => called.call([first(scope)], scope)
  return (scope) =>
    called.call(
      args.map((argument) => argument(scope)),
      scope,
    )
}

/** A call of a pipe function. The parser has refused all names but these. */
export function compilePipeCall(node: PipeFuncCallNode, compile: Compile): Evaluate {
  return node.name === 'score' ? compileScore(node, compile) : compileOrder(node, compile)
}
