import type {SanityClient} from '@sanity/client'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'

import type {JsonObject, JsonValue} from '../../../lake/documents/document.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'
import {evaluated} from './support/evaluated.ts'

/** What the text index is certain of is not looked at again: held against the evaluator, which looks at everything. */
let lake: RunningLake
let client: SanityClient

const pieces = ['fish', 'Fish', 'fïsh', 'fish’s', 'fish.net', 'fi', 'sh', 'net', 'ſh', 'a_b', 'of']
const between = [' ', ' ', ' ', '-', '.', '’', '']
const text = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...between)), {maxLength: 5})
  .map((chosen) => chosen.flat().join(''))
const span = fc.record({_type: fc.constantFrom('span', 'span', 'span', 'note'), text})
const block = (inner: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> =>
  fc
    .record({children: fc.array(span, {maxLength: 3}), inner: fc.option(inner)})
    .map((made) => ({_type: 'block', ...made}))
const blocks: fc.Arbitrary<JsonValue> = fc.array(
  block(fc.array(block(fc.constant('fish')), {maxLength: 1})),
  {maxLength: 2},
)
const section: fc.Arbitrary<JsonValue> = fc.oneof<fc.MaybeWeightedArbitrary<JsonValue>[]>(
  {weight: 4, arbitrary: fc.record({title: text, body: blocks})},
  {weight: 1, arbitrary: fc.record({title: text, body: block(fc.constant('net'))})},
  {weight: 1, arbitrary: block(fc.constant('of'))},
)
const title: fc.Arbitrary<JsonValue> = fc.oneof<fc.MaybeWeightedArbitrary<JsonValue>[]>(
  {weight: 5, arbitrary: text},
  fc.array(text, {maxLength: 2}),
  fc.record({text}),
  blocks,
)
const note = fc.record<{[name: string]: JsonValue}>({
  title,
  lede: fc.oneof({weight: 4, arbitrary: blocks}, block(fc.constant('net')), text),
  sections: fc.oneof({weight: 5, arbitrary: fc.array(section, {maxLength: 2})}, section),
  'lede[]': text,
})
/** Hardly a word of it is one that the index can tell of. */
const accented = Array.from({length: 40}, (_, place) => `é${place}`).join(' ')
const documents = [
  ...fc.sample(note, {numRuns: 400, seed: 11}),
  {title: `fish’s ${accented} net`},
  {title: `fish’s ${accented} fish`},
].map((made, place) => ({
  ...made,
  _type: place % 3 === 0 ? 'letter' : 'note',
  _id: `n${String(place).padStart(3, '0')}`,
}))

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  const transaction = client.transaction()
  for (const document of documents) transaction.create(document)
  await transaction.commit({visibility: 'async'})
})
afterAll(() => lake.close())

const left = fc.constantFrom(
  'title',
  '[title]',
  '[...title]',
  'title[]',
  'title.text',
  'pt::text(title)',
  'pt::text(lede)',
  'pt::text(lede[])',
  'pt::text(lede[0])',
  'pt::text(sections)',
  'pt::text(sections[].body)',
  'pt::text(sections[].body[])',
  'pt::text(sections[].body[].inner)',
  'pt::text(sections[title == "of"].body)',
  '[title, pt::text(lede), pt::text(sections[].body[])]',
  '[[title], pt::text(lede)]',
  'lede[].children[].text',
)
const wanted = fc
  .array(
    fc.constantFrom('fish', 'fi', 'fi*', 'sh', 'net*', 'fish net', 'a_b', 'fish’s', 'fïsh', 's'),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((words) => words.join(' '))
const filter = fc.oneof(
  left.map((place) => `${place} match $wanted`),
  fc.tuple(left, left).map(([one, other]) => `(${one} match $wanted || ${other} match "net")`),
  fc.tuple(left, left).map(([one, other]) => `${one} match $wanted && ${other} match $wanted`),
)

test('a filter of words finds what the evaluator finds', async () => {
  await fc.assert(
    fc.asyncProperty(filter, wanted, async (condition, asked) => {
      const query = `*[_type == "note" && ${condition}] | order(_id)._id`
      const params = {wanted: asked}
      const found = await client.fetch<string[]>(query, params)
      expect(found).toEqual(evaluated(query, {documents, params}))
      expect(await client.fetch(`count(*[_type == "note" && ${condition}])`, params)).toBe(
        found.length,
      )
    }),
    {numRuns: 150},
  )
})

test('a ranking by words scores what the evaluator scores', async () => {
  await fc.assert(
    fc.asyncProperty(left, left, wanted, async (one, other, asked) => {
      const scored = `*[${one} match $wanted]
        | score(boost(${other} match $wanted, 1000), ${one} match $wanted)[_score > 0]`
      const params = {wanted: asked}
      const found = await client.fetch<{_id: string}[]>(
        `${scored}{_id, "boosted": _score > 1000}`,
        params,
      )
      expect(found.toSorted((before, after) => (before._id < after._id ? -1 : 1))).toEqual(
        evaluated(`*[${one} match $wanted]{_id, "boosted": ${other} match $wanted}`, {
          documents,
          params,
        }),
      )
    }),
    {numRuns: 80},
  )
})

test('the first few are the first of all, however many of the ones before did not match', async () => {
  await fc.assert(
    fc.asyncProperty(
      filter,
      wanted,
      fc.constantFrom('_id', 'title desc', '_score desc'),
      fc.integer({min: 1, max: 40}),
      async (condition, asked, order, few) => {
        const ranking = order.startsWith('_score') ? `| score(${condition})` : ''
        const query = `*[_type == "note" && ${condition}] ${ranking} | order(${order})`
        const params = {wanted: asked}
        const all = await client.fetch<string[]>(`${query}._id`, params)
        expect(await client.fetch(`${query}[0...${few}]._id`, params)).toEqual(all.slice(0, few))
      },
    ),
    {numRuns: 100},
  )
})

test('a word of which more than a thousand documents have only something like it', async () => {
  const titles = Array.from({length: 1100}, (_, place) =>
    place % 50 === 0 ? 'A heron’s heron' : 'The heron’s nest',
  )
  const transaction = client.transaction()
  for (const [place, title] of titles.entries()) {
    transaction.create({_id: `bird${String(place).padStart(4, '0')}`, _type: 'bird', title})
  }
  await transaction.commit({visibility: 'async'})
  const listed = await client.fetch<string[]>(
    '*[_type == "bird" && title match "heron"] | order(_id)[0...20]._id',
  )
  expect(listed).toEqual(
    Array.from({length: 20}, (_, n) => `bird${String(n * 50).padStart(4, '0')}`),
  )
  expect(await client.fetch('count(*[_type == "bird" && title match "heron"])')).toBe(22)
})

test('words that are gone are not found, as soon as they are', async () => {
  const listed = () => client.fetch<string[]>('*[_type == "gone" && title match "whelk"]._id')
  await client.create({_id: 'gone', _type: 'gone', title: 'Whelk'})
  expect(await listed()).toEqual(['gone'])
  await client.patch('gone').set({title: 'Whelk’s'}).commit()
  expect(await listed()).toEqual([])
  await client.patch('gone').set({title: 'A whelk’s whelk'}).commit()
  expect(await listed()).toEqual(['gone'])
})
