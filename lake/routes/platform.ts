import {Hono} from 'hono'

import type {LakeHonoEnv} from './environment.ts'
import {administrator, signedIn} from './guards.ts'
import type {Ledger} from './ledger.ts'

/**
 * What the Studio asks of the platform around a lake: plans, help, telemetry, add-ons. The honest answer is
 * "nothing of that kind", in the form that makes it carry on quietly.
 */
export function platformRoutes({ledger}: {ledger: Ledger}): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()

  const pong = {ok: true}
  for (const path of ['/ping', '/data/ping/:dataset']) {
    routes.get(path, (context) => {
      // The Studio reads the protocol of this request from the browser's timings, which need this header.
      context.header('Timing-Allow-Origin', '*')
      context.header('X-Sanity-Shard', context.var.projectId)
      return context.json(pong)
    })
  }

  routes.get('/check/cors', (context) => {
    const {kind, cookies} = context.var.provenance
    return context.json({result: {allowed: kind !== 'foreign', withCredentials: cookies}})
  })

  for (const path of ['/features', '/projects/:project/features']) {
    routes.get(path, (context) => context.json([]))
  }
  routes.get('/help', (context) => context.json({resources: {sectionArray: []}}))
  routes.all('/journey/*', (context) => context.json(null))
  routes.get('/schedules/:project/:dataset', (context) => context.json({schedules: []}))

  routes.get('/intake/telemetry-status', (context) => context.json({status: 'denied'}))
  routes.post('/intake/batch', (context) => context.json({ok: true}))

  // References from other datasets; those of the same one are found by query.
  routes.get('/data/references/:dataset/documents/:id/to', signedIn, (context) =>
    context.json({totalCount: 0, references: []}),
  )

  routes.get('/lake/ledger', administrator, (context) => context.json(ledger.entries()))

  return routes
}
