import type {FrontPage} from '../queries/frontPage.ts'
import type {Banner, Lease} from '../queries/breaking.ts'
import type {Settings} from '../queries/settings.ts'
import type {Story} from '../queries/storyFields.ts'
import {bannerHtml, bannerTemplates, stripHtml} from './banner.ts'
import {frontPageHtml} from './frontPage.ts'
import {attribute, html, type SafeHtml} from './html.ts'
import {imageAddress, type ImageSource} from './images.ts'
import {jsonLdHtml, newsArticle} from './jsonLd.ts'
import {directionOf} from './language.ts'
import {pageFor, storyPath, type Page} from './page.ts'
import {storyChangesHtml, storyHtml} from './story.ts'
import type {Notice} from './words/words.ts'

/** Addresses of what a page loads. */
export type PageAssets = {
  stylesheetHref: string
  iconHref?: string
  /** Fonts to fetch before the stylesheet asks for them. */
  fontHrefs?: readonly string[]
  /** The script of a live page and of the worker behind it; left out when `live` is false. */
  scriptHref?: string
  workerHref?: string
}

export type DocumentOptions = {
  settings: Settings
  leases: readonly Lease[]
  now: Date
  images: ImageSource
  /** Public origin of the site without a trailing slash. */
  siteUrl: string
  /** Language (BCP 47) of the front page and of stories that name none. */
  siteLanguage: string
  assets: PageAssets
  /** Whether the page follows breaking news. When false it has no script and opens no connection (previews). */
  live: boolean
}

/** A story's whole page, as the site serves it and as the Studio previews it. */
export function storyDocument(options: DocumentOptions & {story: Story}): string {
  const {story} = options
  const page = pageFor({...options, language: story.language})
  const address = story.slug && `${page.siteUrl}${storyPath(story.slug)}`
  const picture = imageAddress(story.leadFigure?.image, page.images, 1200, 16 / 9)
  return documentHtml(page, options, {
    title: story.headline ?? page.words.headlineMissing,
    description: story.standfirst,
    content: storyHtml(page, story),
    head: html`${address && html`<link rel="canonical" href="${address}" /> `}
      <meta property="og:type" content="article" />
      <meta property="og:title" content="${story.headline}" />
      ${picture && html`<meta property="og:image" content="${new URL(picture, page.siteUrl).href}" /> `}${jsonLdHtml(newsArticle(page, story))}`,
  })
}

/** A page of `storyChangesHtml` alone, without masthead and foot. */
export function storyChangesDocument(options: DocumentOptions & {story: Story}): string {
  const {story, assets} = options
  const page = pageFor({...options, language: story.language})
  return html`<!doctype html>
    <html lang="${page.language}" dir="${directionOf(page.language)}">
      <head>
        <meta charset="utf-8" />
        <title>${story.headline ?? page.words.headlineMissing}</title>
        <link rel="stylesheet" href="${assets.stylesheetHref}" />
      </head>
      <body>
        <main id="content">${storyChangesHtml(page, story)}</main>
      </body>
    </html>`.toString()
}

/**
 * One banner in its strip, on a page of nothing else, for whoever is about to put it before readers. `language` is the
 * page's on which it stands. Nothing here is a live region: while the banner is written, it would be read out at every key.
 */
export function bannerDocument({
  banner,
  ...options
}: DocumentOptions & {banner: Banner; language?: string | undefined}): string {
  const page = pageFor(options)
  return html`<!doctype html>
    <html lang="${page.language}" dir="${directionOf(page.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.words.breakingNews}</title>
        <link rel="stylesheet" href="${options.assets.stylesheetHref}" />
      </head>
      <body>
        <div class="strip" lang="${page.words.language}">${bannerHtml(page, banner)}</div>
      </body>
    </html>`.toString()
}

/** The front page with all that is on it. */
export function frontPageDocument(options: DocumentOptions & {front: FrontPage}): string {
  const page = pageFor(options)
  return documentHtml(page, options, {
    title: undefined,
    description: undefined,
    content: frontPageHtml(page, options.front),
    head: html`<link rel="canonical" href="${page.siteUrl}/" />`,
  })
}

/**
 * A page that has no story to show: what happened, in a sentence, and a way on. `sentence` stands instead of
 * the usual one (a killed story's notice).
 */
export function noticeDocument(
  options: DocumentOptions & {
    notice: 'notFound' | 'gone' | 'failed' | 'unavailable'
    sentence?: string | undefined
    language?: string | undefined
  },
): string {
  const page = pageFor(options)
  const {title, sentence}: Notice = page.words[options.notice]
  const wayOn =
    options.notice === 'failed' || options.notice === 'unavailable'
      ? html`<a href="">${page.words.tryAgain}</a> · <a href="/">${page.words.backToFrontPage}</a>`
      : html`<a href="/">${page.words.backToFrontPage}</a>`
  return documentHtml(page, options, {
    title,
    description: undefined,
    content: html`<section class="notice">
      <h1>${title}</h1>
      <p dir="auto">${options.sentence ?? sentence}</p>
      <p>${wayOn}</p>
    </section>`,
    head: html`<meta name="robots" content="noindex" />`,
  })
}

type Contents = {
  title: string | undefined
  description: string | undefined
  content: SafeHtml
  head: SafeHtml
}

function documentHtml(page: Page, {assets, live}: DocumentOptions, contents: Contents): string {
  const {settings, words, times, now} = page
  const title = contents.title ? `${contents.title} – ${settings.title}` : settings.title
  const fonts = (assets.fontHrefs ?? []).map(
    (href) => html`<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin /> `,
  )
  return html`<!doctype html>
    <html
      lang="${page.language}"
      dir="${directionOf(page.language)}"
      ${attribute('data-made-at', now.toISOString())}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${contents.description && html`<meta name="description" content="${contents.description}" /> `}
        <meta name="color-scheme" content="light dark" />
        ${fonts}
        <link rel="stylesheet" href="${assets.stylesheetHref}" />
        ${assets.iconHref && html`<link rel="icon" href="${assets.iconHref}" type="image/svg+xml" /> `}${contents.head}
        ${live && liveScript(assets)}
      </head>
      <body>
        <a class="skip" href="#content">${words.skipToContent}</a>
        <header class="top">
          <div class="masthead">
            <a href="/" aria-label="${settings.title}: ${words.frontPage}">${settings.title}</a>
          </div>
          ${stripHtml(page)}
        </header>
        <main id="content" tabindex="-1">${contents.content}</main>
        <footer class="foot"><p>${words.publishedBy(settings.publisher)}</p></footer>
        ${live && bannerTemplates(page)}
        ${live && html`<p class="offline" role="status" hidden>${words.offline(times.clock(now.toISOString()))} <a href="">${words.tryAgain}</a></p>`}
      </body>
    </html> `.toString()
}

function liveScript({scriptHref, workerHref}: PageAssets): SafeHtml {
  if (scriptHref === undefined) return html``
  return html`<script
    type="module"
    src="${scriptHref}"
    ${attribute('data-worker', workerHref)}
    id="live-script"
  ></script>`
}
