import {createHash} from 'node:crypto'

import {Hono, type Context} from 'hono'

import {assetUnknown, parseAssetFileName, type AssetName} from '../assets/assetNames.ts'
import type {AssetStore} from '../assets/assetStore.ts'
import {contentDisposition, deliveryOf, readRange} from '../assets/delivery.ts'
import type {ImageFormat} from '../assets/renderImage.ts'
import {changesNothing, readTransformation} from '../assets/transformation.ts'
import type {LakeDocument} from '../documents/document.ts'

/** The bytes at an address never change: its name holds their hash. */
const forever = 'public, max-age=31536000, immutable'

/** The quality of a picture that is asked for as it is, and is only freed of what its file tells. */
const wholeQuality = 92

const mimeTypes: {[format in ImageFormat]: string} = {
  jpg: 'image/jpeg',
  pjpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
}

/** What a picture is sent as when nothing else is asked for, by its own extension. */
const ownFormats: {[extension: string]: ImageFormat | undefined} = {
  jpg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tif: 'jpg',
}

/**
 * `GET /images/{project}/{dataset}/{name}` and `/files/…`: uploaded assets, for everyone who knows the address, at
 * the root where `@sanity/image-url` looks for them. A name for people may follow as one more segment.
 * `assetsOf` throws `LakeError` `datasetUnknown`.
 */
export function imagesRoutes(parts: {
  projectId: string
  assetsOf(dataset: string): AssetStore
}): Hono {
  const routes = new Hono()
  const storeOf = (context: Context): AssetStore => {
    if (context.req.param('project') !== parts.projectId) throw assetUnknown()
    return parts.assetsOf(context.req.param('dataset') ?? '')
  }
  routes.get('/images/:project/:dataset/:name/:vanity?', (context) => {
    const name = parseAssetFileName('image', context.req.param('name'))
    return sendImage(context, storeOf(context), name)
  })
  routes.get('/files/:project/:dataset/:name/:vanity?', (context) => {
    const name = parseAssetFileName('file', context.req.param('name'))
    return sendFile(context, storeOf(context), name)
  })
  return routes
}

async function sendImage(context: Context, assets: AssetStore, name: AssetName): Promise<Response> {
  const {auto, fm, ...changes} = readTransformation(new URL(context.req.url).searchParams)
  const document = await assets.find(name)
  const own = ownFormats[name.extension]
  const asUploaded = fm === undefined && auto === undefined && changesNothing(changes)
  const showable = name.extension !== 'tif'
  // A drawing has no pixels to change. A file as it was uploaded goes out only when it tells no more than the picture.
  if (!own || (asUploaded && showable && !(await assets.tellsMore(name)))) {
    return await sendOriginal(context, assets, name, document)
  }
  const negotiated = auto && context.req.header('accept')?.includes('image/webp') ? 'webp' : own
  const format = fm ?? negotiated
  const whole = asUploaded ? {...changes, q: wholeQuality} : changes
  const tag = `"${name.sha1}-${hashOf(JSON.stringify([whole, format]))}"`
  const headers = {
    ...headersFor(context, mimeTypes[format], document),
    ETag: tag,
    ...(auto ? {Vary: 'Accept'} : {}),
  }
  if (isKnown(context, tag)) return context.body(null, 304, headers)
  const bytes = await assets.variant(name, whole, format)
  return context.body(new Uint8Array(bytes), 200, headers)
}

async function sendFile(context: Context, assets: AssetStore, name: AssetName): Promise<Response> {
  return await sendOriginal(context, assets, name, await assets.find(name))
}

/** Sends a file as it was uploaded, whole or the part that is asked for. */
async function sendOriginal(
  context: Context,
  assets: AssetStore,
  name: AssetName,
  document: LakeDocument,
): Promise<Response> {
  const size = await assets.size(name)
  const tag = `"${name.sha1}"`
  const headers = {
    ...headersFor(context, textOf(document['mimeType']) ?? 'application/octet-stream', document),
    ETag: tag,
    'Accept-Ranges': 'bytes',
  }
  if (isKnown(context, tag)) return context.body(null, 304, headers)
  // A range belongs to the bytes that its asker has seen (RFC 9110, section 13.1.5): another tag means all of them.
  const asked = context.req.header('if-range') ?? tag
  const range = asked === tag ? readRange(context.req.header('range'), size) : undefined
  if (range === 'unsatisfiable') {
    return context.body(null, 416, {...headers, 'Content-Range': `bytes */${size}`})
  }
  const {start, end} = range ?? {start: 0, end: size - 1}
  const length = {'Content-Length': String(end - start + 1)}
  if (context.req.method === 'HEAD') return context.body(null, 200, {...headers, ...length})
  const body = assets.read(name, {start, end})
  if (!range) return context.body(body, 200, {...headers, ...length})
  const place = {'Content-Range': `bytes ${start}-${end}/${size}`}
  return context.body(body, 206, {...headers, ...length, ...place})
}

/** Headers of every asset. `?dl` saves instead of showing, `?dl=NAME` under that name. */
function headersFor(
  context: Context,
  mimeType: string,
  document: LakeDocument,
): {[name: string]: string} {
  const saveAs = context.req.query('dl')
  const {disposition, policy} = deliveryOf(mimeType, saveAs !== undefined)
  const filename = saveAs || textOf(document['originalFilename'])
  return {
    'Content-Type': mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType,
    'Content-Disposition': contentDisposition(disposition, filename),
    'Cache-Control': forever,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    ...(policy === undefined ? {} : {'Content-Security-Policy': policy}),
  }
}

function isKnown(context: Context, tag: string): boolean {
  const known = context.req.header('if-none-match')
  return (
    known === '*' || (known?.split(/,\s*/).some((one) => one.replace(/^W\//, '') === tag) ?? false)
  )
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
