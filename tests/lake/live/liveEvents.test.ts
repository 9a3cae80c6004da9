import type {LiveEvent, SanityClient} from '@sanity/client'
import {firstValueFrom, ReplaySubject, take, toArray} from 'rxjs'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'
import {openedReaders} from './openedReaders.ts'

let lake: RunningLake
let client: SanityClient
let token: string
const {read} = openedReaders()

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'published'})
  token = await lake.tokenFor('viewer')
})

afterAll(() => lake.close())

const path = '/v2025-02-19/data/live/events/production'

async function follow({search = '', as, since}: {search?: string; as?: string; since?: string}) {
  return await read(`${lake.url}${path}${search}`, {
    ...(as === undefined ? {} : {authorization: `Bearer ${as}`}),
    ...(since === undefined ? {} : {'last-event-id': since}),
  })
}

const write = (_id: string, _type: string, transactionId = `tx-${_id}`) =>
  client.mutate([{createOrReplace: {_id, _type}}], {transactionId})

const id = (transactionId: string) => expect.stringMatching(new RegExp(`^\\d+:${transactionId}$`))

const message = (transactionId: string, ...tags: string[]) => ({
  event: 'message',
  id: id(transactionId),
  data: {tags: ['s1:*', ...tags.map((tag) => `s1:${tag}`)]},
})

describe('a reader', () => {
  test('is welcomed, and told of every commit by tags that meet those of queries', async () => {
    await write('first', 'article')
    const reader = await follow({})
    expect(await reader.next()).toEqual({event: 'welcome', id: id('tx-first'), data: {}})

    await write('a', 'article')
    await client
      .transaction()
      .createOrReplace({_id: 'a', _type: 'note'})
      .create({_id: 'b', _type: 'person'})
      .commit({transactionId: 'tx-two'})

    expect(await reader.take(2)).toEqual([
      message('tx-a', 't:article', 'd:a'),
      message('tx-two', 't:article', 'd:a', 't:note', 't:person', 'd:b'),
    ])
  })

  test('who is nobody hears of published documents only, even by asking for more', async () => {
    const anybody = await follow({search: '?includeDrafts=true'})
    const plain = await follow({as: token})
    await Promise.all([anybody.next(), plain.next()])

    await write('drafts.quiet', 'secret')
    await write('versions.r1.quiet', 'secret')
    await write('loud', 'article')

    expect(await anybody.next()).toEqual(message('tx-loud', 't:article', 'd:loud'))
    expect(await plain.next()).toEqual(message('tx-loud', 't:article', 'd:loud'))
  })

  test('who may read drafts hears of them by asking', async () => {
    const reader = await follow({search: '?includeDrafts=true&waitFor=function&tag=x', as: token})
    await reader.next()

    await write('drafts.d', 'article')

    expect(await reader.next()).toEqual(message('tx-drafts.d', 't:article', 'd:d'))
  })

  test('who comes back is told what it missed', async () => {
    const reader = await follow({})
    const {id: since = ''} = await reader.next()
    await reader.close()
    await write('missed-1', 'article')
    await write('drafts.missed', 'article')
    await write('missed-2', 'note')

    const again = await follow({since})

    expect(await again.take(3)).toEqual([
      {event: 'welcome', id: since, data: {}},
      message('tx-missed-1', 't:article', 'd:missed-1'),
      message('tx-missed-2', 't:note', 'd:missed-2'),
    ])
    await write('after', 'note')
    expect(await again.next()).toEqual(message('tx-after', 't:note', 'd:after'))
  })

  test.each(['nonsense', '999999:tx-unknown', '1:tx-of-another-log'])(
    'who was last told %s starts anew',
    async (since) => {
      await write('newest', 'article', `tx-newest-${since.replaceAll(/\W/g, '-')}`)
      const reader = await follow({since})

      expect(await reader.next()).toMatchObject({
        event: 'restart',
        id: id('tx-newest-.*'),
        data: {},
      })
      await write('then', 'note', `tx-then-${since.replaceAll(/\W/g, '-')}`)
      expect(await reader.next()).toMatchObject({data: {tags: ['s1:*', 's1:t:note', 's1:d:then']}})
    },
  )

  test('who was away for long starts anew too', async () => {
    const reader = await follow({})
    const {id: since = ''} = await reader.next()
    await reader.close()
    for (let count = 0; count < 201; count += 1) await write('busy', 'note', `tx-busy-${count}`)

    expect(await (await follow({since})).next()).toMatchObject({event: 'restart'})
  })
})

test('a change of a slug is told under the old one and the new one', async () => {
  await client.createOrReplace({_id: 'moves', _type: 'article', slug: {current: 'from'}})
  const reader = await follow({})
  await reader.next()

  await client.patch('moves').set({'slug.current': 'to'}).commit({transactionId: 'tx-moves'})

  expect(await reader.next()).toEqual(message('tx-moves', 't:article', 'd:moves', 's:from', 's:to'))
})

describe('tags of a query', () => {
  test.each<[string, string[]]>([
    ['*[_type == "note"]', ['t:note']],
    ['*[_type in ["note", "article"]]', ['t:note', 't:article']],
    ['{"a": *[_type == "note"], "b": count(*[_type == "person"])}', ['t:note', 't:person']],
    ['*[_id == "holder"][0]', ['d:holder']],
    ['*[_id == "nobody"][0]', ['d:nobody']],
    ['*[_id in $ids]', ['d:holder', 'd:target']],
    ['*[sanity::versionOf("holder")]', ['d:holder']],
    ['*[_type == "article" && slug.current == $slug][0]', ['s:a-slug']],
    ['*[_type == "article" && defined(slug.current)] | order(_id) [0...5]', ['t:article']],
    ['*[defined(title)]', ['*']],
    ['*[_id == "holder"]{"to": to->{_id}}', ['d:holder', 'd:target']],
    ['*[_type == "holder"]{"to": nothing->}', ['t:holder', 'd:nobody']],
    ['*[_type == "holder"]{"back": count(*[references(^._id)])}', ['*']],
    ['1 + 1', []],
  ])('%s', async (query, tags) => {
    await client
      .transaction()
      .createOrReplace({_id: 'target', _type: 'target'})
      .createOrReplace({
        _id: 'holder',
        _type: 'holder',
        to: {_ref: 'target'},
        nothing: {_ref: 'nobody', _weak: true},
      })
      .commit()

    const {syncTags = []} = await client.fetch(
      query,
      {ids: ['holder', 'drafts.target'], slug: 'a-slug'},
      {filterResponse: false},
    )

    expect(syncTags.toSorted()).toEqual(tags.map((tag) => `s1:${tag}`).toSorted())
  })
})

describe('a request', () => {
  const refused = (statusCode: number, error: string, text: string) => [
    statusCode,
    {statusCode, error, message: text},
  ]

  test('must accept events', async () => {
    const {status, body} = await ask(lake, path, {token, headers: {accept: 'application/json'}})

    expect([status, body]).toEqual(
      refused(406, 'Not Acceptable', 'Live content is sent as text/event-stream only.'),
    )
  })

  test('must be of an API version that has live content', async () => {
    const old = path.replace('2025-02-19', '1')
    const {status, body} = await ask(lake, old, {headers: {accept: 'text/event-stream'}})

    expect([status, body]).toEqual(
      refused(400, 'Bad Request', 'Live content needs API version 2021-03-25 or later.'),
    )
  })
})

test('the real client hears it, and can fetch what is at least as new', async () => {
  const events = new ReplaySubject<LiveEvent>()
  const subscription = client.live.events({includeDrafts: true}).subscribe(events)
  expect(await firstValueFrom(events)).toMatchObject({type: 'welcome'})

  await write('heard', 'article')

  const [, heard] = await firstValueFrom(events.pipe(take(2), toArray()))
  expect(heard).toEqual({
    type: 'message',
    id: id('tx-heard'),
    tags: ['s1:*', 's1:t:article', 's1:d:heard'],
  })
  const lastLiveEventId = heard && 'id' in heard ? heard.id : ''
  expect(await client.fetch('*[_id == "heard"]._id', {}, {lastLiveEventId})).toEqual(['heard'])
  subscription.unsubscribe()
})
