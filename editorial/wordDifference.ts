/** A stretch of words that stands in both texts, or in one of them. */
export type WordRun = {kind: 'kept' | 'added' | 'removed'; words: string}

/** Beyond so many pairs of words to compare, a text counts as written anew. */
const mostPairs = 4_000_000

/**
 * How one text became another, word by word, in reading order: a longest common subsequence of their words. What was
 * removed stands before what took its place, and the runs of either side put together are that side's text. Words are
 * those of Unicode (UAX #29), so texts without spaces between words have them too.
 */
export function wordDifference(before: string, after: string): WordRun[] {
  const old = wordsOf(before)
  const now = wordsOf(after)
  const start = commonLength(old, now)
  const end = commonLength(old.slice(start).reverse(), now.slice(start).reverse())
  const middle = compared(old.slice(start, old.length - end), now.slice(start, now.length - end))
  const kept = (words: readonly string[]): WordRun => ({kind: 'kept', words: words.join('')})
  return tidied([
    kept(now.slice(0, start)),
    ...middle,
    kept(end === 0 ? [] : now.slice(now.length - end)),
  ])
}

const segmenter = new Intl.Segmenter('und', {granularity: 'word'})

function wordsOf(text: string): string[] {
  // One space more is one space, not another gap.
  return [...segmenter.segment(text)].flatMap(({segment}) =>
    segment.trim() === '' ? [...segment] : segment,
  )
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const first = one.findIndex((word, place) => word !== other[place])
  return first === -1 ? one.length : first
}

/** One run a word, by the lengths of the longest common subsequences of all pairs of ends. */
function compared(old: readonly string[], now: readonly string[]): WordRun[] {
  const width = now.length + 1
  if (old.length * now.length > mostPairs) {
    return [
      {kind: 'removed', words: old.join('')},
      {kind: 'added', words: now.join('')},
    ]
  }
  const lengths = new Uint32Array((old.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const runs: WordRun[] = []
  let row = 0
  let column = 0
  while (row < old.length || column < now.length) {
    const [gone = '', come = ''] = [old[row], now[column]]
    if (row < old.length && column < now.length && gone === come) {
      runs.push({kind: 'kept', words: come})
      row += 1
      column += 1
    } else if (row < old.length && at(row + 1, column) >= at(row, column + 1)) {
      runs.push({kind: 'removed', words: gone})
      row += 1
    } else {
      runs.push({kind: 'added', words: come})
      column += 1
    }
  }
  return runs
}

/**
 * Neighbours in one run, and nothing kept between two changes that is no word: a space between two new words is new to
 * whoever reads it.
 */
function tidied(runs: readonly WordRun[]): WordRun[] {
  const tidy: WordRun[] = []
  let removed = ''
  let added = ''
  /** Kept since the last change, and not known yet to stand between two changes. */
  let kept = ''
  const settle = () => {
    if (removed !== '') tidy.push({kind: 'removed', words: removed})
    if (added !== '') tidy.push({kind: 'added', words: added})
    removed = ''
    added = ''
  }
  const keep = () => {
    settle()
    if (kept !== '') tidy.push({kind: 'kept', words: kept})
    kept = ''
  }
  for (const {kind, words} of runs) {
    if (kind === 'kept') {
      kept += words
      continue
    }
    if (words === '') continue
    if (hasWord(kept) || (removed === '' && added === '')) {
      keep()
    } else {
      removed += kept
      added += kept
      kept = ''
    }
    if (kind === 'removed') removed += words
    else added += words
  }
  keep()
  return tidy
}

function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
