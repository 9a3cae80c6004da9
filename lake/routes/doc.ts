import {Hono} from 'hono'

import type {LakeHonoEnv} from './environment.ts'

/**
 * `GET /data/doc/:dataset/:ids`: documents by id as they are stored, whatever the perspective. An id that no document
 * can have is one that is not there: the Studio asks for many at once, some of them read out of references.
 */
export function docRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.get('/data/doc/:dataset/:ids', async (context) => {
    const ids = context.req
      .param('ids')
      .split(',')
      .filter((id) => id !== '')
    const {caller, dataset} = context.var
    if (context.req.query('includeAllVersions') === 'true') {
      return context.json({documents: await dataset.versionsOf(ids, caller), omitted: []})
    }
    const {documents, omitted} = await dataset.documents(ids, caller)
    if (context.req.query('excludeContent') !== 'true') return context.json({documents, omitted})
    return context.json({documents: documents.map(({_id}) => ({_id})), omitted})
  })
  return routes
}
