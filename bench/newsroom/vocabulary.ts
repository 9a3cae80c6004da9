import type {Random} from './random.ts'

/** How many different words the generated newsroom uses. */
export const vocabularySize = 20_000

const syllables = syllablesOf('bdfgklmnprst', 'aeiou', 'lnrstm')
const cumulative = cumulativeShares(vocabularySize)

/** The word of a rank, 0 being the most frequent; each rank has a word of its own. */
export function wordOf(rank: number): string {
  let word = ''
  let rest = rank
  do {
    word = (syllables[rest % syllables.length] ?? '') + word
    rest = Math.floor(rest / syllables.length) - 1
  } while (rest >= 0)
  return word
}

const words = Array.from({length: vocabularySize}, (_, rank) => wordOf(rank))

/** A word, frequent ones more often: the word of rank n comes up in proportion to 1 / (n + 1), as Zipf found. */
export function someWord(random: Random): string {
  return words[rankAt(random.fraction())] ?? ''
}

/** Words as a headline has them. */
export function someHeadline(random: Random, length: number): string {
  return Array.from({length}, () => capitalised(someWord(random))).join(' ')
}

/** Sentences with about as many characters as `characters`. */
export function someText(random: Random, characters: number): string {
  let text = ''
  let left = 0
  while (text.length < characters) {
    const begins = left === 0
    if (begins) left = 8 + random.below(20)
    const word = someWord(random)
    text += `${text === '' ? '' : ' '}${begins ? capitalised(word) : word}`
    left -= 1
    if (left === 0) text += '.'
  }
  return left === 0 ? text : `${text}.`
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function rankAt(share: number): number {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulative[middle] ?? 1) > share) high = middle
    else low = middle + 1
  }
  return low
}

function cumulativeShares(size: number): Float64Array {
  const shares = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank++) {
    sum += 1 / (rank + 1)
    shares[rank] = sum
  }
  return shares.map((share) => share / sum)
}

function syllablesOf(onsets: string, vowels: string, codas: string): string[] {
  const pairs = [...onsets].flatMap((onset) => [...vowels].map((vowel) => onset + vowel))
  return pairs.map((pair, index) => pair + codas.charAt((index * 7) % codas.length))
}
