import {Datetime} from '../evaluate/datetime.ts'
import {PathPattern} from '../evaluate/pathPattern.ts'
import {refersTo} from '../evaluate/references.ts'
import type {Evaluate} from '../evaluate/scope.ts'
import {finite, isArray, type GroqValue} from '../evaluate/value.ts'
import {geoConstructor} from './geo/geoFunctions.ts'
import {characters, lowered, raised} from './stringFunctions.ts'
import type {CompiledFunction, FunctionTable} from './table.ts'

/** `coalesce(…)`: the first argument that is not null; those behind it are not evaluated. */
const coalesce: CompiledFunction = {
  arity: {least: 0},
  compile(args, compile): Evaluate {
    const evaluates = args.map(compile)
    return (scope) => {
      for (const evaluate of evaluates) {
        const value = evaluate(scope)
        if (value !== null) return value
      }
      return null
    }
  },
}

/** `boost(condition, number)`, where `score()` does not look at it: the condition's own value. */
const boost: CompiledFunction = {
  arity: 2,
  compile([condition, amount], compile): Evaluate {
    if (condition === undefined || amount === undefined) throw new Error('An argument is missing')
    const evaluate = compile(condition)
    const number = compile(amount)
    return (scope) => {
      const value = number(scope)
      return typeof value === 'number' && value >= 0 ? evaluate(scope) : null
    }
  },
}

/** Functions without a namespace (GROQ specification, "Global namespace"). */
export const globalFunctions: FunctionTable = {
  ...geoConstructor,
  boost,
  coalesce,
  count: {
    arity: 1,
    pure: true,
    call: ([value = null]) => (isArray(value) ? value.length : null),
  },
  dateTime: {arity: 1, pure: true, call: ([value = null]) => toDatetime(value)},
  defined: {arity: 1, pure: true, call: ([value = null]) => value !== null},
  identity: {arity: 0, call: (_, {run}) => run.identity},
  length: {arity: 1, pure: true, call: ([value = null]) => lengthOf(value)},
  lower: {arity: 1, pure: true, call: ([value = null]) => lowered(value)},
  now: {arity: 0, call: (_, {run}) => run.now.toISOString()},
  path: {
    arity: 1,
    pure: true,
    call: ([value]) => (typeof value === 'string' ? new PathPattern(value) : null),
  },
  references: {
    arity: {least: 1},
    call: (args, {value}) => {
      const [only] = args
      if (args.length === 1 && typeof only === 'string') {
        return refersTo(value, (id) => id === only)
      }
      const ids = new Set(args.flat().filter((id) => typeof id === 'string'))
      return ids.size > 0 && refersTo(value, (id) => ids.has(id))
    },
  },
  round: {arity: {least: 1, most: 2}, pure: true, call: round},
  string: {arity: 1, pure: true, call: ([value = null]) => toText(value)},
  upper: {arity: 1, pure: true, call: ([value = null]) => raised(value)},
}

function toDatetime(value: GroqValue): GroqValue {
  if (typeof value === 'string') return Datetime.parse(value)
  return value instanceof Datetime ? value : null
}

/** Strings are measured in code points. */
function lengthOf(value: GroqValue): number | null {
  if (typeof value === 'string') return characters(value)
  return isArray(value) ? value.length : null
}

/** Halves are rounded away from zero; more than a hundred digits after the point are all there are. */
function round([value = null, digits = 0]: readonly GroqValue[]): number | null {
  if (typeof value !== 'number') return null
  if (typeof digits !== 'number' || digits < 0 || !Number.isInteger(digits)) return null
  if (digits === 0) return finite(Math.sign(value) * Math.round(Math.abs(value)))
  return finite(digits > 100 ? value : Number(value.toFixed(digits)))
}

function toText(value: GroqValue): string | null {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return value instanceof Datetime ? value.toString() : null
  }
}
