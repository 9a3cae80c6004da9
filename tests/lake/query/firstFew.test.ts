import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

/** More than the lake walks past without looking where it is, and a few that are wanted. */
const stories = 20_400
const perTransaction = 3_400
const topicEvery = 60

let lake: RunningLake
let administrator: string

const story = (number: number) => ({
  _id: `story-${number}`,
  _type: 'story',
  rank: number,
  desk: number % 2 === 0 ? 'home' : 'world',
  ...(number % topicEvery === 0 && {about: {_ref: 'topic', _weak: true}}),
  ...(number < 2 && {first: true}),
})

beforeAll(async () => {
  lake = await startLake()
  administrator = await lake.tokenFor('administrator')
  const client = await lake.clientFor('editor')
  for (let from = 0; from < stories; from += perTransaction) {
    const transaction = client.transaction()
    for (let number = from; number < from + perTransaction; number++) {
      transaction.create(story(number))
    }
    await transaction.commit({visibility: 'async'})
  }
  await client.create({...story(stories - 1), _id: `drafts.story-${stories - 1}`, rank: -1})
  for (const key of ['rank', 'desk']) {
    await explained(`*[_type == "story"] | order(${key})[0]._id`)
    await lake.lake.dataset('production').settled()
  }
})
afterAll(() => lake.close())

async function explained(query: string, perspective = 'published') {
  const search = new URLSearchParams({query, perspective, explain: 'true'})
  const path = `/v2025-02-19/data/query/production?${search}`
  const {body} = await ask(lake, path, {token: administrator})
  const {result, explain} = Object(body)
  const {driver, read} = Object(explain).selections[0]
  return {result, driver, read}
}

const last = stories - 1
const lastAbout = stories - topicEvery

test.each([
  [
    '*[_type == "story"] | order(rank desc)[0...3].rank',
    {result: [last, last - 1, last - 2], driver: 'key rank, in order, stopping early', read: 3},
  ],
  [
    '*[_type == "story" && references("topic")] | order(rank desc)[0...3].rank',
    {
      result: [lastAbout, lastAbout - topicEvery, lastAbout - 2 * topicEvery],
      driver: 'key rank, in order, stopping early',
      read: 3,
    },
  ],
  [
    '*[_type == "story" && first] | order(rank desc)[0...3].rank',
    {result: [1, 0], driver: 'key rank, in order, stopping early', read: 2},
  ],
  [
    '*[_type == "story"] | order(desk)[0...3]._id',
    {
      result: ['story-0', 'story-10', 'story-100'],
      driver: 'key desk, in order, stopping early',
      read: 3,
    },
  ],
])('of very many: %s', async (query, expected) => {
  expect(await explained(query)).toEqual(expected)
})

test('a draft moves to its own place', async () => {
  const query = '*[_type == "story"] | order(rank)[0...2]{_id, _originalId}'
  expect((await explained(query, 'drafts')).result).toEqual([
    {_id: `story-${last}`, _originalId: `drafts.story-${last}`},
    {_id: 'story-0', _originalId: 'story-0'},
  ])
})
