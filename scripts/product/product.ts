import {randomUUID} from 'node:crypto'

import {Hono} from 'hono'

import {newsroomRoles} from '../../editorial/roles.ts'
import type {Clock, Logger} from '../../lake/environment.ts'
import {openLake, type Lake} from '../../lake/server.ts'
import {createLakeClient} from '../../queries/client.ts'
import {createSite} from '../../site/app.ts'
import type {StartConfig} from '../config.ts'
import {seedFirstStory} from './seed.ts'
import {buildStudio} from './studioBuild.ts'
import {studioPolicy, studioProxyRoutes, studioRoutes} from './studioRoutes.ts'
import {listen} from './webServer.ts'

/** How long requests in flight may take to end when the product stops. */
const stopGraceMilliseconds = 10_000

export type Product = {
  /** The address that browsers use, without a trailing slash. */
  origin: string
  /** Absent when content is on Sanity's hosted lake. */
  lake: Lake | undefined
  close(): Promise<void>
}

/**
 * Composes lake, Studio and site behind one port. `announce` is told, in sentences, what takes a while.
 * Throws the rooms' own errors (`ConfigError`, `LakeError`, `StudioBuildError`), with everything closed again.
 */
export async function startProduct(
  config: StartConfig,
  environment: {clock: Clock; logger: Logger; announce: (sentence: string) => void},
): Promise<Product> {
  const {clock, logger, announce} = environment
  const server = await listen(config.host, config.port, (request) =>
    answerWhileStarting(request, 'Dateline is starting.'),
  )
  const origin = config.publicUrl ?? `http://localhost:${server.port}`
  let lake: Lake | undefined
  let site: ReturnType<typeof createSite> | undefined
  const close = async () => {
    server.answerWith((request) => answerWhileStarting(request, 'Dateline is stopping.'))
    site?.close()
    lake?.endStreams()
    await server.close(stopGraceMilliseconds)
    await lake?.close()
  }
  try {
    if (config.lake === 'embedded') lake = await openEmbeddedLake(config, origin, clock, logger)
    const studio = await prepareStudio(config, origin, announce)
    if (lake && config.seed) await seedFirstStory(lake, config, {clock, announce, origin})
    site = createSite({
      client: siteClient(config, origin, lake),
      clock,
      logger,
      siteUrl: origin,
    })
    server.answerWith(composeRoutes({lake, studio, site, origin}).fetch)
    return {origin, lake, close}
  } catch (error) {
    await close()
    throw error
  }
}

function openEmbeddedLake(
  config: StartConfig,
  origin: string,
  clock: Clock,
  logger: Logger,
): Promise<Lake> {
  return openLake({
    dataDirectory: config.dataDirectory,
    projectId: config.projectId,
    datasets: [config.dataset],
    publicUrl: origin,
    extraHosts: [],
    productName: 'Dateline',
    roles: newsroomRoles,
    environment: {clock, logger, newId: randomUUID},
  })
}

async function prepareStudio(
  config: StartConfig,
  origin: string,
  announce: (sentence: string) => void,
): Promise<Hono> {
  const developmentServer = process.env['DATELINE_STUDIO_DEV_SERVER']
  if (developmentServer !== undefined) return studioProxyRoutes(developmentServer)
  const folder = await buildStudio(config, announce)
  return studioRoutes(folder, studioPolicy(config.projectId, origin))
}

/** The site reads as anyone may: without a token on the embedded lake, so that a draft can never reach a page. */
function siteClient(config: StartConfig, origin: string, lake: Lake | undefined) {
  const {projectId, dataset} = config
  if (lake === undefined) {
    return createLakeClient({
      lake: 'hosted',
      projectId,
      dataset,
      perspective: 'published',
      ...(config.token === undefined ? {} : {token: config.token}),
    })
  }
  const inProcess = lake.internalFetch('anonymous')
  return createLakeClient({
    lake: 'embedded',
    projectId,
    dataset,
    perspective: 'published',
    apiHost: origin,
    resolveFetch: () => inProcess,
  })
}

function composeRoutes(parts: {
  lake: Lake | undefined
  studio: Hono
  site: {fetch(request: Request): Response | Promise<Response>}
  origin: string
}): Hono {
  const {lake, studio, site, origin} = parts
  const routes = new Hono()
  routes.use(async (context, next) => {
    const refusal = lake?.refuseHost(context.req.raw)
    if (refusal) return refusal
    return await next()
  })
  routes.get('/healthz', (context) => {
    const health = lake?.health() ?? {ready: true}
    return context.json(health, health.ready ? 200 : 503)
  })
  // The Studio's embedded SDK needs a host that is a name: it calls {project}.localhost.
  routes.use('/studio/*', async (context, next) => {
    const {hostname, pathname, search} = new URL(context.req.url)
    const isAddress = hostname === '127.0.0.1' || hostname === '[::1]'
    if (isAddress && new URL(origin).hostname === 'localhost') {
      return context.redirect(`${origin}${pathname}${search}`)
    }
    return await next()
  })
  routes.route('/', studio)
  routes.all('*', (context) => {
    const {raw, path} = context.req
    return lake?.handles(path) ? lake.fetch(raw) : site.fetch(raw)
  })
  return routes
}

function answerWhileStarting(request: Request, sentence: string): Response {
  const headers = {'retry-after': '2', 'cache-control': 'no-store'}
  if (new URL(request.url).pathname === '/healthz') {
    return Response.json({ready: false, reason: sentence}, {status: 503, headers})
  }
  return new Response(`${sentence} Reload this page in a moment.\n`, {status: 503, headers})
}
