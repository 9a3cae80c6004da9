import {httpError} from '../errors.ts'
import {longestSide, type Transformation} from './transformation.ts'

export type Size = {width: number; height: number}
export type Region = Size & {left: number; top: number}

/** What is to be done to a picture, in order, in whole pixels. */
export type ImagePlan = {
  /** The part of the upright picture that is kept. */
  region: Region
  /** What that part is scaled to. */
  scaled: Size
  /** Set when the part to keep of `region` is chosen by where most is to be seen. */
  byEntropy: boolean
  /** Borders around the scaled picture. */
  border: {left: number; right: number; top: number; bottom: number}
}

/**
 * Works out sizes. `source` is the picture as it is seen, upright; turns are made before, by the
 * caller. Throws `LakeError` `imageParameterInvalid` (400) for an answer that would be too large.
 */
export function planImage(source: Size, transformation: Partial<Transformation>): ImagePlan {
  const part = partOf(source, transformation.rect)
  const {w, h} = wanted(part, transformation)
  const fit = transformation.fit ?? 'clip'
  const crops = (fit === 'crop' || fit === 'min') && w !== undefined && h !== undefined
  const region = crops ? cropped(part, w / h, transformation) : part
  const scaled = checked(scaledSize(region, {w, h, fit}))
  const pad = Math.round((transformation.pad ?? 0) * (transformation.dpr ?? 1))
  const fills = (fit === 'fill' || fit === 'fillmax') && w !== undefined && h !== undefined
  const missing = fills
    ? {width: Math.max(w - scaled.width, 0), height: Math.max(h - scaled.height, 0)}
    : {width: 0, height: 0}
  const left = Math.floor(missing.width / 2) + pad
  const top = Math.floor(missing.height / 2) + pad
  const right = missing.width - Math.floor(missing.width / 2) + pad
  const bottom = missing.height - Math.floor(missing.height / 2) + pad
  checked({width: scaled.width + left + right, height: scaled.height + top + bottom})
  const byEntropy = crops && transformation.crop === 'entropy'
  return {region: byEntropy ? part : region, scaled, byEntropy, border: {left, right, top, bottom}}
}

/** `rect` kept inside the picture, since editors move crops in fractions that round up. */
function partOf(source: Size, rect: Region | undefined): Region {
  if (!rect) return {left: 0, top: 0, ...source}
  const left = Math.min(rect.left, source.width - 1)
  const top = Math.min(rect.top, source.height - 1)
  return {
    left,
    top,
    width: Math.min(rect.width, source.width - left),
    height: Math.min(rect.height, source.height - top),
  }
}

/** The box asked for, in device pixels, with the least and most sizes applied. */
function wanted(part: Size, transformation: Partial<Transformation>): {w?: number; h?: number} {
  const dpr = transformation.dpr ?? 1
  const {
    'max-w': mostWide,
    'max-h': mostHigh,
    'min-w': leastWide,
    'min-h': leastHigh,
  } = transformation
  const side = (asked?: number, natural?: number, least?: number, most?: number) => {
    const bounded = (least !== undefined || most !== undefined) && natural !== undefined
    const start = asked ?? (bounded ? natural / dpr : undefined)
    if (start === undefined) return undefined
    return Math.round(Math.min(Math.max(start, least ?? 1), most ?? Infinity) * dpr)
  }
  const w = side(transformation.w, part.width, leastWide, mostWide)
  const h = side(transformation.h, part.height, leastHigh, mostHigh)
  return {...(w === undefined ? {} : {w}), ...(h === undefined ? {} : {h})}
}

/** The largest part of the given proportions, at the edge, middle or point that is asked for. */
function cropped(
  part: Region,
  proportions: number,
  transformation: Partial<Transformation>,
): Region {
  const width = Math.max(1, Math.round(Math.min(part.width, part.height * proportions)))
  const height = Math.max(1, Math.round(Math.min(part.height, part.width / proportions)))
  const {x, y} = focus(transformation)
  return {
    left: part.left + within(x * part.width - width / 2, part.width - width),
    top: part.top + within(y * part.height - height / 2, part.height - height),
    width,
    height,
  }
}

function within(value: number, most: number): number {
  return Math.round(Math.min(Math.max(value, 0), most))
}

/** The point that a crop is centred on as far as the edges let it, as fractions of width and height. */
function focus({crop, 'fp-x': x, 'fp-y': y}: Partial<Transformation>): {x: number; y: number} {
  if (crop === 'focalpoint') return {x: x ?? 0.5, y: y ?? 0.5}
  const edges = new Set(crop?.split(','))
  return {
    x: edges.has('left') ? 0 : edges.has('right') ? 1 : 0.5,
    y: edges.has('top') ? 0 : edges.has('bottom') ? 1 : 0.5,
  }
}

function scaledSize(
  region: Size,
  {w, h, fit}: {w: number | undefined; h: number | undefined; fit: string},
): Size {
  if (w === undefined && h === undefined) return {width: region.width, height: region.height}
  if (fit === 'scale' && w !== undefined && h !== undefined) return {width: w, height: h}
  const factor = Math.min((w ?? Infinity) / region.width, (h ?? Infinity) / region.height)
  const neverLarger = fit === 'max' || fit === 'min' || fit === 'fillmax'
  const bounded = neverLarger ? Math.min(factor, 1) : factor
  if (fit === 'crop' && w !== undefined && h !== undefined) return {width: w, height: h}
  return {
    width: Math.max(1, Math.round(region.width * bounded)),
    height: Math.max(1, Math.round(region.height * bounded)),
  }
}

function checked(size: Size): Size {
  if (size.width <= longestSide && size.height <= longestSide) return size
  throw httpError(
    400,
    'imageParameterInvalid',
    `The image would be ${size.width} × ${size.height} pixels; no side may be longer than ${longestSide}.`,
  )
}
