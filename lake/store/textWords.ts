import {createHash} from 'node:crypto'

import {isJsonObject, type JsonObject, type JsonValue} from '../documents/document.ts'
import {isSearched, runningTextOf} from '../query/text/textPattern.ts'
import {words} from '../query/text/tokens.ts'

/**
 * The words of each attribute of a document, in the order in which they stand, divided by spaces: every string that
 * `text::query` would look through, and so every one that a `match` can be given by a way through named attributes. What
 * `pt::text` makes of an attribute's blocks stands apart, under `runningTextOf(attribute)`.
 */
export function wordsOf(document: unknown): Map<string, string> {
  const found = new Map<string, string>()
  if (!isJsonObject(document)) return found
  for (const [attribute, value] of Object.entries(document)) {
    if (!isSearched(attribute)) continue
    const texts: Texts = {running: [], others: []}
    collect(value ?? null, texts)
    const add = (name: string, parts: readonly string[]) => {
      const text = parts.flatMap(words).join(' ')
      if (text !== '') found.set(name, text)
    }
    add(attribute, texts.others)
    add(runningTextOf(attribute), texts.running)
  }
  return found
}

type Texts = {running: string[]; others: string[]}

function collect(value: JsonValue, texts: Texts): void {
  if (typeof value === 'string') texts.others.push(value)
  else if (Array.isArray(value)) for (const element of value) collect(element, texts)
  else if (isJsonObject(value)) {
    const {_type, children} = value
    const isBlock = typeof _type === 'string' && Array.isArray(children)
    collectAll(value, texts, isBlock ? 'children' : undefined)
    if (isBlock) collectBlock(children, texts)
  }
}

function collectAll(object: JsonObject, texts: Texts, without: string | undefined): void {
  for (const [name, inner] of Object.entries(object)) {
    if (inner !== undefined && name !== without && isSearched(name)) collect(inner, texts)
  }
}

function collectBlock(children: readonly JsonValue[], texts: Texts): void {
  const spans: string[] = []
  for (const child of children) {
    if (isJsonObject(child) && child['_type'] === 'span' && typeof child['text'] === 'string') {
      if (child['text'] !== '') spans.push(child['text'])
      collectAll(child, texts, 'text')
    } else collect(child, texts)
  }
  texts.running.push(...spans)
  const joined = acrossSpans(spans)
  if (joined !== undefined) texts.running.push(joined)
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
export function digestOf(found: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  for (const [attribute, text] of found) hash.update(`${attribute}\n${text}\n`)
  return hash.digest('base64url').slice(0, 16)
}
