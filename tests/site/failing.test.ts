import {afterEach, beforeEach, expect, test} from 'vitest'

import {createSite, type Site} from '../../site/app.ts'
import {memoryLake} from '../queries/support/memoryLake.ts'
import {articleDocument, noon, settingsDocument} from '../queries/support/stories.ts'

let lake: ReturnType<typeof memoryLake>
let site: Site
let log: string[]

beforeEach(() => {
  lake = memoryLake(settingsDocument(), articleDocument('one'))
  log = []
  const keep = (_fields: object, message: string) => log.push(message)
  site = createSite({
    client: lake.client,
    clock: {now: () => new Date(noon)},
    logger: {warn: keep, error: keep},
    siteUrl: 'https://news.example',
  })
})
afterEach(() => site.close())

const get = async (path: string) => await site.fetch(new Request(`https://news.example${path}`))

/** Status, how long it may be kept, when to come back, and the heading with the sentence under it. */
async function seen(path: string) {
  const answer = await get(path)
  const page = await answer.text()
  const [, heading, sentence] = /<h1>([^<]*)<\/h1>\s*<p dir="auto">([^<]*)<\/p>/.exec(page) ?? []
  return {
    status: answer.status,
    cacheControl: answer.headers.get('cache-control'),
    retryAfter: answer.headers.get('retry-after'),
    policy: answer.headers.has('content-security-policy'),
    named: page.includes('The Harbour Post'),
    waysOn: [...page.matchAll(/<a href="(\/?)">([^<]*)<\/a>/g)].map(([, href, words]) => [
      href,
      words,
    ]),
    heading,
    sentence,
  }
}

const waysOn = [
  ['', 'Try again'],
  ['/', 'To the front page'],
  ['', 'Try again'],
]

test('when the store is away the page says so, when to come back, and is never kept', async () => {
  expect((await get('/a/one')).status).toBe(200)
  lake.refuse(true)
  expect(await seen('/a/one')).toEqual({
    status: 503,
    cacheControl: 'no-store',
    retryAfter: '5',
    policy: true,
    named: true,
    waysOn,
    heading: 'The news cannot be reached just now',
    sentence: 'This is usually over within a minute. Try again in a moment.',
  })
  expect(log).toEqual(['A page could not be made.'])

  lake.refuse(false)
  expect((await get('/a/one')).status).toBe(200)
})

test('when a page cannot be made of what the store holds, that is ours to mend', async () => {
  expect((await get('/a/one')).status).toBe(200)
  lake.write({...articleDocument('one'), headline: 7})
  expect(await seen('/a/one')).toEqual({
    status: 500,
    cacheControl: 'no-store',
    retryAfter: null,
    policy: true,
    named: true,
    waysOn,
    heading: 'This page could not be made',
    sentence: 'Something went wrong on our side, and it has been noted. Try again in a moment.',
  })
  expect(log).toEqual(['A page could not be made.'])
})
