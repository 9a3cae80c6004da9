/** One server-sent event with its data read; `listener` and `control` stand in frames of a channel. */
export type ReadEvent = {
  event: string | undefined
  id: string | undefined
  data: unknown
  listener?: string | undefined
  control?: string | undefined
}

/** An open stream of server-sent events, read as bytes come in. */
export type EventReader = {
  response: Response
  /** The next events; waits for them, and fails when the stream ends before. */
  take(count: number): Promise<ReadEvent[]>
  /** The next event. */
  next(): Promise<ReadEvent>
  /** The blocks that come in until the stream is over, comments and all, as text. */
  rest(): Promise<string>
  close(): Promise<void>
}

/** Opens an event stream. Comments and bare `retry` fields are skipped by `take` and `next`. */
export async function readEvents(url: string, headers: {[name: string]: string}) {
  return eventReader(await fetch(url, {headers: {accept: 'text/event-stream', ...headers}}))
}

export function eventReader(response: Response): EventReader {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  async function next(): Promise<ReadEvent> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end < 0) {
        await more()
        continue
      }
      const event = parseBlock(text.slice(0, end))
      text = text.slice(end + 2)
      if (event) return event
    }
  }

  async function more(): Promise<void> {
    const {done, value} = (await reader?.read()) ?? {done: true}
    if (done) throw new Error(`The stream ended. Left over: ${text}`)
    text += value
  }

  return {
    response,
    next,
    async take(count) {
      const events: ReadEvent[] = []
      while (events.length < count) events.push(await next())
      return events
    },
    async rest() {
      try {
        for (;;) await more()
      } catch {
        return text
      }
    },
    close: async () => {
      await reader?.cancel()
    },
  }
}

function parseBlock(block: string): ReadEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [name = '', ...value] = line.split(': ')
      return [name, value.join(': ')] as const
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  const [event, id, listener, control] = ['event', 'id', 'listener', 'control'].map((name) =>
    fields.get(name),
  )
  return {event, id, data: JSON.parse(data), listener, control}
}
