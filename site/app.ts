import type {SanityClient} from '@sanity/client'
import {Hono} from 'hono'
import {compress} from 'hono/compress'

import {nextBannerEdge, type Lease} from '../queries/breaking.ts'
import {fetchFrontPage} from '../queries/frontPage.ts'
import {settings as settingsModel, type Settings} from '../queries/settings.ts'
import {fetchStoryPage, type StoryPage} from '../queries/storyPage.ts'
import {subscribeBreaking} from '../queries/subscribeBreaking.ts'
import {
  frontPageDocument,
  noticeDocument,
  storyDocument,
  type DocumentOptions,
} from '../syndication/documents.ts'
import type {ImageSource} from '../syndication/images.ts'
import {storyPath} from '../syndication/page.ts'
import {loadAssets, snippetPath} from './assets.ts'
import {breakingRoutes, type Connection} from './breakingRoutes.ts'
import {pageLifetime, pageResponse} from './caching.ts'
import {createLiveReaders, type Clock} from './liveReaders.ts'
import {securityHeaders} from './policy.ts'
import {fromStore, SiteError} from './store.ts'

/** When machines may ask again for a page that could not be made because the store was away. */
const retryAfterSeconds = 5

export type SiteOptions = {
  /** Asks as a reader may: in the perspective `published`. */
  client: SanityClient
  /** The server's clock: it decides what readers see. */
  clock: Clock
  logger: {
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  /** The public origin, without a trailing slash. */
  siteUrl: string
  /** BCP 47: the language of the front page, and of stories that name none. */
  language?: string
}

export type Site = {
  /** `connection` is what the web server hands out beside a request; without it streams are the web's own. */
  fetch(request: Request, connection?: Connection): Response | Promise<Response>
  /** Lets all readers go and stops following changes. */
  close(): void
}

/** What readers see, as a request handler: front page, stories, breaking news, and the files they load. */
export function createSite(options: SiteOptions): Site {
  const {client, clock, logger, siteUrl, language: siteLanguage = 'en'} = options
  const assets = loadAssets()
  const images = imageSource(client)
  const feed = {siteUrl, language: siteLanguage}
  const readers = createLiveReaders({
    feed,
    clock,
    subscribe: (receive) =>
      subscribeBreaking(
        client,
        {
          clock,
          onError: (error) =>
            logger.warn({err: error}, 'Breaking news cannot be followed just now; trying again.'),
        },
        receive,
      ),
  })
  // An error page still has the newsroom's name over it, once that is known.
  let lastSettings = settingsModel.parse(undefined)

  const documentOptions = (
    now: Date,
    {settings, leases}: {settings: Settings; leases: readonly Lease[]},
  ): DocumentOptions => {
    lastSettings = settings
    return {settings, leases, now, images, siteUrl, siteLanguage, assets: assets.page, live: true}
  }

  const askStory = (slug: string, now: Date) => fromStore(fetchStoryPage(client, slug, now))
  const storyResponse = (request: Request, page: StoryPage, now: Date): Response => {
    const {story, movedTo, leases} = page
    const cacheControl = pageLifetime(now, nextBannerEdge(leases, now))
    const document = documentOptions(now, page)
    if (story?.killed) {
      const gone = {
        notice: 'gone',
        sentence: story.killed.notice,
        language: story.language,
      } as const
      return pageResponse(request, noticeDocument({...document, ...gone}), {
        status: 410,
        cacheControl,
      })
    }
    if (story) return pageResponse(request, storyDocument({...document, story}), {cacheControl})
    if (movedTo !== undefined) {
      const headers = {location: storyPath(movedTo), 'cache-control': cacheControl}
      return new Response(null, {status: 301, headers})
    }
    return pageResponse(request, noticeDocument({...document, notice: 'notFound'}), {
      status: 404,
      cacheControl,
    })
  }

  const app = new Hono()
  app.use(compress())
  const security = securityHeaders(images.baseUrl === '/' ? undefined : images.baseUrl)
  const breaking = breakingRoutes({client, clock, readers, feed, security})
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(security)) context.res.headers.set(name, value)
  })

  app.get('/', async ({req}) => {
    const now = clock.now()
    const front = await fromStore(fetchFrontPage(client, now))
    const body = frontPageDocument({...documentOptions(now, front), front})
    return pageResponse(req.raw, body, {
      cacheControl: pageLifetime(now, nextBannerEdge(front.leases, now)),
    })
  })

  app.get('/a/:slug', async ({req}) => {
    const now = clock.now()
    return storyResponse(req.raw, await askStory(req.param('slug'), now), now)
  })
  app.get('/a/:slug/', ({req, redirect}) => redirect(storyPath(req.param('slug')), 301))

  app.route('/', breaking.routes)

  app.get('/assets/*', ({req}) => assets.answer(req.raw))
  app.get(snippetPath, ({req}) => assets.answer(req.raw))
  app.get('/favicon.ico', ({req}) => assets.answer(req.raw))
  app.get('/robots.txt', (context) => {
    context.header('cache-control', 'public, max-age=3600')
    return context.text('User-agent: *\nAllow: /\nDisallow: /studio\n')
  })

  app.notFound(async ({req}) => {
    const now = clock.now()
    return storyResponse(req.raw, await askStory('', now), now)
  })
  app.onError((error, {req}) => {
    logger.error({err: error, path: req.path}, 'A page could not be made.')
    const document = documentOptions(clock.now(), {settings: lastSettings, leases: []})
    const away = error instanceof SiteError
    const notice = away ? 'unavailable' : 'failed'
    const response = pageResponse(req.raw, noticeDocument({...document, notice}), {
      status: away ? 503 : 500,
      cacheControl: 'no-store',
    })
    if (away) response.headers.set('retry-after', String(retryAfterSeconds))
    return response
  })

  return {
    fetch: (request, connection) =>
      breaking.takeOver(request, connection) ?? app.fetch(request, connection),
    close: () => readers.close(),
  }
}

/** The embedded lake serves pictures from the page's own origin, Sanity's hosted lake from its CDN. */
function imageSource(client: SanityClient): ImageSource {
  const {projectId = '', dataset = '', isDefaultApi} = client.config()
  return {projectId, dataset, baseUrl: isDefaultApi ? 'https://cdn.sanity.io' : '/'}
}
