import {equal} from '../evaluate/comparison.ts'
import {Datetime} from '../evaluate/datetime.ts'
import {isArray, type GroqValue} from '../evaluate/value.ts'
import type {FunctionTable} from './table.ts'

/** Functions of the namespace `array` (GROQ functions reference, "Array"). */
export const arrayFunctions: FunctionTable = {
  compact: {
    arity: 1,
    pure: true,
    call: ([array]) => (isArray(array) ? array.filter((value) => value !== null) : null),
  },
  intersects: {
    arity: 2,
    pure: true,
    call: ([one, other]) => (isArray(one) && isArray(other) ? intersects(one, other) : null),
  },
  join: {
    arity: 2,
    pure: true,
    call: ([array, separator]) =>
      isArray(array) && typeof separator === 'string' ? join(array, separator) : null,
  },
  unique: {arity: 1, pure: true, call: ([array]) => (isArray(array) ? unique(array) : null)},
}

function intersects(one: readonly GroqValue[], other: readonly GroqValue[]): boolean {
  const scalars = new Set(other.filter((value) => typeof value !== 'object' || value === null))
  return one.some((value) =>
    typeof value === 'object' && value !== null
      ? other.some((element) => equal(value, element))
      : scalars.has(value),
  )
}

/** Null as soon as one element is neither a string, a number, a boolean nor a datetime. */
function join(array: readonly GroqValue[], separator: string): string | null {
  const fits = array.every(
    (value) => (typeof value !== 'object' && value !== undefined) || value instanceof Datetime,
  )
  return fits ? array.map(String).join(separator) : null
}

/** Each value that can be compared once, at its first place; arrays and objects are all different. */
function unique(array: readonly GroqValue[]): GroqValue[] {
  const seen = new Set<unknown>()
  return array.filter((value) => {
    if (typeof value === 'object' && value !== null && !(value instanceof Datetime)) return true
    const key = value instanceof Datetime ? `datetime ${value.milliseconds}` : value
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}
