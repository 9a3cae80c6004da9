import type {ExprNode} from 'groq-js'

import type {Compile, Evaluate, Scope} from '../evaluate/scope.ts'
import type {GroqValue} from '../evaluate/value.ts'

/** How many arguments a function takes: so many, or within bounds (`most` left out: any number). */
export type Arity = number | {least: number; most?: number}

/** A function that takes values and gives one. It never throws for values that do not fit: it gives null. */
export type CalledFunction = {
  arity: Arity
  call(args: readonly GroqValue[], scope: Scope): GroqValue
  /** The answer depends on the arguments alone: a call with constants is made once a query. */
  pure?: boolean
}

/** A function that decides which of its arguments are evaluated, and how: `coalesce`, `diff::changedAny`. */
export type CompiledFunction = {
  arity: Arity
  compile(args: readonly ExprNode[], compile: Compile): Evaluate
}

export type GroqFunction = CalledFunction | CompiledFunction

/** The functions of one namespace by name; `global` is the namespace of those without one. */
export type FunctionTable = {readonly [name: string]: GroqFunction}

export function takes(arity: Arity, count: number): boolean {
  if (typeof arity === 'number') return count === arity
  return count >= arity.least && count <= (arity.most ?? Infinity)
}
