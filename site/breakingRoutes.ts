import type {ServerResponse} from 'node:http'

import {RESPONSE_ALREADY_SENT} from '@hono/node-server/utils/response'
import type {SanityClient} from '@sanity/client'
import {Hono, type Context} from 'hono'

import {bannersAt, fetchLeases, nextBannerEdge} from '../queries/breaking.ts'
import {breakingFeed, type FeedOptions} from './breakingFeed.ts'
import {pageLifetime} from './caching.ts'
import type {Clock, LiveReaders} from './liveReaders.ts'
import {forEveryone} from './policy.ts'
import {fromStore} from './store.ts'

/** What the web server hands out beside a request. */
export type Connection = {outgoing?: ServerResponse}

const streamPath = '/live/breaking'
const feedPath = '/api/breaking.json'

const preflight = {
  ...forEveryone,
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': 'last-event-id, cache-control, if-none-match',
  'access-control-max-age': '86400',
} as const

export type BreakingRoutes = {
  routes: Hono
  /** Answers a request for the stream over the connection itself, where there is one; `undefined` for any other. */
  takeOver(request: Request, connection: Connection | undefined): Response | undefined
}

/** Breaking news for open pages and for partners: `GET /live/breaking` and `GET /api/breaking.json`. */
export function breakingRoutes({
  client,
  clock,
  readers,
  feed,
  security,
}: {
  client: SanityClient
  clock: Clock
  readers: LiveReaders
  feed: FeedOptions
  /** Headers of every answer of the site. */
  security: {[name: string]: string}
}): BreakingRoutes {
  const routes = new Hono()
  const answerPreflight = (context: Context) => context.body(null, 204, preflight)
  routes.options(streamPath, answerPreflight)
  routes.options(feedPath, answerPreflight)

  routes.get(streamPath, (context) => {
    // A HEAD request has no body, so nobody would ever close its stream.
    if (context.req.method === 'HEAD') return context.body(null, 200, forEveryone)
    const lastEventId = lastEventIdOf(context.req.raw)
    return readers.open({lastEventId, headers: forEveryone}) ?? context.body(null, 500)
  })

  routes.get(feedPath, async (context) => {
    const at = clock.now()
    const leases = await fromStore(fetchLeases(client, at))
    const body = breakingFeed({banners: bannersAt(leases, at), at}, feed)
    return context.json(body, 200, {
      ...forEveryone,
      'cache-control': pageLifetime(at, nextBannerEdge(leases, at)),
    })
  })

  return {
    routes,
    takeOver(request, {outgoing} = {}) {
      if (outgoing === undefined || request.method !== 'GET') return undefined
      if (new URL(request.url).pathname !== streamPath) return undefined
      const headers = {...security, ...forEveryone}
      readers.open({outgoing, lastEventId: lastEventIdOf(request), headers})
      return RESPONSE_ALREADY_SENT
    },
  }
}

/** The header is what browsers send; a script that reconnects by itself can only set the address. */
function lastEventIdOf(request: Request): string | undefined {
  const asked = new URL(request.url).searchParams.get('lastEventId')
  return request.headers.get('last-event-id') ?? asked ?? undefined
}
