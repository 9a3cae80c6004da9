import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type LakeDocument,
} from '../documents/document.ts'

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
