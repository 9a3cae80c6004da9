import type {BreakingState} from '../queries/subscribeBreaking.ts'
import {breakingFeed} from './breakingFeed.ts'

/** Bytes that may wait for one reader. Whoever lets more than this pile up does not read, and is let go. */
const longestQueue = 64 * 1024
/** Proxies close a connection that is silent for a minute or less. */
const tickMilliseconds = 15_000

export type Clock = {now(): Date}

export type LiveReaders = {
  /** An open stream for one reader, which begins with the state as it is. */
  open(): Response
  count(): number
  close(): void
}

/**
 * All open pages behind one subscription: each change is written once and handed to every reader. Every
 * event is the whole state, so a reader that was away loses nothing by what it missed. The subscription
 * begins with the first reader. Format: server-sent events (WHATWG HTML, section 9.2).
 */
export function createLiveReaders({
  subscribe,
  siteUrl,
  clock,
}: {
  subscribe: (receive: (state: BreakingState) => void) => () => void
  siteUrl: string
  clock: Clock
}): LiveReaders {
  const readers = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  // Ids from before a restart must not look like ids from after it.
  const run = clock.now().getTime().toString(36)
  let number = 0
  let state: BreakingState | undefined
  let unsubscribe: (() => void) | undefined
  let ticking: ReturnType<typeof setInterval> | undefined

  const send = (event: 'state' | 'tick', data: string): Uint8Array => {
    number += 1
    return encoder.encode(`id: ${run}-${number}\nevent: ${event}\ndata: ${data}\n\n`)
  }
  const stateNow = (known: BreakingState) =>
    send('state', JSON.stringify(breakingFeed({...known, at: clock.now()}, siteUrl)))

  const toAll = (message: Uint8Array) => {
    for (const reader of readers) give(reader, message)
  }
  const give = (reader: ReadableStreamDefaultController<Uint8Array>, message: Uint8Array) => {
    if ((reader.desiredSize ?? 0) < message.byteLength) {
      readers.delete(reader)
      reader.error(new Error('This reader does not read.'))
    } else {
      reader.enqueue(message)
    }
  }

  const start = () => {
    unsubscribe ??= subscribe((next) => {
      state = next
      toAll(stateNow(next))
    })
    ticking ??= setInterval(() => {
      if (readers.size > 0) toAll(send('tick', clock.now().toISOString()))
    }, tickMilliseconds).unref()
  }

  return {
    open() {
      let mine: ReadableStreamDefaultController<Uint8Array> | undefined
      const stream = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            mine = controller
            readers.add(controller)
            controller.enqueue(encoder.encode('retry: 2000\n\n'))
            if (state) give(controller, stateNow(state))
          },
          cancel() {
            if (mine) readers.delete(mine)
          },
        },
        new ByteLengthQueuingStrategy({highWaterMark: longestQueue}),
      )
      start()
      return new Response(stream, {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store, no-transform',
          'x-accel-buffering': 'no',
        },
      })
    },
    count: () => readers.size,
    close() {
      unsubscribe?.()
      clearInterval(ticking)
      for (const reader of readers) reader.close()
      readers.clear()
    },
  }
}
