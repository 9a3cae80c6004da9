export type ServerEvent = {id: string; event: string; data: string}

export type EventReader = {
  next(): Promise<ServerEvent>
  close(): Promise<void>
}

/** A reader that takes one event after the other off a stream; comments and `retry` are passed over. */
export function reader(response: Response): EventReader {
  const decoder = new TextDecoder()
  const bytes = response.body?.getReader()
  let waiting = ''
  const next = async (): Promise<ServerEvent> => {
    for (;;) {
      const end = waiting.indexOf('\n\n')
      if (end >= 0) {
        const fields = new Map(
          waiting
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
        )
        waiting = waiting.slice(end + 2)
        const event = fields.get('event')
        if (event === undefined) continue
        return {id: fields.get('id') ?? '', event, data: fields.get('data') ?? ''}
      }
      const chunk = await bytes?.read()
      if (!chunk || chunk.done) throw new Error('The stream ended.')
      waiting += decoder.decode(chunk.value, {stream: true})
    }
  }
  return {next, close: async () => await bytes?.cancel()}
}
