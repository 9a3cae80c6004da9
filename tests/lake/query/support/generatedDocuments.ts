import fc from 'fast-check'

import type {JsonObject, JsonValue} from '../../../../lake/documents/document.ts'
import {isJsonObject} from '../../../../lake/documents/document.ts'
import {
  frequentScalars,
  groupIds,
  idPrefixes,
  oddNames,
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

const reference: fc.Arbitrary<JsonObject> = fc.record(
  {_ref: fc.oneof(fc.constantFrom(...groupIds), id), _weak: fc.boolean()},
  {requiredKeys: ['_ref'], noNullPrototype: true},
)

const block: fc.Arbitrary<JsonObject> = fc.constantFrom('a b', '', "it's").map((text) => ({
  _type: 'block',
  children: [{_type: 'span', text}],
}))

/** JSON of a few levels whose every attribute may hold anything. */
const value = fc.letrec<{value: JsonValue}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    {arbitrary: fc.constantFrom<JsonValue>(...frequentScalars), weight: 9},
    {arbitrary: fc.constantFrom<JsonValue>(...scalars), weight: 3},
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

const document: fc.Arbitrary<WrittenDocument> = fc
  .record({
    _id: id,
    _type: fc.constantFrom(...types),
    plain: fc.record(Object.fromEntries(plainNames.map((plain) => [plain, value])), {
      requiredKeys: [],
      noNullPrototype: true,
    }),
    odd: fc.dictionary(name, value, {maxKeys: 3, noNullPrototype: true}),
  })
  .map(({plain, odd, ...own}) => ({...plain, ...odd, ...own}))

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
