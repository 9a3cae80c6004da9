import {Hono} from 'hono'
import {compress} from 'hono/compress'
import {createMiddleware} from 'hono/factory'

import {sessionNotFound} from '../access/authentication.ts'
import type {Role} from '../access/roles.ts'
import type {ServedDatasets} from '../servedDatasets.ts'
import {authRoutes} from './auth.ts'
import {dataRoutes} from './data.ts'
import {renderError, renderUnknownEndpoint} from './errors.ts'
import {
  checkHost,
  identify,
  introduce,
  readAddress,
  shareAcrossOrigins,
  type GateEnv,
  type GateParts,
} from './gate.ts'
import {imagesRoutes} from './images.ts'
import type {Ledger} from './ledger.ts'
import {platformRoutes} from './platform.ts'
import {projectsRoutes} from './projects.ts'
import {RememberingRouter} from './rememberingRouter.ts'
import {signInRoutes} from './signIn.ts'
import {usersRoutes} from './users.ts'

export type AppParts = GateParts & {
  served: ServedDatasets
  ledger: Ledger
  roles: readonly Role[]
  productName: string
  homePath: string
}

/** Endpoints of a dataset, and whether somebody who is not signed in may use them (for published documents). */
const openToAnyone: ReadonlySet<string> = new Set(['query', 'doc', 'listen', 'live', 'ping'])

/** The lake's whole HTTP surface. */
export function createLakeApp(parts: AppParts): Hono<GateEnv> {
  const {accounts, addresses, productName, homePath, ledger} = parts
  const app = new Hono<GateEnv>({router: new RememberingRouter()})
  app.onError(renderError)
  app.notFound((context) => renderUnknownEndpoint(context, ledger))
  app.use(introduce(parts), checkHost(parts), shareAcrossOrigins(parts))

  app.route('/', signInRoutes({accounts, addresses, productName, homePath}))

  const api = new Hono<GateEnv>()
  api.use(readAddress(parts), identify(parts), findDataset(parts.served))
  for (const path of ['/data/query/*', '/data/doc/*', '/data/history/*', '/data/export/*']) {
    api.use(path, compressOutside)
  }
  api.route('/', usersRoutes(parts))
  api.route('/', authRoutes({accounts, addresses, providerName: addresses.projectId}))
  api.route('/', projectsRoutes(parts))
  api.route('/', platformRoutes({ledger}))
  api.route('/', dataRoutes())
  app.route('/:version{v[0-9xX][^/]*}', api)

  const assetsOf = (name: string) => parts.served.find(name).assets
  app.route('/', imagesRoutes({projectId: addresses.projectId, assetsOf}))
  return app
}

const gzip = compress()

/** In process nobody would unpack the answer again: `fetch` does that only for what came over a wire. */
const compressOutside = createMiddleware<GateEnv>((context, next) => {
  if (context.env.internal) return next()
  context.set('varies', ['Accept-Encoding', 'Origin'])
  if (context.req.header('accept-encoding') === undefined) return next()
  // Said before there is an answer, which `gzip` would have to make anew to say it.
  context.header('Vary', 'Accept-Encoding')
  return gzip(context, next)
})

/**
 * Finds the dataset that a path names (`/data/{family}/{dataset}`, `/assets/{kind}/{dataset}`) and turns
 * people away who need to be signed in for that family. Throws `LakeError` `datasetUnknown` (404) and 401.
 */
function findDataset(served: ServedDatasets) {
  return createMiddleware<GateEnv>(async (context, next) => {
    const found =
      /^\/v[^/]+\/(?:data\/(?<family>live\/events|[a-z-]+)|assets\/(?:images|files))\/(?<name>[^/]+)/.exec(
        context.req.path,
      )?.groups
    if (!found?.['name']) return await next()
    const {dataset, assets, live, liveEvents} = served.find(found['name'])
    context.set('dataset', dataset)
    context.set('assets', assets)
    context.set('live', live)
    context.set('liveEvents', liveEvents)
    const family = found['family']?.split('/')[0]
    if (family !== undefined && openToAnyone.has(family)) return await next()
    if (context.get('caller').kind === 'anonymous') throw sessionNotFound()
    return await next()
  })
}
