import {createHash} from 'node:crypto'

import {isJsonObject, type JsonObject, type JsonValue} from '../documents/document.ts'
import {isSearched} from '../query/text/textPattern.ts'
import {words} from '../query/text/tokens.ts'

/**
 * The words of each attribute of a document, in the order in which they stand, divided by spaces: every string that
 * `text::query` would look through, and so every one that a `match` can be given by a way through named attributes.
 */
export function wordsOf(document: unknown): Map<string, string> {
  const found = new Map<string, string>()
  if (!isJsonObject(document)) return found
  for (const [attribute, value] of Object.entries(document)) {
    if (!isSearched(attribute)) continue
    const texts: string[] = []
    collect(value ?? null, texts)
    const text = texts.flatMap(words).join(' ')
    if (text !== '') found.set(attribute, text)
  }
  return found
}

function collect(value: JsonValue, texts: string[]): void {
  if (typeof value === 'string') texts.push(value)
  else if (Array.isArray(value)) for (const element of value) collect(element, texts)
  else if (isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (inner !== undefined && isSearched(name)) collect(inner, texts)
    }
    const joined = acrossSpans(value)
    if (joined !== undefined) texts.push(joined)
  }
}

/** The text of a block in which a word goes on from one span into the next: it is a word of the block as well. */
function acrossSpans({children}: JsonObject): string | undefined {
  if (!Array.isArray(children)) return undefined
  const spans = children.flatMap((child) => {
    const {_type, text} = isJsonObject(child) ? child : {}
    return _type === 'span' && typeof text === 'string' && text !== '' ? [text] : []
  })
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
