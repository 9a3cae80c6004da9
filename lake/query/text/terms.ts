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

/** Tells of tokens whether they are what a pattern of `match` asks for, in linear time whatever the pattern. */
export function tokenTest(pattern: string): (token: string) => boolean {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  if (end === undefined) return (token) => token === start
  if (rest.length === 0 && end === '') return (token) => token.startsWith(start)
  const shortest = start.length + end.length
  return (token) =>
    token.length >= shortest &&
    token.startsWith(start) &&
    token.endsWith(end) &&
    holdsInOrder(token.slice(start.length, token.length - end.length), rest)
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let position = 0
  for (const part of parts) {
    const found = text.indexOf(part, position)
    if (found === -1) return false
    position = found + part.length
  }
  return true
}
