import {keepAliveText, type FrameSink} from './frames.ts'
import {createWaitingBytes, type WaitingBytes} from './waitingBytes.ts'

/** The limits of one connection. Times in milliseconds, sizes in bytes. */
export type StreamLimits = {
  /** What may wait for a slow reader before it is cut off. */
  bufferBytes: number
  /** What waits on all connections together. */
  waiting: WaitingBytes
  keepAlive: number
  /** When to end a stream, so that its reader comes back and is let in (or not) anew. */
  lifetime: number
}

/** The most that may wait for one reader, in bytes. Larger than any event but those of the largest documents. */
export const mostBytesForOne = 8 * 1024 * 1024

/** The most that may wait for all readers of the process together, in bytes: beyond it the furthest behind are cut. */
export const mostBytesForAll = 128 * 1024 * 1024

/** What holding a chunk costs beside its contents, in bytes, roughly: small events add up to more than their text. */
const bytesAroundChunk = 256

/** The hosted lake's lifetime (30 minutes) and a keep-alive inside its 10 to 30 seconds. */
export const defaultStreamLimits: StreamLimits = {
  bufferBytes: mostBytesForOne,
  waiting: createWaitingBytes(mostBytesForAll),
  keepAlive: 15_000,
  lifetime: 30 * 60_000,
}

/** An open response of server-sent events. */
export type EventStream = FrameSink & {body: ReadableStream<Uint8Array>; closed: AbortSignal}

/** How soon a client tries again when the connection is lost, in milliseconds. */
const retryAfter = 1000

/**
 * Opens a response body for events. Writing never waits: what the reader has not taken is kept up to
 * `bufferBytes`, then the connection is cut, so that a reader that stopped reading costs no more than that.
 * `closed` is aborted when the stream is over, whoever ended it; its reason says why.
 */
export function openEventStream(limits: StreamLimits = defaultStreamLimits): EventStream {
  const encoder = new TextEncoder()
  const closing = new AbortController()
  let keepAlive: NodeJS.Timeout | undefined
  let lifetime: NodeJS.Timeout | undefined
  let send: (text: string) => void = () => undefined
  let end: () => void = () => undefined
  let cut: () => void = () => undefined
  const waiting = limits.waiting.open(() => cut())

  function close(reason: StreamOver): void {
    waiting.close()
    clearInterval(keepAlive)
    clearTimeout(lifetime)
    closing.abort(reason)
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        send = (text) => {
          if (closing.signal.aborted) return
          controller.enqueue(encoder.encode(text))
          const room = controller.desiredSize ?? 0
          if (room <= 0) cut()
          else waiting.is(limits.bufferBytes - room)
        }
        cut = () => {
          const over = new StreamOver('The reader is too slow, so the connection was cut.')
          close(over)
          controller.error(over)
        }
        end = () => {
          if (closing.signal.aborted) return
          close(new StreamOver('The server ended the stream.'))
          controller.close()
        }
        keepAlive = setInterval(() => send(keepAliveText), limits.keepAlive)
        lifetime = setTimeout(end, limits.lifetime)
        keepAlive.unref()
        lifetime.unref()
        send(`retry: ${retryAfter}\n\n`)
      },
      pull(controller) {
        waiting.is(limits.bufferBytes - (controller.desiredSize ?? 0))
      },
      cancel() {
        close(new StreamOver('The reader went away.'))
      },
    },
    {highWaterMark: limits.bufferBytes, size: ({byteLength}) => byteLength + bytesAroundChunk},
  )
  return {body, closed: closing.signal, send: (text) => send(text), end: () => end()}
}

/**
 * Why a stream is over. Without a code of Node's: the web server leaves a socket open that it believes to be closed by its
 * reader, and a reader that does not read closes nothing. It writes the error to its log, in this one line.
 */
class StreamOver extends Error {
  override readonly name = 'StreamOver'
  override readonly stack = `StreamOver: ${this.message}`
}

/** The response that carries an event stream; nothing on its way may buffer, compress or keep it. */
export function eventStreamResponse(stream: EventStream): Response {
  return new Response(stream.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
