import {Datetime} from './datetime.ts'
import type {GroqValue} from './value.ts'

/** Whether two values are the same number, string, boolean or datetime, or both null (GROQ specification, "Equality"). */
export function equal(left: GroqValue, right: GroqValue): boolean {
  if (typeof left !== 'object' || left === null) return left === right
  return (
    left instanceof Datetime &&
    right instanceof Datetime &&
    left.milliseconds === right.milliseconds
  )
}

/**
 * Less than zero, zero or more than zero; `undefined` for values that cannot be compared (GROQ specification, "Partial
 * comparison").
 */
export function compare(left: GroqValue, right: GroqValue): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return difference(left, right)
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (left instanceof Datetime && right instanceof Datetime) {
    return difference(left.milliseconds, right.milliseconds)
  }
  return undefined
}

/** The order of all values: datetimes, numbers, strings, booleans, then the rest (GROQ specification, "Total comparison"). */
export function compareTotally(left: GroqValue, right: GroqValue): number {
  return compare(left, right) ?? rank(left) - rank(right)
}

/** By code point, where JavaScript's own order goes by UTF-16 unit: U+FFFD stands before U+1F600. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index++) {
    const here = left.charCodeAt(index)
    const there = right.charCodeAt(index)
    if (here !== there) return inCodePointOrder(here) - inCodePointOrder(there)
  }
  return left.length - right.length
}

/** Surrogates, which write the code points above U+FFFF, go behind all other units. */
function inCodePointOrder(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function difference(left: number, right: number): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function rank(value: GroqValue): number {
  switch (typeof value) {
    case 'number':
      return 2
    case 'string':
      return 3
    case 'boolean':
      return 4
    default:
      return value instanceof Datetime ? 1 : 5
  }
}
