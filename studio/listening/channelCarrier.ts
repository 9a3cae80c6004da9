import type {Carrier, ListenerRequest, Receiver} from './carrier.ts'
import {createFrameReader, type ChannelFrame} from './channelFrames.ts'

/** What a carrier needs from where it runs. Times in milliseconds. */
export type ChannelSurroundings = {
  fetch(url: string, init: RequestInit): Promise<Response>
  newId(): string
  setTimer(callback: () => void, milliseconds: number): () => void
}

/** A listener waits to be sent, is sent and waits for its answer, or is open. */
type Listener = {
  name: string
  base: string
  search: string
  lastEventId: string | undefined
  receiver: Receiver
  state: 'waiting' | 'sent' | 'open'
}

type Channel = {
  id: string
  base: string
  abort: AbortController
  ready: boolean
  /** Listeners to take back with the next request. */
  closing: string[]
}

/** Opening a document asks for half a dozen listeners within a few milliseconds: they go in one request. */
const gatherFor = 5
/** How long a channel without listeners is kept, since most often the next document is opened at once. */
const idleFor = 5000
/** The lake sends a comment every 15 s; a channel this silent is dead, as after a night in a closed laptop. */
const silentFor = 45_000
const retryAfter = {first: 250, longest: 5000}
/** The longest listeners (14.8 kB each) of one request stay below the lake's limit of 1 MB. */
const listenersPerRequest = 50

/**
 * Carries any number of listeners to one lake over one connection: a channel. When it is lost, every open listener's
 * stream ends, and its client asks again with its last event id, as it would of a stream of its own; what waits for
 * an answer is asked again by itself. Reconnecting is tried ever less often, up to every five seconds.
 */
export function createChannelCarrier(origin: string, surroundings: ChannelSurroundings): Carrier {
  const {fetch, newId, setTimer} = surroundings
  const listeners = new Map<string, Listener>()
  let channel: Channel | undefined
  let counter = 0
  let posting = false
  let retryDelay = retryAfter.first
  let cancelFlush: (() => void) | undefined
  let cancelRetry: (() => void) | undefined
  let cancelIdle: (() => void) | undefined

  function open({url, lastEventId}: ListenerRequest, receiver: Receiver): () => void {
    const {base, search} = splitAddress(url)
    const name = String((counter += 1))
    listeners.set(name, {name, base, search, lastEventId, receiver, state: 'waiting'})
    cancelIdle?.()
    flushSoon()
    return () => stop(name)
  }

  function stop(name: string): void {
    const listener = listeners.get(name)
    if (!listener) return
    listeners.delete(name)
    if (listener.state !== 'waiting') channel?.closing.push(name)
    if (listeners.size === 0) cancelIdle = setTimer(() => channel?.abort.abort(), idleFor)
    flushSoon()
  }

  function flushSoon(): void {
    cancelFlush ??= setTimer(() => {
      cancelFlush = undefined
      if (channel?.ready) void post(channel)
      else connectIfNeeded()
    }, gatherFor)
  }

  function waiting(): Listener[] {
    return [...listeners.values()].filter(({state}) => state === 'waiting')
  }

  function waitingFor(base: string): Listener[] {
    return waiting().filter((listener) => listener.base === base)
  }

  function connectIfNeeded(): void {
    const [first] = waiting()
    if (channel || cancelRetry || !first) return
    const abort = new AbortController()
    channel = {id: newId(), base: first.base, abort, ready: false, closing: []}
    void carry(channel)
  }

  /** Opens a channel and reads it to its end. */
  async function carry(own: Channel): Promise<void> {
    try {
      const response = await fetch(`${origin}${own.base}?id=${own.id}`, {
        credentials: 'include',
        cache: 'no-store',
        headers: {Accept: 'text/event-stream'},
        signal: own.abort.signal,
      })
      if (!response.ok || !response.body) {
        const body = await response.text()
        if (!isPassing(response.status)) {
          retryDelay = retryAfter.first
          refuse(waitingFor(own.base), response.status, body)
        }
      } else {
        own.ready = true
        flushSoon()
        await read(own, response.body)
      }
    } catch {
      // The network's failures all mean the same: try again.
    }
    lost(own)
  }

  async function read(own: Channel, body: ReadableStream<Uint8Array>): Promise<void> {
    const frames = createFrameReader()
    const decoder = new TextDecoder()
    const reader = body.getReader()
    for (;;) {
      const cancelWatch = setTimer(() => own.abort.abort(), silentFor)
      const {done, value} = await reader.read().finally(cancelWatch)
      if (done || channel !== own) return
      retryDelay = retryAfter.first
      for (const frame of frames(decoder.decode(value, {stream: true}))) receive(frame)
    }
  }

  function receive(frame: ChannelFrame): void {
    const listener = listeners.get(frame.listener)
    if (!listener) return
    if ('text' in frame) return listener.receiver.send(frame.text)
    if (frame.control === 'opened') {
      listener.state = 'open'
      return listener.receiver.respond(200, '')
    }
    if (frame.control === 'ended') return endListener(listener)
    const {status, body} = readRefusal(frame.data)
    refuse([listener], status, body)
  }
  /** Asks for what waits and takes back what was stopped, one request at a time. */
  async function post(own: Channel): Promise<void> {
    if (posting || channel !== own) return
    const [first] = waiting()
    if (!first && own.closing.length === 0) return
    const base = first?.base ?? own.base
    const asked = waitingFor(base).slice(0, listenersPerRequest)
    const close = own.closing.splice(0)
    for (const listener of asked) listener.state = 'sent'
    posting = true
    const answer = await send(own, base, asked, close)
    posting = false
    const unanswered = asked.filter((listener) => listener.state === 'sent')
    if (answer === undefined || answer.status === channelGone || isPassing(answer.status)) {
      own.abort.abort()
    } else if (answer.status >= 400) {
      refuse(unanswered, answer.status, answer.body)
    }
    flushSoon()
  }

  /** The lake's answer to one request; `undefined` when the network failed. */
  async function send(
    own: Channel,
    base: string,
    asked: readonly Listener[],
    close: readonly string[],
  ): Promise<{status: number; body: string} | undefined> {
    const open = asked.map(({name, search, lastEventId}) => ({listener: name, search, lastEventId}))
    try {
      const response = await fetch(`${origin}${base}/${own.id}`, {
        method: 'POST',
        credentials: 'include',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({open, close}),
        signal: own.abort.signal,
      })
      return {status: response.status, body: await response.text()}
    } catch {
      return undefined
    }
  }

  function refuse(refused: readonly Listener[], status: number, body: string): void {
    for (const {name, receiver} of refused) {
      if (listeners.delete(name)) receiver.respond(status, body)
    }
  }

  function endListener({name, state, receiver}: Listener): void {
    listeners.delete(name)
    if (state !== 'open') receiver.respond(200, '')
    receiver.end()
  }

  /** Gives up a channel: what was open ends, what was not yet answered waits for the next one. */
  function lost(own: Channel): void {
    if (channel !== own) return
    channel = undefined
    own.abort.abort()
    for (const listener of listeners.values()) {
      if (listener.state === 'open') endListener(listener)
      else listener.state = 'waiting'
    }
    cancelRetry = setTimer(() => {
      cancelRetry = undefined
      connectIfNeeded()
    }, retryDelay)
    retryDelay = Math.min(retryDelay * 2, retryAfter.longest)
  }

  return {open}
}

/** A listener's address in parts: `/v2025-02-19/data/channel/production` and its query string. */
function splitAddress(url: string): {base: string; search: string} {
  const {pathname, search} = new URL(url)
  return {base: pathname.replace('/data/listen/', '/data/channel/'), search}
}

/** The answer that the listener's own request would have got; the lake's fault when it cannot be read. */
function readRefusal(data: string): {status: number; body: string} {
  const refusal: unknown = JSON.parse(data)
  if (typeof refusal !== 'object' || refusal === null || !('status' in refusal)) {
    return {status: 500, body: data}
  }
  const {status} = refusal
  const body = 'body' in refusal ? JSON.stringify(refusal.body) : ''
  return typeof status === 'number' ? {status, body} : {status: 500, body}
}

/** The lake's answer when the channel is closed, or is not this person's any more. */
const channelGone = 410

/** Answers on which trying again is right, as for the client's own requests (its `reconnectOnConnectionFailure`). */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429
}
