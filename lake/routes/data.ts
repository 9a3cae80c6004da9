import {Hono} from 'hono'

import {actionsRoutes} from './actions.ts'
import {assetsRoutes} from './assets.ts'
import {channelRoutes} from './channel.ts'
import {docRoutes} from './doc.ts'
import type {LakeHonoEnv} from './environment.ts'
import {exportRoutes} from './export.ts'
import {historyRoutes} from './history.ts'
import {listenRoutes} from './listen.ts'
import {liveEventsRoutes} from './liveEvents.ts'
import {mutateRoutes} from './mutate.ts'
import {queryRoutes} from './query.ts'
import {skippedGuardsRoutes} from './skipGuards.ts'

/** Everything under `/v…/data/` and `/v…/assets/`. */
export function dataRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  const families = [
    queryRoutes,
    docRoutes,
    mutateRoutes,
    actionsRoutes,
    historyRoutes,
    exportRoutes,
    listenRoutes,
    liveEventsRoutes,
    channelRoutes,
    assetsRoutes,
    skippedGuardsRoutes,
  ]
  for (const family of families) routes.route('/', family())
  return routes
}
