import {isJsonObject, type JsonObject, type JsonValue} from './document.ts'
import type {Patch} from './patch.ts'

/** A path that ends in an array's element (`list[0]`, `list[_key=="a"]`), not in a quoted attribute (`a["b-c"]`). */
const elementPath = /\[[^"'\]][^\]]*\]$/

/** The same value with a `_key` on every object in an array that has none. */
export function withKeys<Value extends JsonObject>(value: Value, newKey: () => string): Value {
  const result: Value = {...value}
  for (const key of Object.keys(value)) {
    const inner = value[key]
    if (inner !== undefined) Object.assign(result, {[key]: keyed(inner, newKey)})
  }
  return result
}

/** A patch that writes keyed objects only. The keys stand in the patch itself, so that whoever replays it gets the same. */
export function withKeysInPatch(patch: Patch, newKey: () => string): Patch {
  const {set, setIfMissing, insert} = patch
  const values = (written: {[path: string]: JsonValue}) =>
    Object.fromEntries(
      Object.entries(written).map(([path, value]) => [
        path,
        elementPath.test(path) ? keyedElement(value, newKey) : keyed(value, newKey),
      ]),
    )
  return {
    ...patch,
    ...(set && {set: values(set)}),
    ...(setIfMissing && {setIfMissing: values(setIfMissing)}),
    ...(insert && {
      insert: {...insert, items: insert.items.map((item) => keyedElement(item, newKey))},
    }),
  }
}

function keyed(value: JsonValue, newKey: () => string): JsonValue {
  if (Array.isArray(value)) return value.map((element) => keyedElement(element, newKey))
  return isJsonObject(value) ? withKeys(value, newKey) : value
}

function keyedElement(element: JsonValue, newKey: () => string): JsonValue {
  return isJsonObject(element) && element['_key'] === undefined
    ? keyed({_key: newKey(), ...element}, newKey)
    : keyed(element, newKey)
}
