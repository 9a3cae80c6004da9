import {isDeepStrictEqual} from 'node:util'

import {applyPatch} from 'mendoza'

import type {MendozaPatch} from './commit.ts'
import {isJsonObject, type JsonObject, type JsonValue} from './document.ts'

/** Opcodes of the Mendoza format (github.com/sanity-io/mendoza, docs/format.adoc) that this encoder writes. */
const opcode = {
  value: 0,
  pushFieldCopy: 10,
  pushFieldBlank: 11,
  pushElementCopy: 12,
  pushElementBlank: 13,
  returnIntoObjectSameKeyPop: 15,
  returnIntoArrayPop: 16,
  objectSetFieldValue: 17,
  objectDeleteField: 19,
  arrayAppendValue: 20,
  arrayAppendSlice: 21,
  stringAppendString: 22,
  stringAppendSlice: 23,
} as const

/**
 * The patch that turns `from` into `to`; `undefined` stands for a document that does not exist.
 * Objects are patched by field, arrays by element (aligned on `_key`, else on equality), strings by their
 * common beginning and end, so that history can say who wrote which words.
 */
export function encodePatch(
  from: JsonObject | undefined,
  to: JsonObject | undefined,
): MendozaPatch {
  if (to === undefined) return [opcode.value, null]
  if (from === undefined) return [opcode.value, to]
  return objectPatch(from, to)
}

/** The document on the other side of a patch; `undefined` when there is none there. */
export function applyMendoza(
  from: JsonObject | undefined,
  patch: MendozaPatch,
): JsonObject | undefined {
  const result: unknown = applyPatch(from ?? null, patch)
  return isJsonObject(result) ? result : undefined
}

function objectPatch(from: JsonObject, to: JsonObject): MendozaPatch {
  const keys = Object.keys(from)
    .filter((key) => from[key] !== undefined)
    .sort()
  const patch: MendozaPatch = []
  for (const [index, key] of keys.entries()) {
    const before = own(from, key)
    const after = own(to, key)
    if (after === undefined) patch.push(opcode.objectDeleteField, index)
    else if (before !== undefined) patch.push(...fieldPatch(index, key, before, after))
  }
  for (const [key, value] of Object.entries(to)) {
    if (value === undefined || own(from, key) !== undefined) continue
    patch.push(opcode.objectSetFieldValue, value, key)
  }
  return patch
}

/** An attribute that the object itself has: one may be called `constructor`. */
function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function fieldPatch(index: number, key: string, before: JsonValue, after: JsonValue): MendozaPatch {
  if (isDeepStrictEqual(before, after)) return []
  const inner = innerPatch(before, after)
  if (inner === undefined) return [opcode.objectSetFieldValue, after, key]
  const push = inner.blank ? opcode.pushFieldBlank : opcode.pushFieldCopy
  return [push, index, ...inner.patch, opcode.returnIntoObjectSameKeyPop]
}

/** How to build `after` out of `before`, starting from a copy or from nothing; `undefined` when replacing is all there is. */
function innerPatch(
  before: JsonValue,
  after: JsonValue,
): {patch: MendozaPatch; blank: boolean} | undefined {
  if (isJsonObject(before) && isJsonObject(after)) {
    return {patch: objectPatch(before, after), blank: false}
  }
  if (Array.isArray(before) && Array.isArray(after) && after.length > 0 && before.length > 0) {
    return {patch: arrayPatch(before, after), blank: true}
  }
  if (typeof before === 'string' && typeof after === 'string') {
    const patch = stringPatch(before, after)
    return patch === undefined ? undefined : {patch, blank: true}
  }
  return undefined
}

function arrayPatch(before: readonly JsonValue[], after: readonly JsonValue[]): MendozaPatch {
  const places = new Map<string, number>()
  for (const [index, element] of before.entries()) {
    const identity = identityOf(element)
    if (!places.has(identity)) places.set(identity, index)
  }
  const patch: MendozaPatch = []
  let slice: {left: number; right: number} | undefined
  const endSlice = () => {
    if (slice) patch.push(opcode.arrayAppendSlice, slice.left, slice.right)
    slice = undefined
  }
  for (const element of after) {
    const place = places.get(identityOf(element))
    const source = place === undefined ? undefined : before[place]
    if (place === undefined || source === undefined) {
      endSlice()
      patch.push(opcode.arrayAppendValue, element)
    } else if (isDeepStrictEqual(source, element)) {
      if (slice?.right === place) slice.right = place + 1
      else {
        endSlice()
        slice = {left: place, right: place + 1}
      }
    } else {
      endSlice()
      patch.push(...elementPatch(place, source, element))
    }
  }
  endSlice()
  return patch
}

function elementPatch(place: number, source: JsonValue, element: JsonValue): MendozaPatch {
  const inner = innerPatch(source, element)
  if (inner === undefined) return [opcode.arrayAppendValue, element]
  const push = inner.blank ? opcode.pushElementBlank : opcode.pushElementCopy
  return [push, place, ...inner.patch, opcode.returnIntoArrayPop]
}

/** Elements are the same one when they share a `_key`, or, without keys, when they are equal. */
function identityOf(element: JsonValue): string {
  const key = isJsonObject(element) ? element['_key'] : undefined
  return typeof key === 'string' ? `key:${key}` : `value:${JSON.stringify(element)}`
}

/** Offsets are in bytes of UTF-8, as the format has them. `undefined` when nothing is shared. */
function stringPatch(before: string, after: string): MendozaPatch | undefined {
  const prefix = sharedPrefix(before, after)
  const suffix = sharedSuffix(before.slice(prefix), after.slice(prefix))
  if (prefix + suffix === 0) return undefined
  const bytes = (text: string) => Buffer.byteLength(text)
  const patch: MendozaPatch = []
  if (prefix > 0) patch.push(opcode.stringAppendSlice, 0, bytes(before.slice(0, prefix)))
  const written = after.slice(prefix, after.length - suffix)
  if (written !== '') patch.push(opcode.stringAppendString, written)
  if (suffix > 0) {
    const whole = bytes(before)
    const tail = bytes(before.slice(before.length - suffix))
    patch.push(opcode.stringAppendSlice, whole - tail, whole)
  }
  return patch
}

function sharedPrefix(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length += 1
  // Never between the halves of a surrogate pair: they have no UTF-8 of their own.
  return length > 0 && isHighSurrogate(one.charCodeAt(length - 1)) ? length - 1 : length
}

function sharedSuffix(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1
  const first = one.charCodeAt(one.length - length)
  return length > 0 && isLowSurrogate(first) ? length - 1 : length
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
