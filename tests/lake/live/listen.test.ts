import {once} from 'node:events'
import {connect} from 'node:net'

import {firstValueFrom, ReplaySubject, take, toArray} from 'rxjs'
import {describe, expect, test} from 'vitest'

import {client, commit, dataOf, everything, lake, listen, token, welcomed} from './listening.ts'

describe('the stream', () => {
  test('answers 200 with headers that keep proxies from buffering it, and a welcome first', async () => {
    const reader = await listen({})

    expect(reader.response.status).toBe(200)
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(reader.response.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(reader.response.headers.get('content-encoding')).toBeNull()
    const welcome = await reader.next()
    expect(welcome).toEqual({
      event: 'welcome',
      id: expect.stringMatching(/^\d+:/),
      data: {listenerName: expect.stringMatching(/./)},
    })
  })

  test('answers a query that cannot be parsed in the stream, as the client expects it', async () => {
    const reader = await listen({query: '*[_type =='})

    expect(reader.response.status).toBe(200)
    expect(await reader.next()).toMatchObject({
      event: 'channelError',
      data: {error: {type: 'queryParseError', query: '*[_type =='}},
    })
    await expect(firstValueFrom(client.listen('*[_type =='))).rejects.toThrow(
      /GROQ query parse error/,
    )
  })

  test.each([
    ['no query', '', 'A listener needs a query'],
    ['a parameter that is not JSON', 'query=*&$type=article', 'The parameter $type is not JSON'],
    ['an unknown effect format', 'query=*&effectFormat=diff', '"diff" is not known'],
  ])('refuses %s with 400 and a sentence', async (_case, search, sentence) => {
    const response = await fetch(`${lake.url}/v2025-02-19/data/listen/production?${search}`, {
      headers: {authorization: `Bearer ${token}`},
    })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      statusCode: 400,
      error: 'Bad Request',
      message: expect.stringContaining(sentence),
    })
  })

  test('refuses a token that is not known with 401, on which the Studio ends its stream', async () => {
    const reader = await listen({headers: {authorization: 'Bearer unknown'}})

    expect(reader.response.status).toBe(401)
  })
})

describe('which documents are heard', () => {
  test("is told by transitions relative to the listener's own filter", async () => {
    const reader = await welcomed({
      query: '*[_type == "story" && live == true]{headline} | order(_id)',
    })

    await client.create({_id: 'transition', _type: 'story', live: false})
    await client.patch('transition').set({live: true}).commit({transactionId: 'tx-in'})
    await client.patch('transition').set({headline: 'Now'}).commit({transactionId: 'tx-stay'})
    await client.patch('transition').set({live: false}).commit({transactionId: 'tx-out'})

    const events = (await reader.take(3)).map(dataOf)
    expect(events.map((event) => [event['transactionId'], event['transition']])).toEqual([
      ['tx-in', 'appear'],
      ['tx-stay', 'update'],
      ['tx-out', 'disappear'],
    ])
  })

  test.each([
    ['2025-02-19', {}, ['published-1']],
    ['2025-02-19', everything, ['published-1', 'drafts.published-1', 'versions.r1.published-1']],
    ['2021-06-07', {}, ['published-1', 'drafts.published-1', 'versions.r1.published-1']],
    ['1', {}, ['published-1', 'drafts.published-1', 'versions.r1.published-1']],
    ['X', {}, ['published-1']],
  ])('depends on the version %s and options %j', async (version, search, heard) => {
    const reader = await welcomed({query: '*[_type == "perspective"]', version, search})
    const ids = ['published-1', 'drafts.published-1', 'versions.r1.published-1']
    const write = client.transaction()
    for (const id of ids) write.createOrReplace({_id: id, _type: 'perspective'})

    await write.commit()

    const events = await reader.take(heard.length)
    expect(events.map((event) => dataOf(event)['documentId'])).toEqual(heard)
    expect(events.map((event) => dataOf(event)['transactionTotalEvents'])).toEqual(
      heard.map(() => heard.length),
    )
  })

  test('is for nobody in particular what is published: no drafts, not even by asking', async () => {
    const reader = await welcomed({query: '*[_type == "public"]', search: everything, headers: {}})

    await client.create({_id: 'drafts.public-1', _type: 'public'})
    await client.create({_id: 'public-1', _type: 'public'})

    expect(dataOf(await reader.next())['documentId']).toBe('public-1')
  })

  test('understands the functions that the Studio listens with', async () => {
    const reader = await welcomed({
      query: '*[sanity::versionOf($publishedId) && _id in path("drafts.**")]',
      search: {...everything, $publishedId: '"functions"'},
    })

    await client.create({_id: 'functions', _type: 'article'})
    await client.create({_id: 'drafts.functions', _type: 'article'})

    expect(dataOf(await reader.next())['documentId']).toBe('drafts.functions')
  })

  test.each(['rABC', '_.releases.rABC'])('understands a release named %s', async (release) => {
    const reader = await welcomed({
      query: '*[sanity::partOfRelease($release)] {_id} | order(_id)',
      search: {...everything, $release: JSON.stringify(release)},
    })

    await client.createOrReplace({_id: 'released', _type: 'article'})
    await client.createOrReplace({_id: 'versions.rABC.released', _type: 'article'})

    expect(dataOf(await reader.next())['documentId']).toBe('versions.rABC.released')
  })
})

test('two writers are heard in the order of the log, each document in the order of its revisions', async () => {
  const reader = await welcomed({query: '*[_type == "order"]'})
  const writer = async (name: string) => {
    await client.createOrReplace({_id: `order-${name}`, _type: 'order', count: 0})
    for (let index = 0; index < 20; index += 1) {
      await client.patch(`order-${name}`).inc({count: 1}).commit()
      await client.patch('order-shared').setIfMissing({count: 0}).inc({count: 1}).commit()
    }
  }
  await client.create({_id: 'order-shared', _type: 'order', count: 0})

  await Promise.all([writer('a'), writer('b')])

  const events = (await reader.take(1 + 2 * 41)).map((event) => ({event, data: dataOf(event)}))
  const sequences = events.map(({event}) => Number(event.id?.split(':')[0]))
  expect(sequences).toEqual(sequences.toSorted((left, right) => left - right))
  const timestamps = events.map(({data}) => String(data['timestamp']))
  expect(timestamps).toEqual(timestamps.toSorted())
  expect(new Set(timestamps).size).toBe(timestamps.length)
  for (const id of ['order-a', 'order-b', 'order-shared']) {
    const chain = events.filter(({data}) => data['documentId'] === id).map(({data}) => data)
    expect(chain.slice(1).map(({previousRev}) => previousRev)).toEqual(
      chain.slice(0, -1).map(({resultRev}) => resultRev),
    )
  }
})

test('nothing that is committed after the welcome is missed while others write', async () => {
  const enough = new AbortController()
  const writes = (async () => {
    for (let index = 0; !enough.signal.aborted; index += 1) {
      await client.createOrReplace({_id: 'race-noise', _type: 'noise', index})
    }
  })()

  for (let round = 0; round < 20; round += 1) {
    const reader = await welcomed({query: '*[_type == "race"]'})
    await commit(`tx-race-${round}`, {createOrReplace: {_id: 'race', _type: 'race', round}})
    expect(dataOf(await reader.next())['transactionId']).toBe(`tx-race-${round}`)
    await reader.close()
  }

  enough.abort()
  await writes
})

test('a reader that does not read is cut off, and the others are not held up', async () => {
  const reader = await welcomed({query: '*[_type == "flood"]'})
  const socket = connect(Number(new URL(lake.url).port), '127.0.0.1')
  const search = new URLSearchParams({query: '*[_type == "flood"]', includeResult: 'true'})
  socket.write(
    `GET /v2025-02-19/data/listen/production?${search} HTTP/1.1\r\n` +
      `Host: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  await once(socket, 'readable')
  const text = 'x'.repeat(1_500_000)
  const commits = 20

  for (let index = 0; index < commits; index += 1) {
    await client.createOrReplace({_id: 'flood', _type: 'flood', index, text})
    expect(dataOf(await reader.next())['documentId']).toBe('flood')
  }

  let received = 0
  socket.on('data', (chunk) => (received += chunk.length))
  await once(socket, 'close')
  expect(received).toBeLessThan(commits * text.length)
})

describe('the real client', () => {
  test('hears its own mutations with the transaction ids that it chose', async () => {
    const events = new ReplaySubject<{type: string}>()
    const subscription = client
      .listen(
        '*[_type == "client"]',
        {},
        {events: ['welcome', 'mutation'], includeAllVersions: true, effectFormat: 'mendoza'},
      )
      .subscribe(events)
    expect(await firstValueFrom(events)).toMatchObject({type: 'welcome'})

    await commit('tx-client', {create: {_id: 'drafts.client-1', _type: 'client'}})

    const [, mutation] = await firstValueFrom(events.pipe(take(2), toArray()))
    expect(mutation).toMatchObject({
      type: 'mutation',
      transactionId: 'tx-client',
      documentId: 'drafts.client-1',
      result: {_id: 'drafts.client-1'},
    })
    subscription.unsubscribe()
  })

  test('stops quietly with 401 when its token is revoked', async () => {
    const {token: leaving, secret} = await lake.lake.accounts.tokens.add({
      name: 'leaver',
      role: 'editor',
    })
    const leaver = client.withConfig({token: secret})
    const ended = new Promise<unknown>((resolve) => {
      leaver.listen('*', {}, {events: ['welcome', 'mutation']}).subscribe({
        next: ({type}) => {
          if (type === 'welcome') void lake.lake.accounts.tokens.revoke(leaving.id)
        },
        error: resolve,
      })
    })

    expect(await ended).toMatchObject({name: 'ConnectionFailedError', status: 401})
  })
})
