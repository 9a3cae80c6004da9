import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {serveStatic} from '@hono/node-server/serve-static'
import {Hono} from 'hono'
import {proxy} from 'hono/proxy'

import type {LakeSettings} from '../config.ts'

/**
 * The built Studio under `/studio`: files of the build, and its one page for every other path (it routes
 * in the browser). `policy` is the Content-Security-Policy that keeps every request on this machine.
 */
export function studioRoutes(folder: string, policy: string): Hono {
  const routes = new Hono()
  routes.use('/studio/*', async (context, next) => {
    await next()
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'same-origin')
  })
  routes.use(
    '/studio/static/*',
    serveStatic({
      root: folder,
      rewriteRequestPath: (path) => path.replace(/^\/studio/, ''),
      onFound: (_path, context) => {
        context.header('cache-control', 'public, max-age=31536000, immutable')
      },
    }),
  )
  routes.get('/studio/static/*', (context) => context.text('There is no such file.', 404))
  const page = async () => await readFile(join(folder, 'index.html'), 'utf8')
  for (const path of ['/studio', '/studio/*']) {
    routes.get(path, async (context) => {
      context.header('content-security-policy', policy)
      context.header('cache-control', 'no-cache')
      return context.html(await page())
    })
  }
  return routes
}

/** `npm run dev`: the Studio comes from the development server, which reloads what changes. */
export function studioProxyRoutes(developmentServer: string): Hono {
  const routes = new Hono()
  const forward = async (request: Request): Promise<Response> => {
    const {pathname, search} = new URL(request.url)
    // The development server knows its page by the slash only.
    const path = pathname === '/studio' ? '/studio/' : pathname
    try {
      return await proxy(`${developmentServer}${path}${search}`, {raw: request})
    } catch {
      const headers = {refresh: '1', 'cache-control': 'no-store'}
      return new Response("The Studio's development server is starting.\n", {status: 503, headers})
    }
  }
  routes.all('/studio', (context) => forward(context.req.raw))
  routes.all('/studio/*', (context) => forward(context.req.raw))
  return routes
}

/**
 * What the Studio's page may load and call: the lake's own addresses and nothing else, whatever a package tries.
 * Embedded, that is `'self'` and the name that the Studio's embedded SDK makes of it; hosted, Sanity's addresses.
 */
export function studioPolicy(
  {lake, projectId}: Pick<LakeSettings, 'lake' | 'projectId'>,
  origin: string,
): string {
  const {protocol, host} = new URL(origin)
  const embedded = {connections: `${protocol}//${projectId}.${host}`, media: ''}
  const hosted = {
    connections: 'https://*.sanity.io wss://*.sanity.io',
    media: ' https://*.sanity.io https://*.sanity-cdn.com',
  }
  const {connections, media} = lake === 'hosted' ? hosted : embedded
  return [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${media}`,
    "font-src 'self' data:",
    `media-src 'self' blob:${media}`,
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    `connect-src 'self' ${connections}`,
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
}
