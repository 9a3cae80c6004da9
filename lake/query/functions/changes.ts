import {isArray, isObject, type GroqValue} from '../evaluate/value.ts'
import {valueAt, type KeyPath} from './selectors.ts'

type States = {before: GroqValue; after: GroqValue}

/** Whether a path that the selector names differs, in either state (GROQ specification, "diff::changedAny"). */
export function changedAny(states: States, select: (value: GroqValue) => KeyPath[]): boolean {
  const {before, after} = states
  if (same(before, after)) return false
  return [...select(before), ...select(after)].some((path) => differsAt(path, states))
}

/** A path goes through an array only while the array has the same length: otherwise its elements are others. */
function differsAt(path: KeyPath, {before, after}: States): boolean {
  const throughChangedArray = path.some((step, index) => {
    if (typeof step !== 'number') return false
    const base = path.slice(0, index)
    return lengthOf(valueAt(before, base)) !== lengthOf(valueAt(after, base))
  })
  return throughChangedArray || !same(valueAt(before, path), valueAt(after, path))
}

function lengthOf(value: GroqValue): number | undefined {
  return isArray(value) ? value.length : undefined
}

/** Whether all that differs lies under paths that the selector names (GROQ specification, "diff::changedOnly"). */
export function changedOnly(states: States, select: (value: GroqValue) => KeyPath[]): boolean {
  const {before, after} = states
  const selected = select(before)
  return differences(before, after).every((difference) =>
    selected.some((path) => path.every((step, index) => difference[index] === step)),
  )
}

/** The innermost paths that differ; an array of another length differs as a whole. */
function differences(before: GroqValue, after: GroqValue, path: KeyPath = []): KeyPath[] {
  if (same(before, after)) return []
  if (isArray(before) && isArray(after) && before.length === after.length) {
    return before.flatMap((value, index) =>
      differences(value, after[index] ?? null, [...path, index]),
    )
  }
  if (!isObject(before) || !isObject(after)) return [path]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) =>
    differences(valueAt(before, [name]), valueAt(after, [name]), [...path, name]),
  )
}

function same(one: GroqValue | undefined, other: GroqValue | undefined): boolean {
  if (one === other) return true
  if (isArray(one)) {
    if (!isArray(other) || one.length !== other.length) return false
    return one.every((value, index) => same(value, other[index]))
  }
  if (isObject(one)) {
    if (!isObject(other)) return false
    const names = Object.keys(one)
    if (names.length !== Object.keys(other).length) return false
    return names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  }
  if (typeof one !== 'object' || typeof other !== 'object') return false
  return one !== null && other !== null && JSON.stringify(one) === JSON.stringify(other)
}
