import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'

import {openEventStream} from './eventStream.ts'

const limits = {bufferBytes: 100, keepAlive: 1000, lifetime: 10_000}

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

    stream.send('a'.repeat(50))
    expect(stream.closed.aborted).toBe(false)
    stream.send('b'.repeat(50))

    expect(stream.closed.aborted).toBe(true)
    await expect(textOf(stream.body)).rejects.toThrow(/too slow/)
  })

  test('knows when its reader goes away', async () => {
    const stream = openEventStream(limits)

    await stream.body.cancel()

    expect(stream.closed.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
