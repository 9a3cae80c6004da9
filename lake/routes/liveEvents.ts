import {Hono} from 'hono'

import {httpError} from '../errors.ts'
import {eventStreamResponse, openEventStream} from '../live/eventStream.ts'
import {atLeast, type LakeHonoEnv} from './environment.ts'

/** The first version of the API that has live content. */
const liveSince = '2021-03-25'

/** `GET /data/live/events/{dataset}`: which answers have grown old, as a stream of server-sent events. */
export function liveEventsRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/live/events/:dataset', (context) => {
    if (!atLeast(context.var.apiVersion, liveSince)) {
      throw httpError(
        400,
        'liveUnavailable',
        `Live content needs API version ${liveSince} or later.`,
      )
    }
    if (!context.req.header('accept')?.includes('text/event-stream')) {
      throw httpError(406, 'liveNotAccepted', 'Live content is sent as text/event-stream only.')
    }
    const request = {
      includeDrafts: context.req.query('includeDrafts') === 'true',
      lastEventId: context.req.header('last-event-id') || undefined,
    }
    const stream = openEventStream()
    if (context.req.method === 'HEAD') stream.end()
    else {
      const stop = context.var.liveEvents.follow(request, context.var.caller, stream)
      stream.closed.addEventListener('abort', stop)
    }
    return eventStreamResponse(stream)
  })
  return routes
}
