/** A pattern that is a token, or the beginning of one. */
export type PlainPattern = {start: string; prefix: boolean}

const tokenCharacter = /^[\p{L}\p{N}\p{M}_]$/u
const connector = /^[.'’]$/

/** Reads a pattern of `match` that has a `*` at most at its end; `undefined` for others. */
export function plainPattern(pattern: string): PlainPattern | undefined {
  const prefix = pattern.endsWith('*')
  const start = prefix ? pattern.slice(0, -1) : pattern
  const isToken = !start.includes('*') && tokenCharacter.test(characterBefore(start, start.length))
  return isToken ? {start, prefix} : undefined
}

/**
 * Whether a text in lower case has a token that the pattern asks for, without cutting it into tokens: where the pattern stands,
 * only what is beside it matters.
 */
export function standsIn(text: string, {start, prefix}: PlainPattern): boolean {
  for (let place = text.indexOf(start); place !== -1; place = text.indexOf(start, place + 1)) {
    if (beginsToken(text, place) && (prefix || endsToken(text, place + start.length))) return true
  }
  return false
}

function beginsToken(text: string, place: number): boolean {
  const before = characterBefore(text, place)
  if (tokenCharacter.test(before)) return false
  return !connector.test(before) || !tokenCharacter.test(characterBefore(text, place - 1))
}

function endsToken(text: string, place: number): boolean {
  const after = characterAt(text, place)
  if (tokenCharacter.test(after)) return false
  return !connector.test(after) || !tokenCharacter.test(characterAt(text, place + 1))
}

function characterAt(text: string, place: number): string {
  const code = text.codePointAt(place)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/** The character that ends before a place; it may be two units long. */
function characterBefore(text: string, place: number): string {
  if (place <= 0) return ''
  const long = place > 1 ? characterAt(text, place - 2) : ''
  return long.length === 2 ? long : text.charAt(place - 1)
}
