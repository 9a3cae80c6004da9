import {isArray, isObject, type GroqValue} from './value.ts'

/** The id that a reference holds; `undefined` for what is none. */
export function referenceIn(value: GroqValue): string | undefined {
  if (!isObject(value)) return undefined
  const {_ref} = value
  return typeof _ref === 'string' ? _ref : undefined
}

/** Whether a reference that `isWanted` stands anywhere in the value; inside a reference nothing is looked for. */
export function refersTo(value: GroqValue | undefined, isWanted: (id: string) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (isArray(value)) {
    for (const element of value) {
      if (refersTo(element, isWanted)) return true
    }
    return false
  }
  if (!isObject(value)) return false
  const {_ref} = value
  if (_ref !== undefined && _ref !== null) return typeof _ref === 'string' && isWanted(_ref)
  for (const name in value) {
    if (refersTo(value[name], isWanted)) return true
  }
  return false
}
