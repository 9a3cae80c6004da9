import {expect, test} from 'vitest'

import type {Carrier, ListenerRequest, Receiver} from './carrier.ts'
import {createListeningFetch} from './listeningFetch.ts'

/** A carrier that keeps what it is asked, beside an ordinary fetch that does the same. */
function setUp() {
  const opened: {request: ListenerRequest; receiver: Receiver; stopped: boolean}[] = []
  const fetched: {input: unknown; init: unknown}[] = []
  const carrier: Carrier = {
    open(request, receiver) {
      const listener = {request, receiver, stopped: false}
      opened.push(listener)
      return () => {
        listener.stopped = true
      }
    },
  }
  const fetch = createListeningFetch({
    carrierOf: () => carrier,
    isLake: (origin) => origin === 'http://localhost:4200',
    fetch: async (input, init) => {
      fetched.push({input, init})
      return new Response('ordinary')
    },
  })
  return {opened, fetched, fetch}
}

const listener = 'http://localhost:4200/v2025-02-19/data/listen/production?query=*'

test.each([
  ['a query', 'http://localhost:4200/v2025-02-19/data/query/production?query=*', {}],
  ['a listener of another lake', listener.replace('4200', '4201'), {}],
  ['a listener with a token of its own', listener, {headers: {Authorization: 'Bearer secret'}}],
])('sends %s as an ordinary request with the cookie', async (_case, url, init) => {
  const {fetch, fetched, opened} = setUp()

  const response = await fetch(url, init)

  expect(await response.text()).toBe('ordinary')
  expect(fetched).toEqual([{input: url, init: {credentials: 'include', ...init}}])
  expect(opened).toEqual([])
})

test('keeps credentials that were asked for', async () => {
  const {fetch, fetched} = setUp()

  await fetch('http://localhost:4200/v2025-02-19/check/cors', {credentials: 'omit'})

  expect(fetched).toMatchObject([{init: {credentials: 'omit'}}])
})

test('answers a listener with the events of the carrier, as a stream', async () => {
  const {fetch, opened} = setUp()

  const answer = fetch(listener, {headers: {'Last-Event-ID': '7:tx', Accept: 'text/event-stream'}})
  opened[0]?.receiver.respond(200, '')
  opened[0]?.receiver.send('event: welcome\ndata: {}\n\n')
  opened[0]?.receiver.send('event: mutation\ndata: {}\n\n')
  opened[0]?.receiver.end()

  const response = await answer
  expect(opened[0]?.request).toEqual({url: listener, lastEventId: '7:tx'})
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(await response.text()).toBe('event: welcome\ndata: {}\n\nevent: mutation\ndata: {}\n\n')
})

test('answers a refusal with its status and body', async () => {
  const {fetch, opened} = setUp()

  const answer = fetch(listener)
  opened[0]?.receiver.respond(401, '{"statusCode":401}')

  expect((await answer).status).toBe(401)
  expect(await (await answer).text()).toBe('{"statusCode":401}')
})

test('fails as a connection does when it ends without an answer', async () => {
  const {fetch, opened} = setUp()

  const answer = fetch(listener)
  opened[0]?.receiver.end()

  await expect(answer).rejects.toThrow('The connection to the lake was lost.')
})

test('stops the listener when the client closes it, before and after the answer', async () => {
  const {fetch, opened} = setUp()
  const [early, late] = [new AbortController(), new AbortController()]
  const unanswered = fetch(listener, {signal: early.signal})
  const answered = fetch(listener, {signal: late.signal})
  opened[1]?.receiver.respond(200, '')
  const response = await answered

  early.abort()
  late.abort()

  await expect(unanswered).rejects.toMatchObject({name: 'AbortError'})
  await expect(response.text()).rejects.toMatchObject({name: 'AbortError'})
  expect(opened.map(({stopped}) => stopped)).toEqual([true, true])
})
