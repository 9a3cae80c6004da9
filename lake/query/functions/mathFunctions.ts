import {finite, isArray, type GroqValue} from '../evaluate/value.ts'
import type {CalledFunction, FunctionTable} from './table.ts'

/** Functions of the namespace `math` (GROQ functions reference, "Math"). */
export const mathFunctions: FunctionTable = {
  avg: ofNumbers((numbers) =>
    numbers.length === 0 ? null : finite(sum(numbers) / numbers.length),
  ),
  max: ofNumbers((numbers) => (numbers.length === 0 ? null : numbers.reduce(larger))),
  min: ofNumbers((numbers) => (numbers.length === 0 ? null : numbers.reduce(smaller))),
  sum: ofNumbers((numbers) => finite(sum(numbers))),
}

/** Nulls do not count; anything else that is no number makes the answer null. */
function ofNumbers(operate: (numbers: readonly number[]) => number | null): CalledFunction {
  return {
    arity: 1,
    pure: true,
    call: ([array]) => {
      const numbers = numbersIn(array)
      return numbers === undefined ? null : operate(numbers)
    },
  }
}

function numbersIn(array: GroqValue | undefined): number[] | undefined {
  if (!isArray(array)) return undefined
  const numbers: number[] = []
  for (const value of array) {
    if (typeof value === 'number') numbers.push(value)
    else if (value !== null) return undefined
  }
  return numbers
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function larger(one: number, other: number): number {
  return other > one ? other : one
}

function smaller(one: number, other: number): number {
  return other < one ? other : one
}
