import type {Token} from './scan.ts'

/** A piece of the query as it was sent, and what stands in its place. */
export type Edit = {start: number; end: number; replacement: string}

/** `\u{…}`: a code point by its number. */
type Escape = {start: number; end: number; codePoint: number}

const largestCodePoint = 0x10ffff

/** groq-js reads `\u{1F600}` as a single unit of 16 bits: what needs two of them becomes two escapes. */
export function editsOfString(token: Token): Edit[] {
  return escapesIn(token)
    .filter(({codePoint}) => codePoint > 0xffff && codePoint <= largestCodePoint)
    .map(({start, end, codePoint}) => {
      const units = String.fromCodePoint(codePoint)
      return {start, end, replacement: escaped(units, 0) + escaped(units, 1)}
    })
}

/** Escapes of what is no code point, a mistake in a query (GROQ specification, "String"). */
export function impossibleEscapes(token: Token): Escape[] {
  return escapesIn(token).filter(({codePoint}) => codePoint > largestCodePoint)
}

function escapesIn({kind, text, start}: Token): Escape[] {
  if (kind !== 'string' || !text.includes('\\u{')) return []
  return [...text.matchAll(/\\(?:u\{([0-9a-fA-F]+)\}|.)/gs)].flatMap(
    ({0: escape, 1: digits, index}) => {
      if (digits === undefined) return []
      const at = start + index
      return [{start: at, end: at + escape.length, codePoint: Number.parseInt(digits, 16)}]
    },
  )
}

function escaped(units: string, index: number): string {
  return `\\u${units.charCodeAt(index).toString(16)}`
}
