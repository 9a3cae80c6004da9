import type {Carrier} from './carrier.ts'
import {createChannelCarrier} from './channelCarrier.ts'
import {holdLifeline, whenLifelineEnds} from './lifeline.ts'
import type {TabMessage, WorkerMessage} from './messages.ts'
import {serveTab} from './servedTab.ts'
import {browserSurroundings} from './surroundings.ts'

/**
 * The shared worker: one for all Studio tabs of a browser, it holds their one connection a lake
 * (docs/decisions/0001-one-listening-connection.md).
 */
const carriers = new Map<string, Carrier>()
const lifeline = holdLifeline(`dateline.listening.worker.${browserSurroundings.newId()}`)

function carrierOf(origin: string): Carrier {
  const carrier = carriers.get(origin) ?? createChannelCarrier(origin, browserSurroundings)
  carriers.set(origin, carrier)
  return carrier
}

async function serve(port: MessagePort): Promise<void> {
  const post = (message: WorkerMessage) => port.postMessage(message)
  const tab = serveTab(carrierOf, post, whenLifelineEnds)
  port.addEventListener('message', ({data}: MessageEvent<readonly TabMessage[]>) => {
    for (const message of data) tab.receive(message)
  })
  port.start()
  post({kind: 'ready', lock: await lifeline})
}

addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  if (port) void serve(port)
})
