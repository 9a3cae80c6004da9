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
