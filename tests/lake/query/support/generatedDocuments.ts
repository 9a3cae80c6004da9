import fc from 'fast-check'

import type {JsonObject, JsonValue} from '../../../../lake/documents/document.ts'
import {isJsonObject} from '../../../../lake/documents/document.ts'
import {
  frequentScalars,
  groupIds,
  idPrefixes,
  oddNames,
  phrases,
  plainNames,
  scalars,
  types,
} from './pools.ts'

/** A document as it is written: the lake adds `_rev` and, where they are not given, times. */
export type WrittenDocument = JsonObject & {_id: string; _type: string}

const name = fc.oneof(
  {arbitrary: fc.constantFrom(...plainNames), weight: 4},
  fc.constantFrom(...oddNames),
)

const id = fc
  .tuple(fc.constantFrom(...idPrefixes), fc.constantFrom(...groupIds))
  .map(([prefix, group]) => prefix + group)

const target = fc.oneof(fc.constantFrom(...groupIds), id)

const scalar = fc.oneof(
  {arbitrary: fc.constantFrom<JsonValue>(...frequentScalars), weight: 3},
  {arbitrary: fc.constantFrom<JsonValue>(...scalars), weight: 1},
)

/** References as documents have them, and as they should not: to nothing, into another dataset, to what is no id. */
const reference: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    arbitrary: fc.record(
      {_ref: target, _weak: fc.boolean()},
      {requiredKeys: ['_ref'], noNullPrototype: true},
    ),
    weight: 6,
  },
  {arbitrary: fc.record({_ref: target, _dataset: fc.constant('other')}), weight: 1},
  {arbitrary: fc.record({_ref: scalar}), weight: 1},
  // What stands inside a reference is none.
  {
    arbitrary: fc.record({
      _ref: target,
      _weak: fc.constant(true),
      more: fc.record({_ref: target, _weak: fc.constant(true)}),
    }),
    weight: 1,
  },
)

const block: fc.Arbitrary<JsonObject> = fc.constantFrom('a b', '', "it's").map((text) => ({
  _type: 'block',
  children: [{_type: 'span', text}],
}))

/** JSON of a few levels whose every attribute may hold anything. */
const value = fc.letrec<{value: JsonValue}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    {arbitrary: scalar, weight: 12},
    {arbitrary: reference, weight: 2},
    {arbitrary: fc.array(tie('value'), {maxLength: 4}), weight: 2},
    {arbitrary: fc.array(reference, {maxLength: 3}), weight: 1},
    {arbitrary: fc.array(block, {maxLength: 2}), weight: 1},
    {
      arbitrary: fc.dictionary(name, tie('value'), {maxKeys: 3, noNullPrototype: true}),
      weight: 2,
    },
  ),
})).value

/** What `match` is asked about: words, lists of them, and what is none. */
const phrase: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(...phrases),
  fc.array(fc.constantFrom<JsonValue>(...phrases, 1, null), {maxLength: 3}),
  fc.constantFrom<JsonValue>(1, true, null, {}),
)

/** A time before the tests' own, in one of the forms that a time has. */
const time = fc.constantFrom(
  '2025-12-31T00:00:00.000Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T10:00:00.000Z',
)

const document: fc.Arbitrary<WrittenDocument> = fc
  .record({
    _id: id,
    _type: fc.constantFrom(...types),
    plain: fc.record(Object.fromEntries(plainNames.map((plain) => [plain, value])), {
      requiredKeys: [],
      noNullPrototype: true,
    }),
    rare: fc.record(
      {
        text: phrase,
        slug: fc.oneof(fc.record({current: scalar}), value),
        _createdAt: time,
        _updatedAt: time,
      },
      {requiredKeys: [], noNullPrototype: true},
    ),
    odd: fc.dictionary(name, value, {maxKeys: 3, noNullPrototype: true}),
  })
  .map(({plain, odd, rare, ...own}) => ({...plain, ...odd, ...rare, ...own}))

/** Documents, drafts and versions of a few stories; a reference is strong only where its target is there. */
export const generatedDocuments: fc.Arbitrary<WrittenDocument[]> = fc
  .uniqueArray(document, {maxLength: 12, size: 'max', selector: ({_id}) => _id})
  .map((documents) => {
    const present = new Set(documents.map(({_id}) => _id))
    return documents.map((written) => {
      const {_id, _type} = written
      const sound = withWeakReferences(written, present)
      return isJsonObject(sound) ? {...sound, _id, _type} : written
    })
  })

function withWeakReferences(inner: JsonValue, present: ReadonlySet<string>): JsonValue {
  if (Array.isArray(inner)) return inner.map((element) => withWeakReferences(element, present))
  if (!isJsonObject(inner)) return inner
  const copy: JsonObject = {}
  for (const [key, held] of Object.entries(inner)) {
    copy[key] = held === undefined ? held : withWeakReferences(held, present)
  }
  const target = copy['_ref']
  return typeof target === 'string' && !present.has(target) ? {...copy, _weak: true} : copy
}
