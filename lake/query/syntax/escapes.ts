import type {Token} from './scan.ts'

/** A piece of the query as it was sent, and what stands in its place. */
export type Edit = {start: number; end: number; replacement: string}

/** An escape in a string; `codePoint` is `undefined` where it is none that GROQ knows. */
type Escape = {start: number; end: number; codePoint: number | undefined}

const largestCodePoint = 0x10ffff

/** groq-js reads `\u{1F600}` as a single unit of 16 bits: what needs two of them becomes two escapes. */
export function editsOfString(token: Token): Edit[] {
  return escapesIn(token).flatMap(({start, end, codePoint = 0}) => {
    if (codePoint <= 0xffff) return []
    const units = String.fromCodePoint(codePoint)
    return [{start, end, replacement: escaped(units, 0) + escaped(units, 1)}]
  })
}

/** Where strings escape what is no code point, or in a way that there is not (GROQ specification, "String"). */
export function impossibleEscapes(token: Token): {start: number; end: number}[] {
  return escapesIn(token).filter(({codePoint}) => codePoint === undefined)
}

const escape =
  /\\(?:u\{(?<long>[0-9a-fA-F]+)\}|u(?<short>[0-9a-fA-F]{4})|(?<single>['"\\/bfnrt])|.)/gs

function escapesIn({kind, text, start}: Token): Escape[] {
  if (kind !== 'string' || !text.includes('\\')) return []
  return [...text.matchAll(escape)].map(({0: written, index, groups}) => {
    const at = start + index
    return {start: at, end: at + written.length, codePoint: codePointOf(groups ?? {})}
  })
}

/** For single characters, whose meaning is not needed here, zero. */
function codePointOf(groups: {[name: string]: string | undefined}): number | undefined {
  if (groups['single'] !== undefined) return 0
  const digits = groups['long'] ?? groups['short']
  if (digits === undefined) return undefined
  const codePoint = Number.parseInt(digits, 16)
  return codePoint > largestCodePoint ? undefined : codePoint
}

function escaped(units: string, index: number): string {
  return `\\u${units.charCodeAt(index).toString(16)}`
}
