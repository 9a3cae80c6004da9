import {isArray, isObject, type GroqValue} from './value.ts'

/** The id that a reference holds; `undefined` for what is none. */
export function referenceIn(value: GroqValue): string | undefined {
  if (!isObject(value)) return undefined
  const {_ref} = value
  return typeof _ref === 'string' ? _ref : undefined
}

/** Whether a reference to one of the ids stands anywhere in the value; inside a reference nothing is looked for. */
export function refersTo(value: GroqValue | undefined, ids: ReadonlySet<string>): boolean {
  if (isArray(value)) return value.some((element) => refersTo(element, ids))
  if (!isObject(value)) return false
  const {_ref} = value
  if (_ref !== undefined && _ref !== null) return typeof _ref === 'string' && ids.has(_ref)
  for (const name in value) {
    if (refersTo(value[name], ids)) return true
  }
  return false
}
