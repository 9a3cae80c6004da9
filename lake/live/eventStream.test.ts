import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'

import {openEventStream} from './eventStream.ts'
import {createWaitingBytes} from './waitingBytes.ts'

const limits = {
  bufferBytes: 4096,
  waiting: createWaitingBytes(1_000_000),
  keepAlive: 1000,
  lifetime: 10_000,
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(body).text()
}

describe('an event stream', () => {
  test('tells clients to come back soon, then carries what is sent until it ends', async () => {
    const stream = openEventStream(limits)

    stream.send('event: welcome\ndata: {}\n\n')
    stream.end()
    stream.send('event: late\ndata: {}\n\n')

    expect(await textOf(stream.body)).toBe('retry: 1000\n\nevent: welcome\ndata: {}\n\n')
    expect(stream.closed.aborted).toBe(true)
  })

  test('sends comments while nothing happens, and ends when its life is over', async () => {
    const stream = openEventStream(limits)
    const text = textOf(stream.body)

    await vi.advanceTimersByTimeAsync(2500)
    expect(stream.closed.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(8000)

    expect(stream.closed.aborted).toBe(true)
    expect(await text).toBe(`retry: 1000\n\n${':\n\n'.repeat(9)}`)
  })

  test('is cut when more waits than its reader may leave waiting', async () => {
    const stream = openEventStream(limits)

    stream.send('a'.repeat(2000))
    expect(stream.closed.aborted).toBe(false)
    stream.send('b'.repeat(2000))

    expect(stream.closed.aborted).toBe(true)
    await expect(textOf(stream.body)).rejects.toThrow(/too slow/)
  })

  test('counts what holding small events costs, not only their text', () => {
    const stream = openEventStream(limits)

    for (let count = 0; count < 20; count += 1) stream.send(':\n\n')

    expect(stream.closed.aborted).toBe(true)
  })

  test('is cut when too much waits for all readers and most of it for its own', async () => {
    const shared = {...limits, bufferBytes: 1_000_000, waiting: createWaitingBytes(18_000)}
    const [slow, slower, quick] = [shared, shared, shared].map(openEventStream)
    const reader = quick?.body.getReader()
    await reader?.read()

    slow?.send('a'.repeat(5000))
    slower?.send('b'.repeat(9000))
    for (let count = 0; count < 10; count += 1) {
      quick?.send('c'.repeat(2000))
      await reader?.read()
    }
    expect([slow, slower, quick].map((one) => one?.closed.aborted)).toEqual([false, false, false])
    slow?.send('d'.repeat(3000))

    expect([slow, slower, quick].map((one) => one?.closed.aborted)).toEqual([false, true, false])
    slow?.send('e'.repeat(4000))
    expect(slow?.closed.aborted).toBe(false)
  })

  test('knows when its reader goes away', async () => {
    const stream = openEventStream(limits)

    await stream.body.cancel()

    expect(stream.closed.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
