import fc from 'fast-check'

import {nightly} from '../../support/nightly.ts'

/** Runs of one property: few where people wait for them, many in the night. */
export const propertyRuns = {numRuns: nightly ? 500 : 60}

/** How long all runs of one property may take, in milliseconds. */
export const propertyTimeout = nightly ? 300_000 : 30_000

const names = fc.constantFrom('title', 'body', 'count', 'nested', 'constructor', 'b-c', 'нет')

/** Text as people write it and as they should not: emoji, joined characters, half of a surrogate pair. */
const text = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 12}),
  fc.string({unit: 'binary', maxLength: 8}),
  fc.constantFrom('', 'Straße', '👩‍👩‍👧', '\ud83d', 'a\ud83d', '\ude00b', '\u0000', '\u2028'),
)

const scalar = fc.oneof(
  text,
  fc.integer({min: -5, max: 5}),
  fc.boolean(),
  fc.constant(null),
  fc.double({noNaN: true, noDefaultInfinity: true}).map((number) => number + 0),
)

const key = fc.constantFrom('k1', 'k2', 'k3', 'k4')

/** JSON of a few levels, with lists of keyed objects as documents have them. */
export const jsonValue = fc.letrec<{value: unknown}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    scalar,
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(names, tie('value'), {maxKeys: 4, noNullPrototype: true}),
    fc
      .uniqueArray(key, {maxLength: 4})
      .chain((keys) =>
        fc
          .array(tie('value'), {minLength: keys.length, maxLength: keys.length})
          .map((values) => keys.map((_key, index) => ({_key, value: values[index]}))),
      ),
  ),
})).value

/** The attributes of a document, without those of the lake itself. */
export const attributes = fc.record(
  {
    title: text,
    count: fc.integer(),
    list: fc
      .uniqueArray(key, {maxLength: 4})
      .map((keys) => keys.map((_key) => ({_key, text: _key}))),
    nested: fc.dictionary(names, jsonValue, {maxKeys: 3, noNullPrototype: true}),
    any: jsonValue,
  },
  {requiredKeys: ['title', 'count'], noNullPrototype: true},
)

const path = fc.constantFrom(
  'title',
  'any',
  'any.title',
  'nested',
  'nested.title',
  'nested.body.count',
  "nested['b-c']",
  'list',
  'list[0]',
  'list[-1]',
  'list[0:2]',
  'list[_key=="k2"]',
  'list[_key=="k2"].text',
  'any[0].value',
  'constructor',
)

const writes = fc.dictionary(path, jsonValue, {minKeys: 1, maxKeys: 3, noNullPrototype: true})

/** The operations of one patch in the order of the specification, whichever it has. */
export const patch = fc.record(
  {
    set: writes,
    setIfMissing: writes,
    unset: fc.array(path, {maxLength: 3}),
    inc: fc.record({count: fc.integer({min: -9, max: 9})}, {noNullPrototype: true}),
    dec: fc.record({count: fc.integer({min: -9, max: 9})}, {noNullPrototype: true}),
    insert: fc
      .tuple(
        fc.constantFrom('before', 'after', 'replace'),
        fc.constantFrom('list[0]', 'list[-1]', 'list[_key=="k1"]', 'list[0:2]'),
        fc.array(jsonValue, {maxLength: 3}),
      )
      .map(([place, where, items]) => ({[place]: where, items})),
  },
  {requiredKeys: [], noNullPrototype: true},
)
