import {Hono} from 'hono'

import type {LakeHonoEnv} from './environment.ts'
import {answerLines, lineOf} from './ndjson.ts'

/** Documents on one page of an export with a cursor. */
const pageLength = 1_000

/**
 * `GET /data/export/:dataset`: every document that the caller may read, a line of JSON each. With `nextCursor` (empty
 * at first) a page of them, and a last line that holds the cursor of the next; an empty one says that it is over.
 */
export function exportRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/export/:dataset', async (context) => {
    const {caller, dataset} = context.var
    const types = context.req
      .query('types')
      ?.split(',')
      .filter((type) => type !== '')
    const after = context.req.query('nextCursor')
    if (after !== undefined) {
      const page = await dataset.exportPage({types, after, limit: pageLength + 1}, caller)
      const lines: object[] = page.slice(0, pageLength)
      const nextCursor = page.length > pageLength ? (page[pageLength - 1]?._id ?? '') : ''
      context.header('content-type', 'application/x-ndjson')
      return context.body([...lines, {nextCursor}].map(lineOf).join(''))
    }
    return await answerLines(context, dataset.exportDocuments(types, caller))
  })
  return routes
}
