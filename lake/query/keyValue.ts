import {isJsonObject, type JsonObject, type JsonValue} from '../documents/document.ts'
import type {Key} from './selection.ts'

/** What a document has under a key; null where there is nothing. */
export function valueOf(document: JsonObject, key: Key): JsonValue {
  if ('firstOf' in key) {
    for (const option of key.firstOf) {
      const value = valueOf(document, option)
      if (value !== null) return value
    }
    return null
  }
  let value: JsonValue = document
  for (const step of key.steps) value = follow(value, step)
  return value
}

function follow(value: JsonValue, step: string | number): JsonValue {
  if (typeof step === 'number') return Array.isArray(value) ? (value.at(step) ?? null) : null
  return isJsonObject(value) && Object.hasOwn(value, step) ? (value[step] ?? null) : null
}
