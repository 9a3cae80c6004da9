import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'

import type {PageAssets} from '../syndication/documents.ts'
import {fontFaces, readFonts} from './fonts.ts'

type Asset = {bytes: Uint8Array<ArrayBuffer>; type: string; hash: string}

export type SiteAssets = {
  /** Addresses that pages load, each with a hash of its content. */
  page: Required<PageAssets>
  /** The file at a path under the origin, or 404; for ever when asked for by its hash. */
  answer(request: Request): Response
}

/** In the order of the cascade. */
const sheets = ['palette', 'page', 'breaking', 'label', 'frontPage', 'story', 'changes', 'print']

const script = 'text/javascript; charset=utf-8'
const stylesheet = 'text/css; charset=utf-8'

/** Reads stylesheet, scripts, icon and fonts once; they are served from memory (about 600 kB). */
export function loadAssets(): SiteAssets {
  const assets = new Map<string, Asset>()
  const add = (path: string, type: string, content: string | Uint8Array<ArrayBuffer>): string => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12)
    assets.set(path, {bytes, type, hash})
    return `${path}?v=${hash}`
  }

  const fonts = readFonts().map((font) => ({
    ...font,
    href: add(`/assets/fonts/${font.name}`, 'font/woff2', font.bytes),
  }))
  const stylesheetHref = add(
    '/assets/site.css',
    stylesheet,
    [fontFaces(fonts), ...sheets.map((name) => read(`styles/${name}.css`))].join('\n'),
  )
  const iconHref = add('/assets/icon.svg', 'image/svg+xml', read('icon.svg'))
  add('/favicon.ico', 'image/svg+xml', read('icon.svg'))

  const connectionHref = add('/assets/live-connection.js', script, read('live-connection.js'))
  // An import names its module by hash too, or a page could run with yesterday's half of a script.
  const withConnection = (text: string) =>
    text.replace("from './live-connection.js'", `from '${connectionHref}'`)
  const page = {
    stylesheetHref,
    iconHref,
    fontHrefs: fonts.filter(({preload}) => preload).map(({href}) => href),
    scriptHref: add('/assets/live.js', script, withConnection(read('live.js'))),
    workerHref: add('/assets/live-worker.js', script, withConnection(read('live-worker.js'))),
  }
  return {page, answer: (request) => answer(assets, request)}
}

function answer(assets: ReadonlyMap<string, Asset>, request: Request): Response {
  const {pathname, searchParams} = new URL(request.url)
  const asset = assets.get(pathname)
  if (!asset) return new Response('There is no such file.\n', {status: 404})
  const etag = `"${asset.hash}"`
  const named = searchParams.get('v') === asset.hash
  const headers = {
    'cache-control': named
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate',
    etag,
  }
  if (request.headers.get('if-none-match') === etag)
    return new Response(null, {status: 304, headers})
  return new Response(asset.bytes, {headers: {...headers, 'content-type': asset.type}})
}

function read(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8')
}
