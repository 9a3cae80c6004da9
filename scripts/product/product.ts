import {randomUUID} from 'node:crypto'

import {Hono} from 'hono'

import {newsroomGuards} from '../../editorial/guards.ts'
import {newsroomRoles} from '../../editorial/roles.ts'
import type {Clock, Logger} from '../../lake/environment.ts'
import {openLake, type Lake} from '../../lake/server.ts'
import {createLakeClient} from '../../queries/client.ts'
import type {Connection} from '../../site/breakingRoutes.ts'
import {createSite, type Site} from '../../site/app.ts'
import type {StartConfig} from '../config.ts'
import {keepSchedule, type Schedule} from '../publishing/schedule.ts'
import {keepWebhooks, type Webhooks} from '../webhooks/keepWebhooks.ts'
import {hostedHealth, type Health} from './health.ts'
import {seedFirstStory} from './seed.ts'
import {buildStudio} from './studioBuild.ts'
import {studioPolicy, studioProxyRoutes, studioRoutes} from './studioRoutes.ts'
import {createPublicationCheck, type PublicationCheck} from './validation/publicationCheck.ts'
import {listen} from './webServer.ts'

/** How long requests in flight may take to end when the product stops. */
const stopGraceMilliseconds = 10_000

/** A reader who waits for Sanity's lake is told soon that it does not answer. */
const hostedPatience = {timeout: 10_000, maxRetries: 1}

export type Product = {
  /** The address that browsers use, without a trailing slash. */
  origin: string
  /** Where this process listens: what a proxy in front passes requests on to. */
  listensAt: string
  /** Absent when content is on Sanity's hosted lake. */
  lake: Lake | undefined
  close(): Promise<void>
}

export type ProductEnvironment = {
  clock: Clock
  logger: Logger
  /** Is told, in sentences, what takes a while. */
  announce: (sentence: string) => void
  /** Aborts when the product shall stop before it has started. */
  stopping: AbortSignal
}

/**
 * Composes lake, Studio and site behind one port. Throws the rooms' own errors (`ConfigError`, `LakeError`,
 * `StudioBuildError`), or the reason of `stopping`, with everything closed again.
 */
export async function startProduct(
  config: StartConfig,
  environment: ProductEnvironment,
): Promise<Product> {
  const {clock, logger, stopping} = environment
  let doing = 'Dateline is starting.'
  const server = await listen(config.host, config.port, (request) => notReady(request, doing))
  const announce = (sentence: string) => {
    doing = sentence
    environment.announce(sentence)
  }
  const origin = config.publicUrl ?? `http://localhost:${server.port}`
  let lake: Lake | undefined
  let site: ReturnType<typeof createSite> | undefined
  let schedule: Schedule | undefined
  let webhooks: Webhooks | undefined
  const check = createPublicationCheck()
  const close = async () => {
    server.answerWith((request) => notReady(request, 'Dateline is stopping.'))
    site?.close()
    await schedule?.close()
    await webhooks?.close()
    lake?.endStreams()
    await server.close(stopGraceMilliseconds)
    await lake?.close()
    await check.close()
  }
  try {
    if (config.lake === 'embedded') {
      lake = await openEmbeddedLake(config, origin, {clock, logger, check})
    }
    if (config.studioDevelopmentServer) server.forwardUpgradesTo(config.studioDevelopmentServer)
    const studio = await prepareStudio(config, origin, {announce, stopping})
    if (lake && config.seed) await seedFirstStory(lake, config, {clock, announce, origin})
    stopping.throwIfAborted()
    const client = siteClient(config, origin, lake)
    site = createSite({client, clock, logger, siteUrl: origin})
    const health = lake?.health ?? hostedHealth(client, config, clock)
    server.answerWith(composeRoutes({lake, studio, site, origin, health}).fetch)
    const publisher = publishingClient(config, origin, lake)
    if (publisher) {
      const newKey = () => randomUUID().replaceAll('-', '').slice(0, 12)
      const by = scheduler.userId
      schedule = keepSchedule({client: publisher, by, newKey}, {clock, logger})
    }
    const teller = webhookClient(config, origin, lake)
    if (teller) {
      const {webhooks: settings} = config
      webhooks = keepWebhooks({client: teller, site: origin, clock, logger, settings})
    }
    return {origin, listensAt: `http://${config.host}:${server.port}`, lake, close}
  } catch (error) {
    await close()
    stopping.throwIfAborted()
    throw error
  }
}

function openEmbeddedLake(
  config: StartConfig,
  origin: string,
  {clock, logger, check}: {clock: Clock; logger: Logger; check: PublicationCheck},
): Promise<Lake> {
  return openLake({
    dataDirectory: config.dataDirectory,
    projectId: config.projectId,
    datasets: [config.dataset],
    publicUrl: origin,
    extraHosts: [],
    productName: 'Dateline',
    roles: newsroomRoles,
    guards: newsroomGuards,
    check,
    environment: {clock, logger, newId: randomUUID},
  })
}

async function prepareStudio(
  config: StartConfig,
  origin: string,
  environment: Pick<ProductEnvironment, 'announce' | 'stopping'>,
): Promise<Hono> {
  const {studioDevelopmentServer: developmentServer} = config
  if (developmentServer !== undefined) return studioProxyRoutes(developmentServer)
  const folder = await buildStudio(config, environment)
  return studioRoutes(folder, studioPolicy(config, origin))
}

/** The site reads as anyone may: without a token on the embedded lake, so that a draft can never reach a page. */
function siteClient(config: StartConfig, origin: string, lake: Lake | undefined) {
  const {projectId, dataset} = config
  if (lake === undefined) {
    const client = createLakeClient({
      lake: 'hosted',
      projectId,
      dataset,
      perspective: 'published',
      ...(config.token === undefined ? {} : {token: config.token}),
    })
    return client.withConfig(hostedPatience)
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

/** Who publishes by schedule, in histories and logs. */
const scheduler = {userId: 'scheduler', displayName: 'Schedule', role: 'publisher'}

/**
 * What publishes by schedule inside this process; none on Sanity's lake without a token that we know may write:
 * there `npm run publish-due` does it, from a timer of the machine's.
 */
function publishingClient(config: StartConfig, origin: string, lake: Lake | undefined) {
  return lake && innerClient(config, origin, lake.internalFetch(scheduler))
}

/** Who keeps the log of webhooks. */
const messenger = {userId: 'webhooks', displayName: 'Webhooks', role: 'administrator'}

/** What tells webhooks; on Sanity's lake by the token that the settings name, and not without one. */
function webhookClient(config: StartConfig, origin: string, lake: Lake | undefined) {
  if (lake !== undefined) return innerClient(config, origin, lake.internalFetch(messenger))
  const {projectId, dataset, token} = config
  if (token === undefined) return undefined
  return createLakeClient({lake: 'hosted', projectId, dataset, token, perspective: 'raw'})
}

function innerClient({projectId, dataset}: StartConfig, origin: string, inProcess: typeof fetch) {
  return createLakeClient({
    lake: 'embedded',
    projectId,
    dataset,
    perspective: 'raw',
    apiHost: origin,
    resolveFetch: () => inProcess,
  })
}

function composeRoutes(parts: {
  lake: Lake | undefined
  studio: Hono
  site: Pick<Site, 'fetch'>
  origin: string
  health(): Health | Promise<Health>
}): Hono<{Bindings: Connection}> {
  const {lake, studio, site, origin} = parts
  const routes = new Hono<{Bindings: Connection}>()
  routes.use(async (context, next) => {
    const refusal = lake?.refuseHost(context.req.raw)
    if (refusal) return refusal
    return await next()
  })
  routes.get('/healthz', async (context) => {
    const health = await parts.health()
    context.header('cache-control', 'no-store')
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
    return lake?.handles(path) ? lake.fetch(raw) : site.fetch(raw, context.env)
  })
  return routes
}

function notReady(request: Request, sentence: string): Response {
  const headers = {'retry-after': '2', 'cache-control': 'no-store'}
  if (new URL(request.url).pathname === '/healthz') {
    return Response.json({ready: false, reason: sentence}, {status: 503, headers})
  }
  return new Response(`${sentence} Reload this page in a moment.\n`, {status: 503, headers})
}
