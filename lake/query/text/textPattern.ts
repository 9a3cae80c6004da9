import {isArray, isObject, type GroqValue} from '../evaluate/value.ts'
import {plainPattern, standsIn} from './standing.ts'
import {parsePatterns, parseTerms, tokenTest, type Term} from './terms.ts'
import {folded, matchTokens, wordsInFolded} from './tokens.ts'

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
  const [first] = terms
  if (first === undefined) return undefined
  const tests = terms.map(tokenTest)
  const plain = terms.map(plainPattern)
  const part = longestPart(first)
  /** A cheap look, before a text is cut into tokens, for a part of the first term that one of them must have. */
  const mayMatch = (text: string) => text.toLowerCase().includes(part)
  return {
    terms,
    matches(value) {
      if (plain.every((pattern) => pattern !== undefined)) {
        const texts = textsOf(value).map((text) => text.toLowerCase())
        return plain.every((pattern) => texts.some((text) => standsIn(text, pattern)))
      }
      if (!textsOf(value).some(mayMatch)) return false
      const tokens = tokensOf(value)
      return tests.every((fits) => tokens.some(fits))
    },
    count(value) {
      const tokens = tokensOf(value)
      return {
        words: tokens.length,
        frequencies: tests.map((fits) => tokens.filter(fits).length),
      }
    },
  }
}

function longestPart(pattern: string): string {
  return pattern
    .split('*')
    .reduce((longest, part) => (part.length > longest.length ? part : longest))
}

function tokensOf(value: GroqValue): string[] {
  return typeof value === 'string' ? matchTokens(value) : textsOf(value).flatMap(matchTokens)
}

/** A text, or the texts among an array's elements. */
function textsOf(value: GroqValue): readonly string[] {
  if (typeof value === 'string') return [value]
  return isArray(value) ? value.filter((element) => typeof element === 'string') : []
}

/** The pattern of `match text::query(text)`, which looks through everything that the left side holds. */
export function queryPattern(text: string): TextPattern {
  const terms = parseTerms(text)
  const wanted = terms.filter(({negated}) => !negated)
  return {
    terms: wanted.map((term) => term.words.join(' ') + (term.prefix ? '*' : '')),
    matches(value) {
      const texts = textsIn(value).map((found) => new SearchedText(found))
      return terms.every((term) => texts.some((found) => found.holds(term)) !== term.negated)
    },
    count(value) {
      const texts = textsIn(value).map((found) => new SearchedText(found))
      return {
        words: texts.reduce((sum, found) => sum + found.words.length, 0),
        frequencies: wanted.map((term) =>
          texts.reduce((sum, found) => sum + found.occurrences(term), 0),
        ),
      }
    },
  }
}

/** Whether `text::query` looks into an attribute of that name: of those that Sanity keeps, into `_id` alone. */
export function isSearched(name: string): boolean {
  return !name.startsWith('_') || name === '_id'
}

/** Every string in a value that `text::query` looks through. */
export function textsIn(value: GroqValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (isArray(value)) return value.flatMap(textsIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => (isSearched(name) ? textsIn(inner) : []))
}

/** A text that is cut into words only where one of the terms may stand in it. */
class SearchedText {
  readonly #folded: string
  #words: readonly string[] | undefined

  constructor(text: string) {
    this.#folded = folded(text)
  }

  get words(): readonly string[] {
    this.#words ??= wordsInFolded(this.#folded)
    return this.#words
  }

  holds(term: Term): boolean {
    return this.#mayHold(term) && this.words.some((_, start) => this.#standsAt(start, term))
  }

  occurrences(term: Term): number {
    if (!this.#mayHold(term)) return 0
    return this.words.filter((_, start) => this.#standsAt(start, term)).length
  }

  #mayHold({words: [first = '']}: Term): boolean {
    return this.#folded.includes(first)
  }

  /** Whether the term's words stand in a row from there on, the last one as a beginning where asked. */
  #standsAt(start: number, term: Term): boolean {
    const last = term.words.length - 1
    return term.words.every((wanted, offset) => {
      const here = this.words[start + offset]
      return term.prefix && offset === last ? here?.startsWith(wanted) : here === wanted
    })
  }
}
