import {createClient, type ClientConfig, type SanityClient} from '@sanity/client'

import type {Carrier} from './carrier.ts'
import {createChannelCarrier} from './channelCarrier.ts'
import {createListeningFetch} from './listeningFetch.ts'
import {createSharedCarrier} from './sharedCarrier.ts'
import {browserSurroundings} from './surroundings.ts'

/** One carrier a page and lake, however many clients the Studio makes. */
const carriers = new Map<string, Carrier>()

/**
 * The Studio's client for an embedded lake, for `unstable_clientFactory`. Its listeners share one connection with those of
 * all other Studio tabs of the browser; plain HTTP/1.1 allows six a host, and one open document alone would use
 * them up, so that nothing could be saved (docs/decisions/0001-one-listening-connection.md).
 */
export function lakeClientFactory(config: ClientConfig): SanityClient {
  const lake = config.apiHost && URL.canParse(config.apiHost) ? new URL(config.apiHost).origin : ''
  const listeningFetch = createListeningFetch({
    carrierOf,
    isLake: (origin) => origin === lake,
    fetch: (input, init) => fetch(input, init),
  })
  return createClient({...config, useProjectHostname: false, resolveFetch: () => listeningFetch})
}

function carrierOf(origin: string): Carrier {
  const carrier = carriers.get(origin) ?? createCarrier(origin)
  carriers.set(origin, carrier)
  return carrier
}

/** Chrome on Android has no shared workers: there each tab has a connection of its own. */
function createCarrier(origin: string): Carrier {
  const ownCarrier = () => createChannelCarrier(origin, browserSurroundings)
  if (typeof SharedWorker === 'undefined') return ownCarrier()
  return createSharedCarrier({
    origin,
    connectWorker: () =>
      new SharedWorker(new URL('./worker.ts', import.meta.url), {
        type: 'module',
        name: 'dateline-listening',
      }),
    fallback: ownCarrier,
    newId: browserSurroundings.newId,
  })
}
