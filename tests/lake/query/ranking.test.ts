import type {SanityClient} from '@sanity/client'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'
import {evaluated} from './support/evaluated.ts'

/** Rankings that the text index makes, held against the evaluator: it scores by BM25 over the filtered documents. */
let lake: RunningLake
let client: SanityClient
let administrator: string

const words = ['fish', 'chips', 'harbour', 'fïsh', 'strike', 'o’clock', 'gale']
/** Some words stand often, some seldom; the same seed makes the same documents. */
const text = (most: number) =>
  fc
    .array(fc.constantFrom(...words, 'the', 'the', 'a', 'a', 'of'), {maxLength: most})
    .map((chosen) => chosen.join(' '))
const block = text(30).map((spanned) => ({
  _type: 'block',
  _key: 'b',
  children: [{_type: 'span', _key: 's', text: spanned}],
}))
const note = fc.record({
  _type: fc.constantFrom('note', 'note', 'letter'),
  title: text(6),
  tags: fc.array(text(2), {maxLength: 3}),
  body: fc.array(block, {maxLength: 3}),
  about: fc.constantFrom({_ref: 'topic', _weak: true}, undefined),
  featured: fc.boolean(),
})
const documents = fc
  .sample(note, {numRuns: 400, seed: 7})
  .map((made, place) => ({...made, _id: `n${String(place).padStart(3, '0')}`}))

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  administrator = await lake.tokenFor('administrator')
  const transaction = client.transaction()
  for (const document of documents) transaction.create(document)
  await transaction.commit({visibility: 'async'})
})
afterAll(() => lake.close())

type Found = {_id: string; _score: number}

const studio = `*[_type in ["note"]]
  | score(boost(_type in ["note"] && title match text::query($wanted), 10),
      ([@, _id] match text::query($wanted) || references("topic")))`

const rankings: [string, string[]][] = [
  ['*[_type == "note"] | score(title match $wanted)', ['fish', 'fi*', 'fish chips', 'nothing']],
  ['* | score(title match text::query($wanted), tags match $wanted)', ['fish', 'gale*', 'o’clock']],
  [
    '*[[title, pt::text(body)] match $wanted] | score(boost(title match $wanted, 3), [title, pt::text(body)] match $wanted)',
    ['fish', 'harbour strike', 'gale fish chips'],
  ],
  [
    '*[!featured] | score(boost(title match $wanted, 2) || body[].children[].text match $wanted)',
    ['gale'],
  ],
  ['*[_type == "letter"] | score(title match $wanted && featured, featured == false)', ['chips']],
  [studio, ['fish', 'fis*', 'fish -chips', '"the fish"', 'n00*']],
]
const cases = rankings.flatMap(([query, asked]) =>
  asked.map((one): [string, string] => [query, one]),
)

describe.each(cases)('%s for %j', (scored, query) => {
  const scoring = `${scored}[_score > 0] | order(_score desc)`
  const fetchAll = (suffix: string) =>
    client.fetch<Found[]>(`${scoring}${suffix}{_id, _score}`, {wanted: query})

  test('finds what the evaluator finds', async () => {
    const found = (await fetchAll('')).map(({_id}) => _id)
    const told = evaluated(`${scoring}._id`, {documents, params: {wanted: query}})
    expect(found.toSorted()).toEqual(Array.isArray(told) && told.toSorted())
  })

  test('gives the best first, and among equals the one with the lesser id', async () => {
    const all = await fetchAll('')
    const inOrder = all.toSorted(
      (one, other) => other._score - one._score || (one._id < other._id ? -1 : 1),
    )
    expect(all).toEqual(inOrder)
  })

  test('takes the same from the best on, whatever the slice', async () => {
    const all = await fetchAll('')
    expect(await fetchAll('[0...3]')).toEqual(all.slice(0, 3))
    expect(await fetchAll('[2..7]')).toEqual(all.slice(2, 8))
    expect(await fetchAll('[0...1000]')).toEqual(all)
  })

  test('lets what does not score follow, by id', async () => {
    const ranked = await client.fetch<Found[]>(`${scored}{_id, _score}`, {wanted: query})
    const scores = ranked.filter(({_score}) => _score > 0)
    const rest = ranked.slice(scores.length).map(({_id}) => _id)
    expect(ranked.slice(0, scores.length)).toEqual(await fetchAll(''))
    const told = evaluated(`${scored}[_score == 0]._id`, {documents, params: {wanted: query}})
    expect(rest).toEqual(told)
  })
})

test('a boost stands above what scores without', async () => {
  const found = await client.fetch<Found[]>(
    '* | score(boost(title match "gale", 100), pt::text(body) match "gale")[_score > 0]{_id, _score}',
  )
  const boosted = new Set(await client.fetch<string[]>('*[title match "gale"]._id'))
  const first = found.slice(0, boosted.size)
  expect(new Set(first.map(({_id}) => _id))).toEqual(boosted)
  expect(first.every(({_score}) => _score > 100)).toBe(true)
  expect(found.slice(boosted.size).every(({_score}) => _score < 100)).toBe(true)
})

test('order and slice may stand behind the projection, as the Studio sends them', async () => {
  const params = {wanted: 'fis*', limit: 5}
  const before = await client.fetch<string[]>(
    `${studio}[_score > 0] | order(_score desc)[0...$limit]._id`,
    params,
  )
  const behind = await client.fetch<string[]>(
    `${studio}[_score > 0]{_id, "orderings": [_score]} | order(orderings[0] desc)[0...$limit]._id`,
    params,
  )
  expect(behind).toEqual(before)
})

describe('among many that score the same', () => {
  const ids = Array.from({length: 300}, (_, number) => `e${String(number).padStart(3, '0')}`)
  const scored = (filter: string, slice = '') =>
    `*[${filter}] | score(title match "whelk")[_score > 0]${slice}._id`

  beforeAll(async () => {
    const transaction = client.transaction()
    // From the last to the first, so that no order but that of the ids helps.
    for (const [place, _id] of ids.toReversed().entries()) {
      transaction.create({_id, _type: 'equal', title: 'Whelk', seldom: place % 100 === 0})
    }
    await transaction.commit({visibility: 'async'})
  })

  test('the lesser id comes first, whatever the slice', async () => {
    const fetchSlice = (slice: string) => client.fetch<string[]>(scored('true', slice))
    expect(await fetchSlice('')).toEqual(ids)
    expect(await fetchSlice('[0...5]')).toEqual(ids.slice(0, 5))
    expect(await fetchSlice('[100...105]')).toEqual(ids.slice(100, 105))
  })

  test('those that a filter leaves over are found behind those that it does not', async () => {
    expect(await client.fetch(scored('seldom', '[0...2]'))).toEqual(['e099', 'e199'])
    expect(await client.fetch(scored('seldom && title match "whelk"', '[2]'))).toBe('e299')
  })
})

test('no more documents are read than are wanted', async () => {
  const query = `*[_type == "note"] | score(title match "fish")[_score > 0] | order(_score desc)[0...5]._id`
  const search = new URLSearchParams({query, explain: 'true', perspective: 'raw'})
  const {body} = await ask(lake, `/v2025-02-19/data/query/production?${search}`, {
    token: administrator,
  })
  const {explain} = Object(body)
  const [selection] = Object(explain).selections
  const {driver, read, lookedAtAgain} = Object(selection)
  expect({driver, lookedAtAgain}).toEqual({driver: 'text, best first', lookedAtAgain: true})
  expect(read).toBeLessThan(20)
})
