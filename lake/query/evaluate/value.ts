import type {JsonObject, JsonValue} from '../../documents/document.ts'

/** What a GROQ expression can be: JSON, or a value that only exists inside a query. */
export type GroqValue =
  | null
  | boolean
  | number
  | string
  | readonly GroqValue[]
  | GroqObject
  | OpaqueValue

export type GroqObject = {readonly [attribute: string]: GroqValue | undefined}

/**
 * A value that only exists inside a query: a datetime, a path, a geography. It has no attributes that GROQ can see, and
 * leaves the query as what `toJSON` makes of it.
 */
export abstract class OpaqueValue {
  abstract toJSON(): JsonValue
}

export function isArray(value: GroqValue | undefined): value is readonly GroqValue[] {
  return Array.isArray(value)
}

/** Whether the value is an object with attributes: neither an array nor a datetime, path or geography. */
export function isObject(value: GroqValue | undefined): value is GroqObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof OpaqueValue)
  )
}

/** Numbers that JSON has no form for are null (GROQ specification, "Number"), and there is one zero. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null
}

/** The value as an answer carries it: datetimes, paths and geographies as JSON. What is JSON already is not copied. */
export function toJson(value: GroqValue | undefined): JsonValue {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return value
  if (isArray(value)) return isJsonArray(value) ? value : value.map(toJson)
  if (value instanceof OpaqueValue) return value.toJSON()
  return isJson(value) ? value : objectToJson(value)
}

function objectToJson(value: GroqObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]))
}

function isJson(value: GroqObject): value is JsonObject {
  for (const name in value) {
    const inner = value[name]
    if (typeof inner === 'object' && inner !== null && !isPlain(inner)) return false
  }
  return true
}

function isJsonArray(values: readonly GroqValue[]): values is JsonValue[] {
  for (const inner of values) {
    if (typeof inner === 'object' && inner !== null && !isPlain(inner)) return false
  }
  return true
}

function isPlain(value: readonly GroqValue[] | GroqObject | OpaqueValue): boolean {
  if (isArray(value)) return isJsonArray(value)
  return !(value instanceof OpaqueValue) && isJson(value)
}
