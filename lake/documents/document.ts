/** Any value that JSON can hold: what documents, parameters and answers are made of. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject

export type JsonObject = {[key: string]: JsonValue | undefined}

/** A stored document with the attributes that the lake itself keeps. Times are ISO 8601 UTC with milliseconds. */
export type LakeDocument = JsonObject & {
  _id: string
  _type: string
  _rev: string
  _createdAt: string
  _updatedAt: string
}

/** Whether a value is a JSON object, as opposed to an array, a scalar or null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value can be written as JSON and read back the same. */
export function isJson(value: unknown): value is JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  return typeof value === 'object' && Object.values(value).every(isJson)
}

/** What the history of a document is about: all of it but the transaction that wrote it last. */
export function withoutRevision(document: JsonObject | undefined): JsonObject | undefined {
  if (document === undefined) return undefined
  const {_rev, ...rest} = document
  return rest
}

/**
 * The same text in one piece. V8 keeps text that was put together as its parts, and writes a document in which such a text
 * stands as JSON at half its speed.
 */
export function inOnePiece(text: string): string {
  return String(JSON.parse(JSON.stringify(text)))
}
