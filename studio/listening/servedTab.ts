import type {Carrier} from './carrier.ts'
import type {TabMessage, WorkerMessage} from './messages.ts'

/** The worker's end of a tab's port. */
export type ServedTab = {receive(message: TabMessage): void; leave(): void}

/**
 * Serves one tab: opens its listeners on the carrier of their lake, and closes all of them when the tab leaves.
 * `carrierOf` gives the one carrier of an origin; `whenGone` watches the tab's lifeline.
 */
export function serveTab(
  carrierOf: (origin: string) => Carrier,
  post: (message: WorkerMessage) => void,
  whenGone: (lock: string, callback: () => void) => void,
): ServedTab {
  const stops = new Map<number, () => void>()

  function leave(): void {
    for (const stop of stops.values()) stop()
    stops.clear()
  }

  function receive(message: TabMessage): void {
    if (message.kind === 'leave') return leave()
    if (message.kind === 'alive') return whenGone(message.lock, leave)
    const {listener} = message
    if (message.kind === 'close') {
      stops.get(listener)?.()
      stops.delete(listener)
      return
    }
    const stop = carrierOf(message.origin).open(message.request, {
      respond: (status, body) => post({kind: 'respond', listener, status, body}),
      send: (text) => post({kind: 'send', listener, text}),
      end: () => {
        stops.delete(listener)
        post({kind: 'end', listener})
      },
    })
    stops.set(listener, stop)
  }
  return {receive, leave}
}
