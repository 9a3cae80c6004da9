import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {brotliCompressSync, gzipSync} from 'node:zlib'

import type {PageAssets} from '../syndication/documents.ts'
import {fontFaces, readFonts} from './fonts.ts'
import {forEveryone} from './policy.ts'

type Bytes = Uint8Array<ArrayBuffer>

type Asset = {
  type: string
  hash: string
  bytes: Bytes
  /** The same, packed once, by its `Content-Encoding`; the smallest first. Empty for what is packed already. */
  packed: readonly (readonly [encoding: string, bytes: Bytes])[]
  /** Headers beside those that every file has. */
  headers?: {[name: string]: string}
}

export type SiteAssets = {
  /** Addresses that pages load, each with a hash of its content. */
  page: Required<PageAssets>
  /** The file at a path under the origin, or 404; for ever when asked for by its hash. */
  answer(request: Request): Response
}

/** In the order of the cascade. */
const sheets = [
  'palette',
  'page',
  'breaking',
  'label',
  'frontPage',
  'story',
  'changes',
  'joined',
  'print',
]

const script = 'text/javascript; charset=utf-8'
const stylesheet = 'text/css; charset=utf-8'
const font = 'font/woff2'

/** The address of the snippet that partners put on their pages; it never changes. */
export const snippetPath = '/embed/breaking.js'

/** Reads stylesheet, scripts, icon and fonts once; they are served from memory (about 300 kB). */
export function loadAssets(): SiteAssets {
  const assets = new Map<string, Asset>()
  const add = (
    path: string,
    type: string,
    content: string | Bytes,
    headers: {[name: string]: string} = {},
  ): string => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12)
    assets.set(path, {bytes, type, hash, packed: type === font ? [] : pack(bytes), headers})
    return `${path}?v=${hash}`
  }

  const fonts = readFonts().map((face) => ({
    ...face,
    href: add(`/assets/fonts/${face.name}`, font, face.bytes),
  }))
  const stylesheetHref = add(
    '/assets/site.css',
    stylesheet,
    [fontFaces(fonts), ...sheets.map((name) => read(`styles/${name}.css`))].join('\n'),
  )
  const iconHref = add('/assets/icon.svg', 'image/svg+xml', read('icon.svg'))
  add('/favicon.ico', 'image/svg+xml', read('icon.svg'))

  // An import names its module by hash too, or a page could run with yesterday's half of a script.
  const addScript = (name: string, ...imports: readonly (readonly [string, string])[]) =>
    add(
      `/assets/${name}`,
      script,
      imports.reduce((text, [from, href]) => text.replace(`'./${from}'`, `'${href}'`), read(name)),
    )
  const connection = ['live-connection.js', addScript('live-connection.js')] as const
  const sharing = ['live-sharing.js', addScript('live-sharing.js', connection)] as const
  const page = {
    stylesheetHref,
    iconHref,
    fontHrefs: fonts.filter(({preload}) => preload).map(({href}) => href),
    scriptHref: addScript('live.js', sharing),
    workerHref: addScript('live-worker.js', connection),
  }
  // Five minutes, so that a partner's readers do not ask for each page that they open.
  const keptAWhile = {...forEveryone, 'cache-control': 'public, max-age=300'}
  add(snippetPath, script, withoutComments(read('snippet.js')), keptAWhile)
  return {page, answer: (request) => answer(assets, request)}
}

function answer(assets: ReadonlyMap<string, Asset>, request: Request): Response {
  const {pathname, searchParams} = new URL(request.url)
  const asset = assets.get(pathname)
  if (!asset) return new Response('There is no such file.\n', {status: 404})
  // One tag for the file however it is packed, which only a weak one may be (RFC 9110, section 8.8.1).
  const etag = `W/"${asset.hash}"`
  const named = searchParams.get('v') === asset.hash
  const headers = {
    'cache-control': named
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate',
    etag,
    ...(asset.packed.length > 0 && {vary: 'accept-encoding'}),
    ...asset.headers,
  }
  if (request.headers.get('if-none-match') === etag)
    return new Response(null, {status: 304, headers})
  const accepted = request.headers.get('accept-encoding') ?? ''
  const [encoding, packed] = asset.packed.find(([name]) => accepted.includes(name)) ?? []
  return new Response(packed ?? asset.bytes, {
    headers: {
      ...headers,
      'content-type': asset.type,
      ...(encoding !== undefined && {'content-encoding': encoding}),
    },
  })
}

/** What partners' pages load is as short as it can be without other names: comments, indents and loose spaces go. */
function withoutComments(text: string): string {
  return text
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '')
    .replace(/^\s+/gm, '')
    .replace(/ ([-=!+?:<>&|]+) /g, '$1')
    .replace(/, |(?<=if|\)|\w:) /g, (space) => space.trim())
    .replace(/([,({=?])\n/g, '$1')
    .replace(/\n([.)}?])/g, '$1')
    .replace(/(?<=^let [^\n]*)\nlet /gm, ',')
}

function pack(bytes: Bytes): Asset['packed'] {
  return [
    ['br', new Uint8Array(brotliCompressSync(bytes))],
    ['gzip', new Uint8Array(gzipSync(bytes))],
  ]
}

function read(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8')
}
