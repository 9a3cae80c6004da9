import {words} from './tokens.ts'

/** One of the terms of a `text::query`, all of which are wanted. */
export type Term = {
  /** The words that have to stand in a row. */
  words: string[]
  /** The last word may go on: `foo*`. */
  prefix: boolean
  /** The term must not be there: `-foo`. */
  negated: boolean
}

/**
 * Reads what `text::query` is given: terms between white space, `foo*` a beginning, `-foo` not, `"…"` a phrase. A lone `*`
 * and other terms without a word ask for nothing.
 */
export function parseTerms(text: string): Term[] {
  const found = text.match(/-?"[^"]*"|\S+/g) ?? []
  return found.flatMap((raw) => {
    const negated = raw.startsWith('-') && raw.length > 1
    const body = (negated ? raw.slice(1) : raw).replaceAll('"', ' ')
    const inBody = words(body)
    return inBody.length === 0
      ? []
      : [{words: inBody, prefix: body.trimEnd().endsWith('*'), negated}]
  })
}

const patternToken = /[\p{L}\p{N}\p{M}_*]+(?:[.'’][\p{L}\p{N}\p{M}_*]+)*/gu

/**
 * The patterns that the right side of `match` asks for, in lower case: one for each token, where `*` stands for any
 * characters of it.
 */
export function parsePatterns(text: string): string[] {
  return text.toLowerCase().match(patternToken) ?? []
}

/** Whether a token is what a pattern of `match` asks for. Takes linear time, whatever the pattern. */
export function fitsPattern(token: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  if (end === undefined) return token === start
  if (token.length < start.length + end.length) return false
  if (!token.startsWith(start) || !token.endsWith(end)) return false
  const last = token.length - end.length
  let position = start.length
  for (const part of rest) {
    const found = token.indexOf(part, position)
    if (found === -1 || found + part.length > last) return false
    position = found + part.length
  }
  return true
}
