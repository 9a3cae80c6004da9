/** One server-sent event. `data` is JSON text, which holds no line breaks. */
export type Frame = {event: string; data: string; id?: string}

/** The text of an event on the wire (WHATWG HTML, "Server-sent events", section 9.2.5). */
export function frameText({event, data, id}: Frame): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`
}

/** A comment, which readers skip: it keeps proxies from closing a connection on which nothing happens. */
export const keepAliveText = ':\n\n'

/** Where the events of one listener go: a response of its own, or a place on a channel. */
export type FrameSink = {
  /** Sends the text of whole frames. Never waits; a reader that is too slow is cut off by the sink. */
  send(text: string): void
  /** Ends the stream. The client reconnects, with its last event id. */
  end(): void
}
