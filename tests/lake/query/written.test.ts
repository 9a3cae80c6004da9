import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let token: string

const stories: {_id: string; _type: string; [attribute: string]: unknown}[] = [
  {
    _id: 'story-1',
    _type: 'story',
    headline: 'Rain "at last" \\ wind: 20 °C, ☔ and a line\nmore',
    slug: {current: 'rain'},
    numbers: [0, -0.5, 1e21, 1e-7, 12345678901234],
    "it's": {'a b': true},
    none: null,
    parts: [{_key: 'a', text: 'one'}, 'two', []],
  },
  {_id: 'story-2', _type: 'story', headline: 'No address', slug: 'text', update: false},
  {_id: 'drafts.story-1', _type: 'story', headline: 'Rain, changed', slug: {current: 'rain'}},
]

beforeAll(async () => {
  lake = await startLake()
  token = await lake.tokenFor('editor')
  const transaction = (await lake.clientFor('editor')).transaction()
  for (const story of stories) transaction.create(story)
  await transaction.commit()
})
afterAll(() => lake.close())

/** The result as it stands in the answer, character for character. */
async function resultOf(query: string, perspective: string): Promise<string> {
  const search = new URLSearchParams({query, perspective, returnQuery: 'false'})
  const address = `${lake.url}/v2025-02-19/data/query/production?${search}`
  const answer = await fetch(address, {headers: {authorization: `Bearer ${token}`}})
  return (await answer.text()).replace(/^\{"result":/, '').replace(/,"syncTags":.*$/s, '')
}

describe('what the store writes is what the evaluator would have made of it', () => {
  // A filter that the store does not understand, and that all documents meet, leaves all to the evaluator.
  const evaluated = '[string(_id) + "" != ""]'
  const asked = [
    (filter: string) => `*[_type == "story"]${filter} | order(_id)`,
    (filter: string) => `*[_type == "story"]${filter} | order(_id) [0]`,
    (filter: string) => `*[_type == "nothing"]${filter}`,
    (filter: string) => `*[_type == "nothing"]${filter}[0]`,
    (filter: string) => `*[_type == "story"]${filter} | order(_id) {_id, headline, update, none}`,
    (filter: string) => `*[_type == "story"]${filter} | order(_id) {"slug": slug.current}`,
    (filter: string) =>
      `*[_type == "story"]${filter} | order(_id) [0...2] {"it's": @["it's"], numbers, parts}`,
    (filter: string) =>
      `*[_type == "story"]${filter} | order(_id) {"last": parts[-1], "x": parts.text}`,
    (filter: string) =>
      `*[_type == "story"]${filter}{_id, "by": [headline]} | order(by[0]) [0...2]`,
    (filter: string) => `*[_type == "story"]${filter} | order(_id) {"a": _id, "a": headline}`,
  ]

  test.for(['published', 'raw', 'drafts'])('as %s documents', async (perspective) => {
    for (const query of asked) {
      const written = await resultOf(query(''), perspective)
      const byEvaluator = await resultOf(query(evaluated), perspective)
      expect({query: query(''), written}).toEqual({query: query(''), written: byEvaluator})
    }
  })
})

test('an answer in one go has the headers of every answer, packed or not', async () => {
  const search = new URLSearchParams({query: '*[_type == "story"]{..., "more": string(numbers)}'})
  const address = `${lake.url}/v2025-02-19/data/query/production?${search}`
  const {origin} = new URL(lake.url)
  for (const encoding of ['identity', 'gzip']) {
    const headers = {authorization: `Bearer ${token}`, 'accept-encoding': encoding, origin}
    const answer = await fetch(address, {headers})
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/./),
      'access-control-allow-origin': origin,
      vary: 'Accept-Encoding, Origin',
    })
    expect(await answer.json()).toMatchObject({query: search.get('query')})
  }
})
