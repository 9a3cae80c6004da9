import {isArray, isObject, type GroqObject, type GroqValue} from '../evaluate/value.ts'

/** One step into a stored document: an attribute, or an element of an array with its `_key`, if it has one. */
export type Step = string | {index: number; key: string | undefined}

/** A stored document under its own id, which is a draft's or a version's where a perspective shows another. */
export type SourceDocument = {_id: string; _type: string}

/** Where a value in an answer comes from; that of an object or an array is where each of its parts comes from. */
export type Origin =
  | {kind: 'stored'; document: SourceDocument; path: readonly Step[]}
  | {kind: 'object'; attributes: ReadonlyMap<string, Origin>}
  | {kind: 'array'; elements: readonly Origin[]}
  | {kind: 'literal'}
  | {kind: 'unknown'}

export type Traced = {value: GroqValue; origin: Origin}

export const unknown: Origin = {kind: 'unknown'}
export const literal: Origin = {kind: 'literal'}
export const nothing: Traced = {value: null, origin: unknown}

/** A value that the store gave as a document, or as an array of documents; nothing is known of what is neither. */
export function storedDocuments(value: GroqValue): Traced {
  if (isArray(value)) return arrayOf(value.map(storedDocuments))
  if (!isObject(value)) return {value, origin: unknown}
  const {_originalId, _type} = value
  const _id = _originalId ?? value['_id']
  if (typeof _id !== 'string' || typeof _type !== 'string') return {value, origin: unknown}
  return {value, origin: {kind: 'stored', document: {_id, _type}, path: []}}
}

/** An attribute of an object, null of everything else. */
export function attributeOf({value, origin}: Traced, name: string): Traced {
  if (!isObject(value) || !Object.hasOwn(value, name)) return nothing
  return {value: value[name] ?? null, origin: originOfAttribute(value, origin, name)}
}

/** All attributes of an object, none of everything else. */
export function attributesOf(traced: Traced): [string, Traced][] {
  if (!isObject(traced.value)) return []
  return Object.keys(traced.value).map((name) => [name, attributeOf(traced, name)])
}

/** The elements of an array; `undefined` for what is none. */
export function elementsOf({value, origin}: Traced): Traced[] | undefined {
  if (!isArray(value)) return undefined
  return value.map((element, index) => ({
    value: element,
    origin: originOfElement(element, origin, index),
  }))
}

export function arrayOf(elements: readonly Traced[]): Traced {
  return {
    value: elements.map(({value}) => value),
    origin: {kind: 'array', elements: elements.map(({origin}) => origin)},
  }
}

export function objectOf(attributes: ReadonlyMap<string, Traced>): Traced {
  const entries = [...attributes]
  return {
    value: Object.fromEntries(entries.map(([name, {value}]) => [name, value])),
    origin: {
      kind: 'object',
      attributes: new Map(entries.map(([name, {origin}]) => [name, origin])),
    },
  }
}

/** What a query adds to documents: the id that a perspective shows a draft under, its own id, and a score. */
const shown: ReadonlySet<string> = new Set(['_id', '_originalId', '_score'])

function originOfAttribute(value: GroqObject, origin: Origin, name: string): Origin {
  switch (origin.kind) {
    case 'stored': {
      const {document, path} = origin
      const isOwnId = name === '_id' && value['_id'] === document._id
      const isShown = path.length === 0 && shown.has(name) && !isOwnId
      return isShown ? unknown : {kind: 'stored', document, path: [...path, name]}
    }
    case 'object':
      return origin.attributes.get(name) ?? unknown
    default:
      return origin
  }
}

function originOfElement(element: GroqValue, origin: Origin, index: number): Origin {
  switch (origin.kind) {
    case 'stored': {
      const {document, path} = origin
      const key = isObject(element) ? element['_key'] : undefined
      const step = {index, key: typeof key === 'string' ? key : undefined}
      return {kind: 'stored', document, path: [...path, step]}
    }
    case 'array':
      return origin.elements[index] ?? unknown
    default:
      return origin
  }
}
