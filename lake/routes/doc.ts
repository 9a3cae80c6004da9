import {Hono} from 'hono'

import type {LakeHonoEnv} from './environment.ts'

/** `GET /data/doc/:dataset/:ids`: documents by id as they are stored, whatever the perspective. */
export function docRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/doc/:dataset/:ids', async (context) => {
    const ids = context.req
      .param('ids')
      .split(',')
      .filter((id) => id !== '')
    const {documents, omitted} = await context.var.dataset.documents(ids, context.var.caller)
    if (context.req.query('excludeContent') !== 'true') return context.json({documents, omitted})
    return context.json({documents: documents.map(({_id}) => ({_id})), omitted})
  })
  return routes
}
