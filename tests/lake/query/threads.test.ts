import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {QueryThreads, type ThreadLimits} from '../../../lake/documents/threads/queryThreads.ts'
import {read} from '../../../lake/query/run.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

const stories = 1_500

let lake: RunningLake
let file: string

beforeAll(async () => {
  lake = await startLake()
  file = `${lake.dataDirectory}/datasets/production.sqlite`
  const client = await lake.clientFor('editor')
  const transaction = client.transaction()
  for (let number = 0; number < stories; number++) {
    transaction.create({_id: `story-${number}`, _type: 'story', number, _system: {}})
  }
  transaction.create({_id: 'drafts.one', _type: 'story', number: -1})
  await transaction.commit()
})
afterAll(() => lake.close())

/** Reads every story for each of many, which nothing can make short. */
const endless =
  'count(*[_type == "story"][0...600]{"n": count(*[_type == "story" && string(number) != string(^.number)])}[n > 0])'

test('a query that reads much has the same answer as one that reads little', async () => {
  const client = await lake.clientFor('viewer')
  const all: unknown[] = await client.fetch('*[_type == "story"] | order(number) {number, _id}')
  expect(all).toEqual(
    Array.from({length: stories}, (_, number) => ({number, _id: `story-${number}`})),
  )
  const drafts = {perspective: 'drafts' as const}
  expect(await client.fetch('count(*[string(number) == "-1"])', {}, drafts)).toBe(1)
  const anonymous = lake.anonymousClient()
  expect(await anonymous.fetch('count(*[string(number) == "-1"])', {}, drafts)).toBe(0)
  await expect(
    client.fetch('*[_type == "story"]{"a": text::semanticSimilarity("x")}'),
  ).rejects.toMatchObject({statusCode: 400})
})

test('a walk that finds enough at once and one that goes on for long answer the same', async () => {
  const client = await lake.clientFor('viewer')
  const walk = (filter: string) =>
    client.fetch<unknown>(`*[_type == "story" && ${filter}] | order(_createdAt)[0...2]._id`)
  const ids = Array.from({length: stories}, (_, number) => `story-${number}`).toSorted()
  expect(await walk('string(number) != "-1"')).toEqual(ids.slice(0, 2))
  expect(await walk('string(number) in ["998", "999"]')).toEqual(['story-998', 'story-999'])
  expect(await walk('string(number) == "x"')).toEqual([])
})

test('a keystroke and a short query do not wait for a long one, and the long one sees what was there', async () => {
  const client = await lake.clientFor('editor', {perspective: 'raw'})
  let answered = false
  const long = client.fetch(endless).finally(() => (answered = true))
  for (let key = 0; key < 5; key++) {
    await client
      .patch('drafts.one')
      .set({title: `T${key}`})
      .commit()
    expect(await client.fetch('*[_id == "drafts.one"][0].title')).toBe(`T${key}`)
  }
  expect(answered).toBe(false)
  expect(await long).toBe(600)
})

describe('limits', () => {
  const question = (query: string) => ({
    request: {query, params: {}, perspective: ['raw']},
    identity: 'somebody',
    publicOnly: false,
    now: new Date(),
  })
  const limits: ThreadLimits = {threads: 1, time: 60_000, memory: 512, waiting: 1}
  const threads = (differing: Partial<ThreadLimits>) =>
    new QueryThreads({file, projectId: 'p', dataset: 'production'}, {...limits, ...differing})

  test('a query that takes too long is ended with a sentence, and the next one is answered', async () => {
    const pool = threads({time: 300})
    await expect(pool.answer(question(endless))).rejects.toMatchObject({
      status: 408,
      code: 'queryTimeout',
      message:
        'The query took longer than 0.3 seconds and was ended. Narrow it down, or ask for fewer documents at once.',
    })
    await pool.close()
    const next = threads({})
    const {outcome} = await next.answer(question('count(*)'))
    expect(read(outcome).result).toBe(stories + 1)
    await next.close()
  })

  test('a query that needs too much memory is ended with a sentence', async () => {
    const pool = threads({memory: 24})
    const much = '*{"a": *{"b": string(^.number) + string(number)}}'
    await expect(pool.answer(question(much))).rejects.toMatchObject({
      status: 413,
      code: 'queryTooLarge',
    })
    await pool.close()
  })

  test('no more wait than may; the rest are told to come back', async () => {
    const pool = threads({})
    const running = pool.answer(question(endless))
    const waiting = pool.answer(question('count(*)'))
    await expect(pool.answer(question('count(*)'))).rejects.toMatchObject({status: 429})
    expect(read((await running).outcome).result).toBe(600)
    expect(read((await waiting).outcome).result).toBe(stories + 1)
    await pool.close()
  })

  test('closing refuses what is under way', async () => {
    const pool = threads({})
    const running = pool.answer(question(endless))
    const waiting = pool.answer(question('count(*)'))
    const [, one, other] = await Promise.allSettled([pool.close(), running, waiting])
    expect([one, other]).toMatchObject([
      {status: 'rejected', reason: {status: 503}},
      {status: 'rejected', reason: {status: 503}},
    ])
  })
})
