import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type LakeDocument,
} from '../documents/document.ts'
import type {Selection, Shape} from '../query/selection.ts'
import {pathSql} from './keySql.ts'

/** Reads back a document that this store wrote. */
export function parseDocument(body: string): LakeDocument {
  const value: unknown = JSON.parse(body)
  if (isLakeDocument(value)) return value
  throw new Error(`A stored document is not one: ${body.slice(0, 200)}`)
}

/** Reads back some attributes of a document that this store wrote. */
export function parsePart(body: string): JsonObject {
  const value: unknown = JSON.parse(body)
  if (isJsonObject(value)) return value
  throw new Error(`A stored document is not one: ${body.slice(0, 200)}`)
}

/** Reads back an array that this store wrote: mutations or a patch. */
export function parseArray(text: string): JsonValue[] {
  const value: JsonValue = JSON.parse(text)
  return Array.isArray(value) ? value : []
}

/** Whether a value has the attributes that every stored document has. */
export function isLakeDocument(value: unknown): value is LakeDocument {
  return (
    isJsonObject(value) &&
    typeof value['_id'] === 'string' &&
    typeof value['_type'] === 'string' &&
    typeof value['_rev'] === 'string'
  )
}

/** What is read of a document beside its id: a column over `document AS d`, and the document that it makes. */
export type Picked = {column: string; documentOf(id: string, column: unknown): JsonObject}

/** The column that a selection which is not sifted reads of each document beside its id. */
export function columnOf({shape, attributes}: Selection): string {
  return shape === undefined ? picking(attributes).column : shapeSql(shape)
}

const shaped = new WeakMap<Exclude<Shape, string>, string>()

/** A document as JSON text of a shape, in SQL over `document AS d`. */
function shapeSql(shape: Shape): string {
  if (shape === 'whole') return whole.column
  const known = shaped.get(shape)
  if (known !== undefined) return known
  const fields = shape.map(({name, steps}) => {
    const isId = steps.length === 1 && steps[0] === '_id'
    return `'${name.replaceAll("'", "''")}', ${isId ? 'd.id' : `d.body -> ${pathSql(steps)}`}`
  })
  const sql = `json_object(${fields.join(', ')})`
  shaped.set(shape, sql)
  return sql
}

const picked = new WeakMap<readonly string[], Picked>()

/** How the attributes of documents are read, or all of them where none are named. A query's list is worked out once. */
export function picking(attributes: readonly string[] | undefined): Picked {
  if (attributes === undefined) return whole
  const known = picked.get(attributes)
  if (known !== undefined) return known
  const made = pickingOf(attributes)
  picked.set(attributes, made)
  return made
}

const whole: Picked = {column: 'json(d.body)', documentOf: (_, body) => parseDocument(textOf(body))}

/** The id stands beside the body; everything else is taken out of it in one go. */
function pickingOf(attributes: readonly string[]): Picked {
  const names = attributes.filter((name) => name !== '_id')
  const paths = names.map((name) => pathSql([name]))
  const [only] = names
  if (only === undefined) return {column: 'NULL', documentOf: (id) => ({_id: id})}
  if (names.length === 1) {
    const column = `d.body -> ${paths[0]}`
    return {column, documentOf: (id, body) => objectOf(id, names, [valueOf(body)])}
  }
  const column = `json_extract(d.body, ${paths.join(', ')})`
  return {column, documentOf: (id, body) => objectOf(id, names, parseArray(textOf(body)))}
}

function objectOf(id: string, names: readonly string[], values: readonly JsonValue[]): JsonObject {
  const document: JsonObject = {_id: id}
  for (let place = 0; place < names.length; place++) {
    const name = names[place] ?? ''
    const value = values[place] ?? null
    if (name !== '__proto__') document[name] = value
    else Object.defineProperty(document, name, {value, enumerable: true})
  }
  return document
}

/** One attribute of a document, absent where SQLite finds none. */
function valueOf(column: unknown): JsonValue {
  return column === null ? null : JSON.parse(textOf(column))
}

/** The text that SQLite answered with. */
export function textOf(column: unknown): string {
  if (typeof column === 'string') return column
  throw new Error(`SQLite answered ${String(column)} instead of the text of a document.`)
}
