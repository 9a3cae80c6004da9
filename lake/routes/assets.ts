import {Hono, type Context} from 'hono'

import type {AssetKind} from '../assets/assetNames.ts'
import type {UploadDetails} from '../assets/assetStore.ts'
import type {ImageExtra} from '../assets/imageMetadata.ts'
import type {JsonObject} from '../documents/document.ts'
import type {LakeHonoEnv} from './environment.ts'

/** `POST /assets/images/{dataset}` and `/assets/files/{dataset}`: the body is the file itself. */
export function assetsRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  const uploads = (kind: AssetKind) => async (context: Context<LakeHonoEnv>) => {
    const {assets, caller} = context.var
    const document = await assets.upload(context.req.raw.body, readDetails(kind, context), caller)
    return context.json({document})
  }
  routes.post('/assets/images/:dataset', uploads('image'))
  routes.post('/assets/files/:dataset', uploads('file'))
  return routes
}

function readDetails(kind: AssetKind, context: Context<LakeHonoEnv>): UploadDetails {
  const {req} = context
  const announced = Number(req.header('content-length'))
  return {
    kind,
    mimeType: readMimeType(req.header('content-type')),
    announcedSize: Number.isFinite(announced) ? announced : undefined,
    filename: readText(req.query('filename'), 255),
    extras: readExtras(req.queries('meta')),
    fields: readFields(context),
  }
}

function readMimeType(header: string | undefined): string {
  const [type = ''] = (header ?? '').toLowerCase().split(';')
  return /^[\w.+-]+\/[\w.+-]+$/.test(type.trim()) ? type.trim() : 'application/octet-stream'
}

/** Palette and preview are the default; `meta=none` leaves them out. */
function readExtras(asked: readonly string[] | undefined): ReadonlySet<ImageExtra> {
  const extras = ['palette', 'lqip'] as const
  return new Set(asked ? extras.filter((extra) => asked.includes(extra)) : extras)
}

function readFields({req}: Context<LakeHonoEnv>): JsonObject {
  const texts = ['label', 'title', 'description', 'creditLine'].flatMap((name) => {
    const text = readText(req.query(name), 10_000)
    return text === undefined ? [] : [[name, text] as const]
  })
  const source = {
    id: readText(req.query('sourceId'), 1000),
    name: readText(req.query('sourceName'), 1000),
    url: readText(req.query('sourceUrl'), 2000),
  }
  const named = Object.values(source).some((part) => part !== undefined)
  return {...Object.fromEntries(texts), ...(named ? {source: withoutAbsent(source)} : {})}
}

function withoutAbsent(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}

function readText(text: string | undefined, longest: number): string | undefined {
  return text?.slice(0, longest) || undefined
}
