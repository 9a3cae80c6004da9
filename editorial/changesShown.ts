import {storyDifference, type BlockChange, type PartDifference} from './difference.ts'
import type {Article} from './documents.ts'
import {capitalised, fieldPhrases, partPhrases} from './notes.ts'
import {isRecord} from './references.ts'
import {wordDifference, type WordRun} from './wordDifference.ts'

/** Words that were changed, with a few around them; named where a thing has several texts, as a picture has. */
export type Passage = {name?: string; words: WordRun[]}

/** A change as an editor is told of it: in sentences, and by the words themselves where it is a change of words. */
export type ShownChange = {key: string; sentences: string[]; passages: Passage[]}

/** How many characters that stayed are shown on either side of a change. */
const around = 60

/** A paragraph that came or went is shown from its beginning up to so many characters. */
const longestPassage = 400

/** The texts of a picture, in the order of its form, by the names that they have there. */
const figureTexts = {
  caption: 'Caption',
  alt: 'Alternative text',
  credit: 'Credit',
  takenAt: 'Taken on',
  place: 'Place',
} as const
const quoteTexts = {quote: 'Quote', attribution: 'Attribution'} as const
const embedTexts = {title: 'Title', url: 'Address'} as const
const datelineTexts = {place: 'Place', date: 'Date'} as const

/**
 * Every change between the live story and its draft, for the editor who publishes it: fields first, then the lede and
 * the sections in their order, with the words that came and went.
 */
export function changesShown(draft: Article, live: Article): ShownChange[] {
  const difference = storyDifference(draft, live)
  const fields = fieldPhrases(draft, live, difference).map(({field, phrase}) => ({
    key: field,
    sentences: [capitalised(phrase)],
    passages: fieldPassages(live[field], draft[field], field),
  }))
  const parts = difference.parts.map((part, place) => ({
    key: `part ${place}`,
    sentences: partPhrases(part).map(capitalised),
    passages: partPassages(part),
  }))
  return [...fields, ...parts]
}

function fieldPassages(before: unknown, after: unknown, field: string): Passage[] {
  if (field === 'leadFigure') return figurePassages(before, after)
  if (field === 'dateline') return textPassages(before, after, datelineTexts)
  if (field === 'slug') return textPassages(before, after, {current: 'Address'})
  return typeof (after ?? before) === 'string' && field !== 'embargoUntil'
    ? passage(before, after)
    : []
}

function partPassages({blocks}: PartDifference): Passage[] {
  return blocks.flatMap(({before, after}: BlockChange) => {
    switch ((after ?? before)?._type) {
      case 'figureWithCaption':
        return figurePassages(before, after)
      case 'pullQuote':
        return textPassages(before, after, quoteTexts)
      case 'embed':
        return textPassages(before, after, embedTexts)
      default:
        return paragraphPassages(before, after)
    }
  })
}

function figurePassages(before: unknown, after: unknown): Passage[] {
  const image = imageSentence(valueOf(before, 'image'), valueOf(after, 'image'))
  return [
    ...(image === undefined ? [] : [{name: image, words: []}]),
    ...textPassages(before, after, figureTexts),
  ]
}

/** What happened to the picture itself, apart from its words. */
function imageSentence(before: unknown, after: unknown): string | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined
  if (!isRecord(before)) return 'It has an image now'
  if (!isRecord(after)) return 'It has no image any more'
  return JSON.stringify(before['asset']) === JSON.stringify(after['asset'])
    ? 'The image is cut in another way'
    : 'It is another image'
}

function textPassages(before: unknown, after: unknown, names: {[field: string]: string}) {
  return Object.entries(names).flatMap(([field, name]) =>
    passage(valueOf(before, field), valueOf(after, field), name),
  )
}

/** A paragraph whose words stayed was set in another way: another style, marks, or where its links lead. */
function paragraphPassages(before: unknown, after: unknown): Passage[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  if (old !== now) return passage(old, now)
  return [
    {
      name: 'Set in another way, or its links changed',
      words: [{kind: 'kept', words: beginning(now, 2 * around)}],
    },
  ]
}

function passage(before: unknown, after: unknown, name?: string): Passage[] {
  const [old, now] = [textOf(before), textOf(after)]
  if (old === now) return []
  return [{...(name !== undefined && {name}), words: brief(wordDifference(old, now))}]
}

/** Enough of what stayed to find the place, and of a long new or former text its beginning. */
function brief(runs: readonly WordRun[]): WordRun[] {
  return runs.map(({kind, words}, place) => {
    if (kind !== 'kept') return {kind, words: beginning(words, longestPassage)}
    const isFirst = place === 0
    const isLast = place === runs.length - 1
    const room = isFirst || isLast ? around : 2 * around
    if (words.length <= room) return {kind, words}
    const head = isFirst ? '' : beginning(words, around)
    const tail = isLast ? '' : ending(words, around)
    return {kind, words: head.endsWith('…') && tail ? `${head.slice(0, -1)}${tail}` : head + tail}
  })
}

function beginning(words: string, most: number): string {
  if (words.length <= most) return words
  const cut = words.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' ') + 1, 1))}…`
}

function ending(words: string, most: number): string {
  const cut = words.slice(-most)
  return `… ${cut.slice(cut.indexOf(' ') + 1)}`
}

function wordsOf(block: unknown): string {
  const children = valueOf(block, 'children')
  return Array.isArray(children)
    ? children.map((child: unknown) => textOf(valueOf(child, 'text'))).join('')
    : ''
}

function valueOf(value: unknown, field: string): unknown {
  return isRecord(value) ? value[field] : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
