import type {JsonObject, JsonValue} from '../../documents/document.ts'
import {
  attributesOf,
  elementsOf,
  type Origin,
  type SourceDocument,
  type Step,
  type Traced,
} from './origin.ts'

/** How an element of a stored array is named: by its place, or by its `_key` where it has one. */
export type SourceMapForm = 'index' | 'key'

export type ContentSourceMap = {
  documents: SourceDocument[]
  /** JSONPath into a document: `$['body'][0]['text']`. */
  paths: string[]
  /** By JSONPath into the result. */
  mappings: {[path: string]: {type: 'value'; source: JsonObject}}
}

/**
 * Says of every scalar of an answer which value of which document it is (Content Source Maps; HTTP API, "Query",
 * `resultSourceMap`).
 */
export function contentSourceMap(
  result: JsonValue,
  origin: Origin,
  form: SourceMapForm,
): ContentSourceMap {
  const map = new Mapper(form)
  map.add({value: result, origin}, '$')
  return {documents: map.documents.all, paths: map.paths.all, mappings: map.mappings}
}

class Mapper {
  readonly documents = new Numbered<SourceDocument>(({_id}) => _id)
  readonly paths = new Numbered<string>((path) => path)
  readonly mappings: ContentSourceMap['mappings'] = {}
  readonly #form: SourceMapForm

  constructor(form: SourceMapForm) {
    this.#form = form
  }

  add(traced: Traced, at: string): void {
    const elements = elementsOf(traced)
    if (elements !== undefined) {
      for (const [index, element] of elements.entries()) this.add(element, `${at}[${index}]`)
    } else if (typeof traced.value === 'object' && traced.value !== null) {
      for (const [name, inner] of attributesOf(traced)) this.add(inner, at + attributeStep(name))
    } else {
      this.mappings[at] = {type: 'value', source: this.#source(traced.origin)}
    }
  }

  #source(origin: Origin): JsonObject {
    if (origin.kind === 'literal') return {type: 'literal'}
    if (origin.kind !== 'stored') return {type: 'unknown'}
    const document = this.documents.numberOf(origin.document)
    const path = this.paths.numberOf(`$${origin.path.map((step) => this.#step(step)).join('')}`)
    return {type: 'documentValue', document, path}
  }

  #step(step: Step): string {
    if (typeof step === 'string') return attributeStep(step)
    if (this.#form === 'index' || step.key === undefined) return `[${step.index}]`
    return `[?(@._key=='${step.key.replaceAll(/['\\]/g, String.raw`\$&`)}')]`
  }
}

/** Things in the order in which they were first seen, each once. */
class Numbered<Thing> {
  readonly all: Thing[] = []
  readonly #numbers = new Map<string, number>()
  readonly #nameOf: (thing: Thing) => string

  constructor(nameOf: (thing: Thing) => string) {
    this.#nameOf = nameOf
  }

  numberOf(thing: Thing): number {
    const name = this.#nameOf(thing)
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.all.length)
    return this.all.push(thing) - 1
  }
}

const escapes: {readonly [character: string]: string} = {
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  "'": String.raw`\'`,
  '\\': String.raw`\\`,
}

function attributeStep(name: string): string {
  return `['${name.replaceAll(/[\f\n\r\t'\\]/g, (character) => escapes[character] ?? character)}']`
}
