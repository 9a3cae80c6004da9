import {Hono} from 'hono'
import {bodyLimit} from 'hono/body-limit'
import {z} from 'zod'

import {httpError} from '../errors.ts'
import {createChannels} from '../live/channels.ts'
import {eventStreamResponse} from '../live/eventStream.ts'
import {readListenRequest} from '../live/listenRequest.ts'
import type {LakeHonoEnv} from './environment.ts'
import {versionsByDefault} from './listen.ts'

const channelId = z.uuid()

/** A name that the other side gave: it stands on a line of its own in every frame. */
const listenerName = z.string().regex(/^[\w.-]{1,80}$/)

const changeRequest = z.object({
  open: z
    .array(
      z.object({
        listener: listenerName,
        /** The query string of the listener's own request. */
        search: z.string(),
        lastEventId: z.string().max(200).optional(),
      }),
    )
    .default([]),
  close: z.array(listenerName).default([]),
})

/** Room for sixty of the longest listeners that the client allows (14.8 kB), in bytes. */
const bodyBytes = 1_000_000

/**
 * Many listeners over one connection. `GET /data/channel/{dataset}?id=UUID` opens a channel as a stream of server-sent
 * events, `POST /data/channel/{dataset}/{id}` opens and closes listeners on it, of the dataset and API version in its
 * own path. Only who opened a channel may change it. For people who are signed in: nobody else's browser needs one.
 */
export function channelRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  const channels = createChannels()

  routes.get('/data/channel/:dataset', (context) => {
    const id = channelId.safeParse(context.req.query('id'))
    if (!id.success) throw channelInvalid('A channel needs an id, which is a UUID.')
    const stream = channels.open(id.data, context.get('caller'))
    // A HEAD request comes here too, and has nobody to read a body.
    if (context.req.method === 'HEAD') stream.end()
    return eventStreamResponse(stream)
  })

  routes.post(
    '/data/channel/:dataset/:id',
    bodyLimit({maxSize: bodyBytes, onError: bodyTooLarge}),
    async (context) => {
      const body: unknown = await context.req.json().catch(() => undefined)
      const change = changeRequest.safeParse(body)
      if (!change.success) {
        throw channelInvalid(
          'The body must be {"open": [{"listener", "search"}], "close": ["listener"]}.',
        )
      }
      const {live, caller, apiVersion} = context.var
      const channel = channels.find(context.req.param('id'), caller)
      for (const listener of change.data.close) channel.remove(listener)
      for (const {listener, search, lastEventId} of change.data.open) {
        channel.add(listener, (sink) => {
          const request = readListenRequest(new URLSearchParams(search), {
            versionsByDefault: versionsByDefault(apiVersion),
            lastEventId,
          })
          return live.listen(request, caller, sink)
        })
      }
      return context.json({listeners: change.data.open.length})
    },
  )
  return routes
}

function channelInvalid(message: string) {
  return httpError(400, 'channelInvalid', message)
}

function bodyTooLarge(): never {
  throw httpError(413, 'bodyTooLarge', `Request body exceeds limit of ${bodyBytes} bytes`)
}
