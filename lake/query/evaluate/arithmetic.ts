import {Datetime} from './datetime.ts'
import {finite, isArray, isObject, type GroqValue} from './value.ts'

/** `+`: numbers, strings, arrays, objects, and seconds to a datetime (GROQ specification, "Binary plus operator"). */
export function plus(left: GroqValue, right: GroqValue): GroqValue {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right)
  if (typeof left === 'string' && typeof right === 'string') return left + right
  if (isArray(left) && isArray(right)) return [...left, ...right]
  if (left instanceof Datetime && typeof right === 'number') return left.plus(right)
  if (typeof left === 'number' && right instanceof Datetime) return right.plus(left)
  return isObject(left) && isObject(right) ? {...left, ...right} : null
}

/** `-`: numbers, seconds between datetimes, seconds from a datetime. */
export function minus(left: GroqValue, right: GroqValue): GroqValue {
  if (typeof left === 'number' && typeof right === 'number') return finite(left - right)
  if (!(left instanceof Datetime)) return null
  if (right instanceof Datetime) return (left.milliseconds - right.milliseconds) / 1000
  return typeof right === 'number' ? left.plus(-right) : null
}

export const numeric = {
  '*': (left: number, right: number) => left * right,
  '/': (left: number, right: number) => left / right,
  '%': (left: number, right: number) => left % right,
  '**': (left: number, right: number) => left ** right,
} as const
