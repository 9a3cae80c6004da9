import type {ServerResponse} from 'node:http'

import type {BreakingState} from '../queries/subscribeBreaking.ts'
import type {FeedOptions} from './breakingFeed.ts'
import {createLiveEvents} from './liveEvents.ts'
import {connectionReader, streamReader, type LiveReader} from './liveReader.ts'

/** Bytes that may wait for one reader. Whoever lets more than this pile up does not read, and is let go. */
const longestQueue = 64 * 1024
/** Proxies close a connection that is silent for a minute or less. */
const tickMilliseconds = 15_000
/** Readers that are written to before others of this process have their turn: about 3 ms. */
const readersAtOnce = 250

export type Clock = {now(): Date}

export type LiveConnection = {
  /** The connection itself, where the web server hands it out. */
  outgoing?: ServerResponse | undefined
  /** The last event that this reader saw, when it was here before. */
  lastEventId?: string | undefined
  /** What its answer carries beside what every stream does. */
  headers?: {[name: string]: string}
}

export type LiveReaders = {
  /** Begins a stream with the state as it is. Answers `undefined` when it runs over the given connection. */
  open(connection?: LiveConnection): Response | undefined
  count(): number
  close(): void
}

/**
 * All open pages behind one subscription: each change is written once and handed to every reader, in the order of
 * the changes. The subscription begins with the first reader.
 */
export function createLiveReaders({
  subscribe,
  clock,
  feed,
}: {
  subscribe: (receive: (state: BreakingState) => void) => () => void
  clock: Clock
  feed: FeedOptions
}): LiveReaders {
  const readers = new Set<LiveReader>()
  const events = createLiveEvents(clock, feed)
  /** What is being handed out, and to whom: those who were here when it was written. */
  const rounds: {bytes: Uint8Array; to: readonly LiveReader[]; next: number}[] = []
  let turn: NodeJS.Immediate | undefined
  /** Whoever connected before the state was known, with the last event that each had seen. */
  const ungreeted = new Map<LiveReader, string | undefined>()
  let known = false
  let unsubscribe: (() => void) | undefined
  let ticking: NodeJS.Timeout | undefined

  const toAll = (bytes: Uint8Array) => {
    rounds.push({bytes, to: [...readers].filter((reader) => !ungreeted.has(reader)), next: 0})
    if (turn === undefined) handOut()
  }
  const handOut = () => {
    turn = undefined
    const [round] = rounds
    if (round === undefined) return
    const end = round.next + readersAtOnce
    for (const reader of round.to.slice(round.next, end)) give(reader, round.bytes)
    round.next = end
    if (end >= round.to.length) rounds.shift()
    if (rounds.length > 0) turn = setImmediate(handOut)
  }
  const give = (reader: LiveReader, bytes: Uint8Array) => {
    if (!readers.has(reader)) return
    if (reader.waiting() + bytes.byteLength > longestQueue) {
      readers.delete(reader)
      reader.cut()
    } else {
      reader.write(bytes)
    }
  }

  const start = () => {
    unsubscribe ??= subscribe((state) => {
      toAll(events.take(state))
      known = true
      for (const [reader, lastEventId] of ungreeted) give(reader, events.greeting(lastEventId))
      ungreeted.clear()
    })
    ticking ??= setInterval(() => {
      if (readers.size > 0) toAll(events.tick())
    }, tickMilliseconds).unref()
  }

  return {
    open({outgoing, lastEventId, headers = {}} = {}) {
      let reader: LiveReader | undefined
      const gone = () => {
        if (reader === undefined) return
        readers.delete(reader)
        ungreeted.delete(reader)
      }
      let response: Response | undefined
      if (outgoing) {
        reader = connectionReader(outgoing, headers, gone)
      } else {
        ;({reader, response} = streamReader(gone))
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      }
      readers.add(reader)
      if (known) reader.write(events.greeting(lastEventId))
      else ungreeted.set(reader, lastEventId)
      start()
      return response
    },
    count: () => readers.size,
    close() {
      unsubscribe?.()
      clearInterval(ticking)
      clearImmediate(turn)
      for (const reader of readers) reader.end()
      readers.clear()
    },
  }
}
