import {Hono} from 'hono'

import {eventStreamResponse, openEventStream} from '../live/eventStream.ts'
import {readListenRequest} from '../live/listenRequest.ts'
import {atLeast, type LakeHonoEnv} from './environment.ts'
import {administrator} from './guards.ts'

/** Whether listeners of this API version get drafts and versions unasked. */
export function versionsByDefault(apiVersion: string): boolean {
  return !atLeast(apiVersion, '2025-02-19')
}

/**
 * `GET /data/listen/{dataset}`: one listener as a stream of server-sent events. `GET /data/listeners/{dataset}`: what all of
 * them cost (`LiveCounts`), for administrators.
 */
export function listenRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/listen/:dataset', (context) => {
    const request = readListenRequest(new URL(context.req.url).searchParams, {
      versionsByDefault: versionsByDefault(context.get('apiVersion')),
      lastEventId: context.req.header('last-event-id'),
    })
    const stream = openEventStream()
    // A HEAD request comes here too, and has nobody to read a body.
    if (context.req.method === 'HEAD') stream.end()
    else {
      const stop = context.get('live').listen(request, context.get('caller'), stream)
      stream.closed.addEventListener('abort', stop)
    }
    return eventStreamResponse(stream)
  })
  routes.get('/data/listeners/:dataset', administrator, (context) =>
    context.json(context.get('live').counts()),
  )
  return routes
}
