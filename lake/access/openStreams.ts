/** How often it is looked whether anybody's access may have been ended, in milliseconds. */
const lookInterval = 100

/** How often open streams ask besides, in milliseconds: a session runs out without anything being written. */
const recheckInterval = 2_000

/**
 * The event streams that are open. A stream outlives the check at its start by hours, so it is ended
 * when its session or token is, and all of them when the lake closes.
 */
export type OpenStreams = {
  /** The same response, ended as soon as `stillValid` says no. */
  guard(response: Response, stillValid: () => Promise<boolean>): Response
  endAll(): void
}

type OpenStream = {stillValid(): Promise<boolean>; end(): void}

/** `stamp` changes whenever anything is written about people, sessions and tokens. */
export function createOpenStreams(stamp: () => string): OpenStreams {
  const open = new Set<OpenStream>()
  let timer: NodeJS.Timeout | undefined
  let checked = {stamp: '', at: 0}

  async function look(): Promise<void> {
    const now = {stamp: stamp(), at: performance.now()}
    if (now.stamp === checked.stamp && now.at - checked.at < recheckInterval) return
    checked = now
    for (const stream of open) {
      if (!(await stream.stillValid().catch(() => false))) stream.end()
    }
  }

  function add(stream: OpenStream): void {
    open.add(stream)
    timer ??= setInterval(look, lookInterval).unref()
  }

  function remove(stream: OpenStream): void {
    open.delete(stream)
    if (open.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    guard(response, stillValid) {
      if (!response.body) return response
      const reader = response.body.getReader()
      let stream: OpenStream | undefined
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          stream = {
            stillValid,
            end() {
              if (stream) remove(stream)
              stream = undefined
              controller.close()
              reader.cancel().catch(() => undefined)
            },
          }
          add(stream)
          // A stream that is cut because nobody reads is told at once: nobody may ever ask for its next chunk.
          reader.closed.catch((error: unknown) => {
            if (stream) remove(stream)
            stream = undefined
            controller.error(error)
          })
        },
        async pull(controller) {
          const chunk = await reader.read().catch(() => undefined)
          if (!stream || !chunk) return
          if (chunk.done) return stream.end()
          controller.enqueue(chunk.value)
        },
        cancel(reason) {
          if (stream) remove(stream)
          stream = undefined
          return reader.cancel(reason)
        },
      })
      return new Response(body, response)
    },
    endAll() {
      for (const stream of open) stream.end()
    },
  }
}
