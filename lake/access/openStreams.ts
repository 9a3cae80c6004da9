/** How often open streams ask whether the credentials that opened them still hold, in milliseconds. */
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

export function createOpenStreams(): OpenStreams {
  const open = new Set<OpenStream>()
  let timer: NodeJS.Timeout | undefined

  async function recheck(): Promise<void> {
    for (const stream of open) {
      if (!(await stream.stillValid().catch(() => false))) stream.end()
    }
  }

  function add(stream: OpenStream): void {
    open.add(stream)
    timer ??= setInterval(recheck, recheckInterval).unref()
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
