import {createHash} from 'node:crypto'

import {isJsonObject, type JsonObject, type JsonValue} from '../documents/document.ts'
import {isSearched} from '../query/text/textPattern.ts'
import {isPlainWord, runningTextAt, wayInto, wayToElements} from '../query/text/textPlaces.ts'
import {matchTokens, words} from '../query/text/tokens.ts'

/**
 * Stands before a word that stands in a text only otherwise than `match` would have it (`harbour` in `harbour’s`, `cafe` in
 * `café`), and by itself where too many do.
 */
export const otherwise = '≠'

/** More words than this part of a text's, and than so many, are not named one by one. */
const mostOtherwise = {part: 1 / 4, words: 16}

/**
 * The words of each place of a document (`query/text/textPlaces.ts`), in the order in which they stand, divided by spaces:
 * every string that `text::query` would look through, and so every one that a `match` can be given by a way through named
 * attributes. Behind them stands which of them are there only `otherwise`.
 */
export function wordsOf(document: unknown): Map<string, PlacedWords> {
  const found = new Map<string, PlacedWords>()
  if (!isJsonObject(document)) return found
  for (const [attribute, value] of Object.entries(document)) {
    if (!isSearched(attribute)) continue
    const way = wayInto('', attribute)
    const texts: Texts = {others: [], running: new Map()}
    collect(value ?? null, way, texts)
    const plainly = typeof value === 'string' ? [value] : []
    const add = (place: string, parts: readonly string[], whole: readonly string[]) => {
      const text = marked(parts.flatMap(words), whole)
      if (text !== '') found.set(place, {attribute, text})
    }
    add(way, texts.others, plainly)
    for (const [place, {spans, blocks}] of texts.running) add(place, spans, blocks)
  }
  return found
}

/** Words, and the attribute in which they stand. */
export type PlacedWords = {attribute: string; text: string}

/** Words, and behind them which of them are no tokens of what `match` is given. */
function marked(found: readonly string[], whole: readonly string[]): string {
  if (found.length === 0) return ''
  const unlike = new Set(found)
  const most = Math.max(mostOtherwise.words, unlike.size * mostOtherwise.part)
  for (const token of whole.flatMap(matchTokens)) if (isPlainWord(token)) unlike.delete(token)
  const marks =
    unlike.size > most ? [otherwise] : Array.from(unlike, (word) => `${otherwise}${word}`)
  return [...found, ...marks].join(' ')
}

/** The strings in an attribute; and by their place the spans of its blocks, with the text of each block as a whole. */
type Texts = {others: string[]; running: Map<string, {spans: string[]; blocks: string[]}>}

function collect(value: JsonValue, way: string, texts: Texts): void {
  if (typeof value === 'string') texts.others.push(value)
  else if (Array.isArray(value)) {
    const inner = wayToElements(way)
    for (const element of value) collect(element, inner, texts)
  } else if (isJsonObject(value)) {
    const {_type, children} = value
    const isBlock = typeof _type === 'string' && Array.isArray(children)
    collectAll(value, {way, texts, without: isBlock ? 'children' : undefined})
    if (isBlock) collectBlock(children, way, texts)
  }
}

function collectAll(
  object: JsonObject,
  {way, texts, without}: {way: string; texts: Texts; without: string | undefined},
): void {
  for (const [name, inner] of Object.entries(object)) {
    if (inner === undefined || name === without || !isSearched(name)) continue
    collect(inner, wayInto(way, name), texts)
  }
}

function collectBlock(children: readonly JsonValue[], way: string, texts: Texts): void {
  const spans: string[] = []
  const inner = wayToElements(wayInto(way, 'children'))
  for (const child of children) {
    if (isJsonObject(child) && child['_type'] === 'span' && typeof child['text'] === 'string') {
      if (child['text'] !== '') spans.push(child['text'])
      collectAll(child, {way: inner, texts, without: 'text'})
    } else collect(child, inner, texts)
  }
  if (spans.length === 0) return
  const place = runningTextAt(way)
  const running = texts.running.get(place) ?? {spans: [], blocks: []}
  texts.running.set(place, running)
  running.spans.push(...spans)
  running.blocks.push(spans.join(''))
  const joined = acrossSpans(spans)
  if (joined !== undefined) running.spans.push(joined)
}

/** The text of a block in which a word goes on from one span into the next: it is a word of the block as well. */
function acrossSpans(spans: readonly string[]): string | undefined {
  const touches = (text: string, place: number) =>
    place > 0 && /^\S/.test(text) && /\S$/.test(spans[place - 1] ?? '')
  if (!spans.some(touches)) return undefined
  const whole = spans.join('')
  return words(whole).length === spans.flatMap(words).length ? undefined : whole
}

/** Tells whether the words of a document have changed. */
export function digestOf(found: ReadonlyMap<string, PlacedWords>): string {
  const hash = createHash('sha256')
  for (const [place, {text}] of found) hash.update(`${place}\n${text}\n`)
  return hash.digest('base64url').slice(0, 16)
}
