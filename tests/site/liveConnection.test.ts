import {connect} from 'node:net'

import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest'

import type {BreakingState} from '../../queries/subscribeBreaking.ts'
import {listen} from '../../scripts/product/webServer.ts'
import {RESPONSE_ALREADY_SENT} from '@hono/node-server/utils/response'
import type {Site} from '../../site/app.ts'
import {createLiveReaders} from '../../site/liveReaders.ts'
import {leaseDocument, minutesAgo, noon} from '../queries/support/stories.ts'
import {reader, type EventReader} from './support/eventReader.ts'
import {siteUrl, startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeEach(async () => {
  running = await startSite()
})
afterEach(() => running.close())

/** The site behind the product's own web server, as readers' machines reach it. */
async function serve({fetch}: Pick<Site, 'fetch'>): Promise<string> {
  const server = await listen('127.0.0.1', 0, (request, connection) => fetch(request, connection))
  onTestFinished(() => server.close(0))
  return `http://127.0.0.1:${server.port}`
}

async function follow(
  origin: string,
  {lastEventId, query = ''}: {lastEventId?: string; query?: string} = {},
): Promise<EventReader> {
  const response = await fetch(`${origin}/live/breaking${query}`, {
    headers: lastEventId === undefined ? {} : {'last-event-id': lastEventId},
  })
  const events = reader(response)
  onTestFinished(async () => await events.close().catch(() => undefined))
  return events
}

const withdrawal = (id: string, minutes: number) =>
  leaseDocument(id, {withdrawn: {at: minutesAgo(minutes), sentence: `${id} was wrong.`}})

async function nextTwo(events: EventReader) {
  const both = [await events.next(), await events.next()]
  return both.map(({event, data}) => [
    event,
    event === 'withdrawn' ? JSON.parse(data).id : JSON.parse(data).banners.length,
  ])
}

describe('over a connection of the web server', () => {
  test('the stream says what it is, and that anyone’s page may read it', async () => {
    const origin = await serve(running.site)
    const {headers, body, status} = await fetch(`${origin}/live/breaking`, {
      headers: {origin: 'https://partner.example', 'accept-encoding': 'gzip, br'},
    })
    await body?.cancel()
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'no-store, no-transform',
      'content-type': 'text/event-stream; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('content-encoding')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('a withdrawal is an event of its own, before the state that shows it', async () => {
    const events = await follow(await serve(running.site))
    await events.next()
    await running.editor.createOrReplace(leaseDocument('flash', {level: 'flash'}))
    expect((await events.next()).event).toBe('state')
    await running.editor.createOrReplace({...withdrawal('flash', 1), level: 'flash'})
    const taken = await events.next()
    expect([taken.event, JSON.parse(taken.data)]).toEqual([
      'withdrawn',
      {
        id: 'flash',
        kind: 'withdrawal',
        level: 'flash',
        label: 'Withdrawn',
        text: 'flash was wrong.',
        url: null,
        startsAt: minutesAgo(1),
        until: minutesAgo(-29),
      },
    ])
    const {event, data} = await events.next()
    expect([event, JSON.parse(data).banners]).toEqual(['state', [JSON.parse(taken.data)]])
  })

  test('who was away hears of every withdrawal since the last event, once, however long ago', async () => {
    const origin = await serve(running.site)
    const events = await follow(origin)
    await running.editor.createOrReplace(leaseDocument('one'))
    await running.editor.createOrReplace(leaseDocument('two'))
    let last = await events.next()
    while (JSON.parse(last.data).banners.length < 2) last = await events.next()
    await running.editor.createOrReplace(withdrawal('one', 1))
    const [first, afterFirst] = [await events.next(), await events.next()]
    expect([first.event, afterFirst.event]).toEqual(['withdrawn', 'state'])
    await running.editor.createOrReplace(withdrawal('two', 0))
    expect(await nextTwo(events)).toEqual([
      ['withdrawn', 'two'],
      ['state', 2],
    ])
    // Long after both have left the page.
    running.clock.set(minutesAgo(-120))
    await running.editor.createOrReplace(leaseDocument('unseen', {until: minutesAgo(-150)}))
    await vi.waitUntil(async () => {
      const {banners} = JSON.parse((await events.next()).data)
      return banners[0]?.id === 'unseen'
    })

    const back = await follow(origin, {lastEventId: last.id})
    expect(await back.next()).toMatchObject({event: 'withdrawn', data: first.data})
    expect(await nextTwo(back)).toEqual([
      ['withdrawn', 'two'],
      ['state', 1],
    ])
    const later = await follow(origin, {query: `?lastEventId=${afterFirst.id}`})
    expect(await nextTwo(later)).toEqual([
      ['withdrawn', 'two'],
      ['state', 1],
    ])
    expect((await (await follow(origin)).next()).event).toBe('state')
    expect((await (await follow(origin, {lastEventId: 'nonsense'})).next()).event).toBe('state')
  })

  test('also after the server was started again, when the withdrawal came in between', async () => {
    const origin = await serve(running.site)
    const events = await follow(origin)
    await running.editor.createOrReplace(leaseDocument('early'))
    await running.editor.createOrReplace(leaseDocument('late'))
    await running.editor.createOrReplace(withdrawal('early', 4))
    let last = await events.next()
    while (last.event !== 'withdrawn') last = await events.next()
    running.site.close()
    running.clock.set(minutesAgo(-2))
    await running.editor.createOrReplace(withdrawal('late', -1))

    const restarted = running.openAnother()
    onTestFinished(() => restarted.close())
    const back = await follow(await serve(restarted), {lastEventId: last.id})
    expect(await nextTwo(back)).toEqual([
      ['withdrawn', 'late'],
      ['state', 2],
    ])
  })
})

describe('a server that was away', () => {
  test('shows nothing of a lease that ended meanwhile, nor does a page that was open before', async () => {
    const {editor, clock} = running
    const events = await follow(await serve(running.site))
    await editor.createOrReplace(leaseDocument('short'))
    let last = await events.next()
    while (JSON.parse(last.data).banners.length === 0) last = await events.next()
    running.site.close()
    clock.set(minutesAgo(-25))

    const restarted = running.openAnother()
    onTestFinished(() => restarted.close())
    const origin = await serve(restarted)
    expect(await (await fetch(`${origin}/`)).text()).not.toContain('News of short')
    const feed = await (await fetch(`${origin}/api/breaking.json`)).json()
    expect(feed).toEqual({serverTime: minutesAgo(-25), banners: []})
    const back = await follow(origin, {lastEventId: last.id})
    expect(JSON.parse((await back.next()).data).banners).toEqual([])
  })

  test('takes back a thousand readers at once, none of whom lacks anything', async () => {
    const readers = 1000
    const {editor} = running
    await editor.createOrReplace(leaseDocument('flash', {level: 'flash'}))
    await editor.createOrReplace(leaseDocument('wrong'))
    const before = await serveUntilStopped(running.site)
    const first = await Promise.all(
      Array.from({length: readers}, () => rawReader(before.port, undefined, 2)),
    )
    const lastIds = first.map(({id}) => id)
    await before.stop()
    await editor.createOrReplace(withdrawal('wrong', 0))

    const restarted = running.openAnother()
    onTestFinished(() => restarted.close())
    const after = await serveUntilStopped(restarted, before.port)
    const back = await Promise.all(lastIds.map((id) => rawReader(after.port, id, 2)))
    expect(new Set(back.map(({events}) => events))).toEqual(new Set(['withdrawn wrong, state 2']))
    await after.stop()
  })
})

/** The site at a port, until it is stopped as a server is that ends. */
async function serveUntilStopped(site: Site, port = 0) {
  const server = await listen('127.0.0.1', port, (request, connection) =>
    site.fetch(request, connection),
  )
  return {
    port: server.port,
    async stop() {
      site.close()
      await server.close(0)
    },
  }
}

/** A reader who needs little: it resolves once a state with so many banners has come, and stays connected. */
function rawReader(
  port: number,
  lastEventId: string | undefined,
  banners: number,
): Promise<{id: string; events: string}> {
  return new Promise((resolve, reject) => {
    let text = ''
    const since = lastEventId === undefined ? '' : `Last-Event-ID: ${lastEventId}\r\n`
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET /live/breaking HTTP/1.1\r\nHost: 127.0.0.1\r\n${since}\r\n`)
    })
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      const events = [...text.matchAll(/^id: (.*)\nevent: (\w+)\ndata: (.*)\n/gm)].map(
        ([, id = '', event = '', data = '']) => ({id, event, data: JSON.parse(data)}),
      )
      const state = events.find(
        ({event, data}) => event === 'state' && data.banners.length === banners,
      )
      if (!state) return
      const said = events.map(({event, data}) =>
        event === 'state' ? `state ${data.banners.length}` : `${event} ${data.id}`,
      )
      resolve({id: state.id, events: said.join(', ')})
    })
    socket.once('error', reject)
    onTestFinished(() => void socket.destroy())
  })
}

describe.each(['/live/breaking', '/api/breaking.json'])('%s', (path) => {
  test('lets a page of another origin ask, without credentials', async () => {
    const request = new Request(`${siteUrl}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://partner.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'last-event-id',
      },
    })
    const {status, headers} = await running.site.fetch(request)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-headers')).toContain('last-event-id')
    const answer = await running.get(path, {origin: 'https://partner.example'})
    await answer.body?.cancel()
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

/** Readers whose state the test makes, behind the product's web server. */
async function serveReaders() {
  let tell: (state: BreakingState) => void = () => {}
  const readers = createLiveReaders({
    feed: {siteUrl, language: 'en'},
    clock: {now: () => new Date(noon)},
    subscribe: (receive) => {
      tell = receive
      return () => {}
    },
  })
  onTestFinished(() => readers.close())
  const streamed = () => readers.open() ?? new Response()
  const say = (text: string) => {
    const level = 'flash'
    const times = {startsAt: noon, until: minutesAgo(-1)}
    const banner = {_id: 'a', kind: 'news', level, text, storySlug: undefined, ...times} as const
    tell({at: new Date(noon), banners: [banner], withdrawals: []})
  }
  return {readers, streamed, say}
}

const textOf = ({data}: {data: string}): string => JSON.parse(data).banners[0].text

test('a reader that does not read is cut off with no more than its share waiting; others miss nothing', async () => {
  const {readers, say} = await serveReaders()
  const origin = await serve({
    fetch: (_request, connection) => readers.open(connection) ?? RESPONSE_ALREADY_SENT,
  })
  const {port} = new URL(origin)
  const stalled = connect(Number(port), '127.0.0.1', () => {
    stalled.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  })
  stalled.pause()
  onTestFinished(() => void stalled.destroy())
  await vi.waitUntil(() => readers.count() === 1)
  const reading = await follow(origin)
  await vi.waitUntil(() => readers.count() === 2)
  // What the system itself takes for a connection has to be full before anything waits here.
  let said = 0
  while (readers.count() === 2 && said < 2000) {
    said += 1
    say(`${said} ${'x'.repeat(20_000)}`)
    expect(textOf(await reading.next()).split(' ')[0]).toBe(String(said))
  }
  expect(readers.count()).toBe(1)
  say('afterwards')
  expect(textOf(await reading.next())).toBe('afterwards')
})

test('so it is where the web server hands no connection out', async () => {
  const {readers, say, streamed} = await serveReaders()
  const stalled = streamed()
  const reading = reader(streamed())
  expect(readers.count()).toBe(2)
  for (let number = 0; number < 80; number += 1) {
    say(`${number} ${'x'.repeat(1000)}`)
    expect(textOf(await reading.next()).split(' ')[0]).toBe(String(number))
  }
  expect(readers.count()).toBe(1)
  await expect(stalled.text()).rejects.toThrow('This reader does not read.')
  await reading.close()
  expect(readers.count()).toBe(0)
})

test('a thousand readers all hear every change, in its order, and what comes while one is being told', async () => {
  const {say, streamed} = await serveReaders()
  const all = Array.from({length: 1000}, () => reader(streamed()))
  say('one')
  say('two')
  const late = reader(streamed())
  say('three')
  const heard = await Promise.all(
    all.map(async (events) => [
      textOf(await events.next()),
      textOf(await events.next()),
      textOf(await events.next()),
    ]),
  )
  expect(new Set(heard.map((texts) => texts.join(' ')))).toEqual(new Set(['one two three']))
  expect([textOf(await late.next()), textOf(await late.next())]).toEqual(['two', 'three'])
})
