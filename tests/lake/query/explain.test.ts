import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {keptLog, startLake, testEnvironment, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let administrator: string
const log = keptLog()

beforeAll(async () => {
  lake = await startLake({environment: {...testEnvironment(), logger: log.logger}})
  administrator = await lake.tokenFor('administrator')
  const client = await lake.clientFor('editor')
  for (let batch = 0; batch < 4; batch++) {
    const transaction = client.transaction()
    for (let place = 0; place < 300; place++) {
      const number = batch * 300 + place
      transaction.create({
        _id: `story-${number}`,
        _type: 'story',
        slug: {current: `slug-${number}`},
        rating: number % 100,
        about: {_ref: number % 50 === 0 ? 'topic' : 'other', _weak: true},
      })
    }
    await transaction.commit({visibility: 'async'})
  }
  await lake.lake.dataset('production').settled()
})
afterAll(() => lake.close())

async function explain(query: string, token = administrator) {
  const search = new URLSearchParams({query, explain: 'true', returnQuery: 'false'})
  return await ask(lake, `/v2025-02-19/data/query/production?${search}`, {token})
}

async function selectionsOf(query: string) {
  const {body} = await explain(query)
  const {explain: explained} = Object(body)
  return Object(explained).selections.map(
    ({driver, ledTo, read, lookedAtAgain}: {[name: string]: unknown}) => ({
      driver,
      ledTo,
      read,
      lookedAtAgain,
    }),
  )
}

describe('what leads to the documents', () => {
  test.each([
    [
      '*[_type == "story" && slug.current == "slug-7"][0]{_id}',
      {driver: 'key slug.current', ledTo: 1, read: 1, lookedAtAgain: false},
    ],
    [
      '*[_id in ["story-1", "story-2"]]._id',
      {driver: 'document_by_id', ledTo: 1, read: 2, lookedAtAgain: false},
    ],
    [
      '*[_type == "story"] | order(_updatedAt desc)[0...20]._id',
      {
        driver: 'key _updatedAt, in order, stopping early',
        ledTo: 1_200,
        read: 20,
        lookedAtAgain: false,
      },
    ],
    [
      '*[_type in ["story", "note"]] | order(_updatedAt desc)[0...20]._id',
      {driver: 'key _updatedAt, sorted', ledTo: 1_200, read: 20, lookedAtAgain: false},
    ],
    [
      '*[_type == "story" && references("topic")]._id',
      {driver: 'reference', ledTo: 24, read: 24, lookedAtAgain: false},
    ],
    [
      '*[_type == "story" && slug.current match "slug"][0..1]._id',
      {driver: 'text', ledTo: 1_000, read: 2, lookedAtAgain: true},
    ],
    [
      '*[_type == "story" && string::length(slug.current) > 7]._id',
      {driver: 'document_by_type', ledTo: 1_200, read: 1_200, lookedAtAgain: true},
    ],
  ])('%s', async (query, selection) => {
    expect(await selectionsOf(query)).toEqual([selection])
  })
})

test('a key that queries filter or order by in vain gets an index of its own', async () => {
  const query = '*[_type == "story" && rating == 7]._id'
  const before = {driver: 'document_by_type', ledTo: 1_200, read: 12, lookedAtAgain: false}
  expect(await selectionsOf(query)).toEqual([before])
  for (let asked = 0; asked < 20; asked++) await explain(query)
  await lake.lake.dataset('production').settled()
  const after = {driver: 'key rating', ledTo: 12, read: 12, lookedAtAgain: false}
  expect(await selectionsOf(query)).toEqual([after])
  expect(log.lines.filter(({message}) => message === 'an index was built')).toMatchObject([
    {fields: {key: 'rating'}},
  ])
})

test('a value that is looked for in the arrays of documents leads to those that have it', async () => {
  const client = await lake.clientFor('editor')
  const moved = {_id: 'moved', _type: 'story', previousSlugs: ['old', 'older', 'old']}
  await client.createOrReplace(moved)
  const query = '*[_type == "story" && "old" in previousSlugs]._id'
  for (let asked = 0; asked < 20; asked++) await explain(query)
  await lake.lake.dataset('production').settled()
  const indexed = {driver: 'key previousSlugs[]', ledTo: 1, read: 1, lookedAtAgain: false}
  expect(await selectionsOf(query)).toEqual([indexed])

  const elsewhere = {_id: 'elsewhere', _type: 'story', previousSlugs: 'old'}
  await client.createOrReplace(elsewhere)
  expect(await client.fetch(query)).toEqual(['moved'])
  await client
    .patch('elsewhere')
    .set({previousSlugs: ['other', 'old']})
    .commit()
  expect(await client.fetch(query)).toEqual(['elsewhere', 'moved'])
  await client.patch('moved').unset(['previousSlugs[@ == "old"]']).commit()
  expect(await client.fetch(query)).toEqual(['elsewhere'])
  await client.delete('elsewhere')
  expect(await client.fetch(query)).toEqual([])
  expect(await client.fetch('*[_type == "story" && "older" in previousSlugs]._id')).toEqual([
    'moved',
  ])
})

test('only administrators are told', async () => {
  const {status, body} = await explain('*', await lake.tokenFor('editor'))
  expect([status, body]).toEqual([
    403,
    {statusCode: 403, error: 'Forbidden', message: 'Only administrators may see this.'},
  ])
})
