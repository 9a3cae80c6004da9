import type {GroqValue} from '../evaluate/value.ts'
import type {FunctionTable} from './table.ts'

/** Functions of the namespace `string` (GROQ functions reference, "String"). */
export const stringFunctions: FunctionTable = {
  length: {
    arity: 1,
    pure: true,
    call: ([value]) => (typeof value === 'string' ? characters(value) : null),
  },
  lower: {arity: 1, pure: true, call: ([value = null]) => lowered(value)},
  split: {
    arity: 2,
    pure: true,
    call: ([text, separator]) =>
      typeof text === 'string' && typeof separator === 'string' ? split(text, separator) : null,
  },
  startsWith: {
    arity: 2,
    pure: true,
    call: ([text, start]) =>
      typeof text === 'string' && typeof start === 'string' ? text.startsWith(start) : null,
  },
  upper: {arity: 1, pure: true, call: ([value = null]) => raised(value)},
}

export function lowered(value: GroqValue): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null
}

export function raised(value: GroqValue): string | null {
  return typeof value === 'string' ? value.toUpperCase() : null
}

/** How many code points a text has. */
export function characters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** An empty separator splits between code points; an empty text has no parts. */
function split(text: string, separator: string): string[] {
  if (text === '') return []
  return separator === '' ? [...text] : text.split(separator)
}
