import {evaluate, parse} from 'groq-js'

import {createLakeClient} from '../../../queries/client.ts'

type Stored = {_id: string; _type: string} & {[field: string]: unknown}

/**
 * A lake of a few documents behind a real client: queries run by groq-js, listeners hear every change of
 * breaking news. It can break streams and refuse questions when a test wants it to.
 */
export function memoryLake(...documents: readonly Stored[]) {
  const stored = new Map(documents.map((document) => [document._id, asJson(document)]))
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const questions: string[] = []
  let refusing = false

  const toListeners = (message: string) => {
    for (const listener of listeners) listener.enqueue(encoder.encode(message))
  }

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    if (refusing) {
      const error = {
        statusCode: 500,
        error: 'Internal Server Error',
        message: 'Refused by the test.',
      }
      return Response.json(error, {status: 500})
    }
    if (url.pathname.includes('/data/listen/')) return listen(request)
    const {query, params} = await questionOf(request, url)
    questions.push(query)
    const value = await evaluate(parse(query, {params}), {dataset: [...stored.values()], params})
    return Response.json({result: await value.get(), ms: 1})
  }

  const listen = (request: Request): Response => {
    let mine: ReadableStreamDefaultController<Uint8Array> | undefined
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        mine = controller
        listeners.add(controller)
        controller.enqueue(encoder.encode('event: welcome\ndata: {"listenerName":"test"}\n\n'))
        request.signal.addEventListener('abort', () => listeners.delete(controller))
      },
      cancel() {
        if (mine) listeners.delete(mine)
      },
    })
    return new Response(stream, {headers: {'content-type': 'text/event-stream'}})
  }

  const client = createLakeClient({
    lake: 'embedded',
    projectId: 'testing',
    dataset: 'production',
    perspective: 'published',
    apiHost: 'http://localhost:3999',
    resolveFetch: () => (input, init) => answer(new Request(input, init)),
  })

  return {
    client: client.withConfig({maxRetries: 0}),
    /** Every query asked so far. */
    questions,
    listenerCount: () => listeners.size,
    write(document: Stored) {
      stored.set(document._id, asJson(document))
      const event = {
        documentId: document._id,
        transition: 'update',
        eventId: 'x',
        visibility: 'query',
      }
      toListeners(`event: mutation\ndata: ${JSON.stringify(event)}\n\n`)
    },
    /** Writes without telling listeners, as happens while a stream is broken. */
    writeUnheard(document: Stored) {
      stored.set(document._id, asJson(document))
    },
    breakStreams() {
      for (const listener of listeners) listener.close()
      listeners.clear()
    },
    refuse(refuse: boolean) {
      refusing = refuse
    },
  }
}

export type MemoryLake = ReturnType<typeof memoryLake>

/** As a store holds it: without what JSON cannot say. */
function asJson(document: Stored): unknown {
  return JSON.parse(JSON.stringify(document))
}

async function questionOf(
  request: Request,
  url: URL,
): Promise<{query: string; params: {[name: string]: unknown}}> {
  if (request.method === 'POST') {
    const {query, params = {}}: {query: string; params?: {[name: string]: unknown}} =
      await request.json()
    return {query, params}
  }
  const params = [...url.searchParams]
    .filter(([name]) => name.startsWith('$'))
    .map(([name, value]) => [name.slice(1), JSON.parse(value)])
  return {query: url.searchParams.get('query') ?? '', params: Object.fromEntries(params)}
}
