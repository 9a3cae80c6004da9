import type {ExprNode} from 'groq-js'

import type {Compile, Scope} from '../evaluate/scope.ts'
import type {Origin, Traced} from './origin.ts'

/** A scope that knows where its `@` comes from. To the ordinary closures it is a scope like any other. */
export type TracedScope = Scope & {
  readonly origin: Origin
  readonly parent: TracedScope | undefined
}

/** An expression ready to be run, that says where its value comes from. */
export type Trace = (scope: TracedScope) => Traced

/** Makes the closures of the parts of a query: those that trace, and those that only evaluate. */
export type CompileTrace = {compile: Compile; of(node: ExprNode): Trace}

/** The scope of a projection: `^` leads from it to the scope around. */
export function nestedTrace(scope: TracedScope, traced: Traced): TracedScope {
  return {...traced, parent: outside(scope), run: scope.run, hidden: false}
}

/** The scope of what a traversal does with each element, which `^` does not count. */
export function traversedTrace(scope: TracedScope, traced: Traced): TracedScope {
  return {...traced, parent: outside(scope), run: scope.run, hidden: true}
}

function outside(scope: TracedScope): TracedScope | undefined {
  return scope.hidden ? scope.parent : scope
}
