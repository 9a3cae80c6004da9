import {randomUUID} from 'node:crypto'
import {subscribe, unsubscribe} from 'node:diagnostics_channel'
import {once} from 'node:events'
import {connect, Socket} from 'node:net'

import type {SanityClient} from '@sanity/client'
import {afterAll, afterEach, beforeAll, describe, expect, test, vi} from 'vitest'

import {mostBytesForOne} from '../../../lake/live/eventStream.ts'
import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient
let token: string
const sockets: Socket[] = []
/** The other ends of all connections, which the server holds. */
const serverEnds: Socket[] = []

function keepServerEnd(message: unknown): void {
  const isAboutSocket = typeof message === 'object' && message !== null && 'socket' in message
  if (isAboutSocket && message.socket instanceof Socket) serverEnds.push(message.socket)
}

beforeAll(async () => {
  subscribe('net.server.socket', keepServerEnd)
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('administrator')
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(async () => {
  unsubscribe('net.server.socket', keepServerEnd)
  await lake.close()
})

const text = 'x'.repeat(12_000)
const commits = 3000
const inFlight = 50

/** What the operating system keeps for both ends of a connection and Node for one, in bytes: more than it does here. */
const outsideTheLake = 12 * 1024 * 1024

/** A connection whose owner reads the beginning of an answer and then no more. */
async function stall(path: string): Promise<Socket> {
  const socket = connect(Number(new URL(lake.url).port), '127.0.0.1')
  sockets.push(socket)
  socket.write(
    `GET /v2025-02-19/data/${path} HTTP/1.1\r\nHost: localhost\r\n` +
      `Accept: text/event-stream\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  await once(socket, 'readable')
  return socket
}

async function stallChannel(): Promise<Socket> {
  const id = randomUUID()
  const socket = await stall(`channel/production?id=${id}`)
  const search = `?${new URLSearchParams({query: '*[_type == "flood"]', includeResult: 'true'})}`
  const answer = await fetch(`${lake.url}/v2025-02-19/data/channel/production/${id}`, {
    method: 'POST',
    headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
    body: JSON.stringify({open: [{listener: '1', search}]}),
  })
  expect(answer.status).toBe(200)
  return socket
}

/** Thousands of commits, a few at a time, each told to listeners with the text and to readers of live events by it. */
async function flood(): Promise<void> {
  const flow = async (place: number) => {
    for (let number = place; number < commits; number += inFlight) {
      const document = {_id: `flood-${place}`, _type: 'flood', number, slug: {current: text}}
      await client.createOrReplace(document, {returnDocuments: false, visibility: 'async'})
    }
  }
  await Promise.all(Array.from({length: inFlight}, (_, place) => flow(place)))
}

async function receivedUntilClosed(socket: Socket): Promise<number> {
  let received = 0
  socket.on('data', (chunk) => (received += chunk.length))
  socket.on('error', () => undefined)
  if (!socket.closed) await once(socket, 'close')
  return received
}

describe('a reader that stops reading is cut, with no more kept for it than its limit:', () => {
  const search = new URLSearchParams({query: '*[_type == "flood"]', includeResult: 'true'})

  test.each([
    ['a listener', () => stall(`listen/production?${search}`)],
    ['a reader of live events', () => stall('live/events/production')],
    ['a channel', stallChannel],
  ])('%s', {timeout: 60_000}, async (_who, open) => {
    const complaints = vi.spyOn(console, 'error').mockReturnValue()
    const socket = await open()
    const serverEnd = serverEnds.find(({remotePort}) => remotePort === socket.localPort)
    expect(serverEnd?.destroyed).toBe(false)

    await flood()

    expect(complaints.mock.calls).toMatchObject([[{message: /too slow/}]])
    // The server has let go of the connection, though this end has not read a byte more.
    expect(serverEnd?.destroyed).toBe(true)
    expect(await receivedUntilClosed(socket)).toBeLessThan(mostBytesForOne + outsideTheLake)
    expect((await ask(lake, '/v2025-02-19/data/listeners/production', {token})).body).toMatchObject(
      {
        listeners: 0,
      },
    )
  })
})
