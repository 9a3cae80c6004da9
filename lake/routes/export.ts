import {Hono} from 'hono'
import {stream} from 'hono/streaming'

import type {LakeHonoEnv} from './environment.ts'

/** `GET /data/export/:dataset`: every document that the caller may read, a line of JSON each. */
export function exportRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/export/:dataset', (context) => {
    const {caller, dataset} = context.var
    const types = context.req
      .query('types')
      ?.split(',')
      .filter((type) => type !== '')
    context.header('content-type', 'application/x-ndjson')
    return stream(context, async (lines) => {
      for await (const document of dataset.exportDocuments(types, caller)) {
        await lines.write(`${JSON.stringify(document)}\n`)
      }
    })
  })
  return routes
}
