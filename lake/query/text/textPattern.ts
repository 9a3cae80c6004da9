import {isArray, isObject, type GroqValue} from '../evaluate/value.ts'
import {fitsPattern, parsePatterns, parseTerms, type Term} from './terms.ts'
import {matchTokens, words} from './tokens.ts'

/** What a `match` asks of a text, read once and asked of many. */
export type TextPattern = {
  /** What is counted, as a name each. */
  readonly terms: readonly string[]
  matches(value: GroqValue): boolean
  /** How many words a text has, and how often each of the terms stands in it. */
  count(value: GroqValue): TextCount
}

export type TextCount = {words: number; frequencies: readonly number[]}

/** The pattern of a plain `match`; `undefined` where its right side is no text, so that nothing matches. */
export function matchPattern(right: GroqValue): TextPattern | undefined {
  const texts = isArray(right) ? right : [right]
  if (!texts.every((text) => typeof text === 'string')) return undefined
  const terms = texts.flatMap(parsePatterns)
  if (terms.length === 0) return undefined
  return {
    terms,
    matches(value) {
      const tokens = tokensOf(value)
      return terms.every((term) => tokens.some((token) => fitsPattern(token, term)))
    },
    count(value) {
      const tokens = tokensOf(value)
      const frequencies = terms.map(
        (term) => tokens.filter((token) => fitsPattern(token, term)).length,
      )
      return {words: tokens.length, frequencies}
    },
  }
}

function tokensOf(value: GroqValue): string[] {
  if (typeof value === 'string') return matchTokens(value)
  if (!isArray(value)) return []
  return value.flatMap((element) => (typeof element === 'string' ? matchTokens(element) : []))
}

/** The pattern of `match text::query(text)`, which looks through everything that the left side holds. */
export function queryPattern(text: string): TextPattern {
  const terms = parseTerms(text)
  const wanted = terms.filter(({negated}) => !negated)
  return {
    terms: wanted.map((term) => term.words.join(' ') + (term.prefix ? '*' : '')),
    matches(value) {
      const texts = textsIn(value).map(words)
      return terms.every((term) => texts.some((text) => holds(text, term)) !== term.negated)
    },
    count(value) {
      const texts = textsIn(value).map(words)
      return {
        words: texts.reduce((sum, text) => sum + text.length, 0),
        frequencies: wanted.map((term) =>
          texts.reduce((sum, text) => sum + occurrences(text, term), 0),
        ),
      }
    },
  }
}

/** Every string in a value; of the attributes that Sanity keeps, `_id` alone. */
export function textsIn(value: GroqValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (isArray(value)) return value.flatMap(textsIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name.startsWith('_') && name !== '_id' ? [] : textsIn(inner),
  )
}

function holds(text: readonly string[], term: Term): boolean {
  return text.some((_, start) => standsAt(text, start, term))
}

function occurrences(text: readonly string[], term: Term): number {
  return text.filter((_, start) => standsAt(text, start, term)).length
}

/** Whether the term's words stand in a row from there on, the last one as a beginning where asked. */
function standsAt(text: readonly string[], start: number, term: Term): boolean {
  const last = term.words.length - 1
  return term.words.every((word, offset) => {
    const here = text[start + offset]
    return term.prefix && offset === last ? here?.startsWith(word) : here === word
  })
}
