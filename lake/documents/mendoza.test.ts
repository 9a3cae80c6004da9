import fc from 'fast-check'
import {expect, test} from 'vitest'

import type {JsonObject, JsonValue} from './document.ts'
import {applyMendoza, encodePatch} from './mendoza.ts'

const {json} = fc.letrec<{json: JsonValue; keyed: JsonValue}>((tie) => ({
  keyed: fc.record({
    _key: fc.constantFrom('a', 'b', 'c', 'd'),
    text: fc.oneof(fc.string({unit: 'grapheme', maxLength: 6}), fc.constantFrom('é😀é', 'é😁é')),
  }),
  json: fc.oneof(
    {depthSize: 'small'},
    fc.string({unit: 'grapheme', maxLength: 6}),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.uniqueArray(tie('keyed'), {
      maxLength: 4,
      selector: (value) => JSON.stringify(value).slice(0, 11),
    }),
    fc.array(tie('json'), {maxLength: 3}),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('json'), {maxKeys: 3}),
  ),
}))
const document: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom('title', 'body', 'list', 'nested', 'Z'),
  json,
)

test('a patch and its inverse lead from one document to the other and back', () => {
  fc.assert(
    fc.property(document, document, (before, after) => {
      expect(applyMendoza(before, encodePatch(before, after))).toEqual(after)
      expect(applyMendoza(after, encodePatch(after, before))).toEqual(before)
    }),
    {numRuns: 1000},
  )
})

test('a keystroke in one paragraph is a patch of that paragraph only', () => {
  const before = {
    body: [
      {_key: 'a', text: 'One'},
      {_key: 'b', text: 'Two'},
      {_key: 'c', text: 'Three'},
    ],
  }
  const after = {
    body: [
      {_key: 'a', text: 'One'},
      {_key: 'b', text: 'Two!'},
      {_key: 'c', text: 'Three'},
    ],
  }
  expect(encodePatch(before, after)).toEqual([
    11,
    0,
    21,
    0,
    1,
    12,
    1,
    11,
    1,
    23,
    0,
    3,
    22,
    '!',
    15,
    16,
    21,
    2,
    3,
    15,
  ])
})

test('making and removing a document replace the whole value', () => {
  expect(encodePatch(undefined, {title: 'A'})).toEqual([0, {title: 'A'}])
  expect(encodePatch({title: 'A'}, undefined)).toEqual([0, null])
})
