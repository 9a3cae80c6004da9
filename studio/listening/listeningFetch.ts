import type {ClientConfig} from '@sanity/client'

import type {Carrier, ListenerRequest} from './carrier.ts'

/** The `fetch` that `@sanity/client` uses, for requests and event streams alike. */
export type ClientFetch = ReturnType<NonNullable<ClientConfig['resolveFetch']>>

/**
 * A fetch that hands listeners of one lake to the carrier and answers them as the lake would: a stream of the
 * very same events. Everything else goes out as ordinary requests, with the session's cookie; so does a listener with a
 * token of its own, since the shared connection is the session's.
 */
export function createListeningFetch(parts: {
  carrierOf(origin: string): Carrier
  isLake(origin: string): boolean
  fetch: typeof fetch
}): ClientFetch {
  return (input, init = {}) => {
    const url = URL.canParse(input) ? new URL(input) : undefined
    const headers = new Headers(init.headers)
    const listens = url !== undefined && /^\/v[^/]+\/data\/listen\//.test(url.pathname)
    if (!listens || !parts.isLake(url.origin) || headers.has('authorization')) {
      const {body, ...rest} = init
      return parts.fetch(input, {credentials: 'include', ...rest, ...(body ? {body} : {})})
    }
    const lastEventId = headers.get('last-event-id')
    const request = {url: url.href, ...(lastEventId === null ? {} : {lastEventId})}
    return answer(parts.carrierOf(url.origin), request, init.signal)
  }
}

/** The response to one listener; a signal that aborts stops the listener, as it would close a connection. */
function answer(
  carrier: Carrier,
  request: ListenerRequest,
  signal: AbortSignal | undefined,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError())
    const encoder = new TextEncoder()
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined

    const stop = carrier.open(request, {
      respond(status, body) {
        if (status !== 200) {
          signal?.removeEventListener('abort', abort)
          return resolve(
            new Response(body, {status, headers: {'content-type': 'application/json'}}),
          )
        }
        const events = new ReadableStream<Uint8Array>({
          start(controller) {
            stream = controller
          },
          cancel: () => stop(),
        })
        resolve(new Response(events, {headers: {'content-type': 'text/event-stream'}}))
      },
      send: (text) => stream?.enqueue(encoder.encode(text)),
      end() {
        signal?.removeEventListener('abort', abort)
        // Without an answer yet this is what a failed connection looks like; the client tries again.
        if (stream) stream.close()
        else reject(new TypeError('The connection to the lake was lost.'))
      },
    })

    function abort(): void {
      stop()
      if (stream) stream.error(abortError())
      else reject(abortError())
    }
    signal?.addEventListener('abort', abort, {once: true})
  })
}

function abortError(): DOMException {
  return new DOMException('The listener was closed.', 'AbortError')
}
