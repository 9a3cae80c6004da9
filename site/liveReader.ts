import type {ServerResponse} from 'node:http'

/** One open connection of somebody who follows breaking news. */
export type LiveReader = {
  /** Hands bytes over without waiting; what is not taken at once is kept. */
  write(bytes: Uint8Array): void
  /** Bytes that are kept for this reader. */
  waiting(): number
  /** Ends the stream as a server does that stops. */
  end(): void
  /** Breaks the connection off and lets go of what waits. */
  cut(): void
}

/** What carries the stream: nothing on its way may buffer, pack or keep it, and everyone may read it. */
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const

/**
 * A reader behind a connection of Node's web server, which this takes over: a stream of the web's own kind would cost
 * each of ten thousand readers some kilobytes and several turns of the event loop for every event. The answer has
 * neither a length nor chunks: it ends with the connection (RFC 9112, section 6.3), so that an event is one write.
 * `gone` is called once, when the connection is over.
 */
export function connectionReader(
  outgoing: ServerResponse,
  extraHeaders: {[name: string]: string},
  gone: () => void,
): LiveReader {
  outgoing.removeHeader('transfer-encoding')
  outgoing.writeHead(200, {...headers, ...extraHeaders, connection: 'close'})
  outgoing.flushHeaders()
  outgoing.once('close', gone)
  const {socket} = outgoing
  // An open page may stay silent for as long as it likes.
  socket?.setTimeout(0)
  return {
    write: (bytes) => void socket?.write(bytes),
    waiting: () => socket?.writableLength ?? 0,
    end: () => void outgoing.end(),
    cut: () => void socket?.destroy(),
  }
}

/** The same as a stream of the web's own kind, for hosts that hand no connection out. */
export function streamReader(gone: () => void): {reader: LiveReader; response: Response} {
  let send: ReadableStreamDefaultController<Uint8Array> | undefined
  const most = Number.MAX_SAFE_INTEGER
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        send = controller
      },
      cancel: gone,
    },
    new ByteLengthQueuingStrategy({highWaterMark: most}),
  )
  const reader: LiveReader = {
    write: (bytes) => send?.enqueue(bytes),
    waiting: () => most - (send?.desiredSize ?? most),
    end: () => send?.close(),
    cut: () => send?.error(new Error('This reader does not read.')),
  }
  return {reader, response: new Response(stream, {headers})}
}
