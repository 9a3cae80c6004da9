import sharp, {type Sharp} from 'sharp'

import {pixelLimit} from './imageMetadata.ts'
import {planImage, type Size} from './imagePlan.ts'
import type {Transformation} from './transformation.ts'

export type ImageFormat = 'jpg' | 'pjpg' | 'png' | 'webp' | 'avif' | 'gif'

/** What is to be done to the pixels, as its address says it. */
export type ImageChanges = Omit<Transformation, 'fm' | 'auto'>

const defaultQuality = 75
const turnedSide = 4096

// One thread a picture: how many are made at once is the cache's business.
sharp.concurrency(1)

/**
 * Makes a variant of a picture. `upright` is the picture's size as it is seen. Metadata stays behind: where and by whom a
 * picture was taken is for the newsroom, not for everyone who sees it. Throws `LakeError` `imageParameterInvalid`.
 */
export async function renderImage(
  file: string,
  upright: Size,
  transformation: ImageChanges,
  format: ImageFormat,
): Promise<Buffer> {
  const turned = await turn(file, upright, transformation)
  const {region, scaled, byEntropy, border} = planImage(turned.size, turned.rest)
  let image = turned.image.extract(region).resize(scaled.width, scaled.height, {
    fit: byEntropy ? 'cover' : 'fill',
    ...(byEntropy ? {position: sharp.strategy.entropy} : {}),
  })
  const background = transformation.bg
  if (Object.values(border).some((side) => side > 0)) {
    image = image.extend({...border, background: background ?? transparentOr(format)})
  }
  image = filtered(image, transformation)
  if (background !== undefined || !hasTransparency(format)) {
    image = image.flatten({background: background ?? '#fff'})
  }
  return await encoded(image, format, transformation.q ?? defaultQuality).toBuffer()
}

/**
 * Turns and flips a picture, after `rect` and before everything else. Few addresses ask for it, so it may cost a copy of
 * the picture in memory, of at most `turnedSide` pixels a side.
 */
async function turn(
  file: string,
  upright: Size,
  transformation: ImageChanges,
): Promise<{image: Sharp; size: Size; rest: ImageChanges}> {
  const {or, flip, rect, ...rest} = transformation
  const angle = Number(or ?? 0)
  const image = sharp(file, {limitInputPixels: pixelLimit}).autoOrient()
  if (angle === 0 && flip === undefined) return {image, size: upright, rest: transformation}
  const {region} = planImage(upright, {rect})
  const part = await image
    .extract(region)
    .resize(turnedSide, turnedSide, {fit: 'inside', withoutEnlargement: true})
    .png({compressionLevel: 1})
    .toBuffer()
  let turned = sharp(part).rotate(angle)
  if (flip?.includes('h')) turned = turned.flop()
  if (flip?.includes('v')) turned = turned.flip()
  const {data, info} = await turned.png({compressionLevel: 1}).toBuffer({resolveWithObject: true})
  return {image: sharp(data), size: {width: info.width, height: info.height}, rest}
}

function filtered(image: Sharp, {blur, sharp: sharpen, sat, invert}: ImageChanges): Sharp {
  let result = image
  if (blur) result = result.blur(Math.max(0.3, blur / 20))
  if (sharpen) result = result.sharpen({sigma: 0.5 + sharpen / 50})
  if (sat !== undefined)
    result = sat === -100 ? result.greyscale() : result.modulate({saturation: 1 + sat / 100})
  if (invert === 'true') result = result.negate({alpha: false})
  return result
}

function encoded(image: Sharp, format: ImageFormat, quality: number): Sharp {
  const least = Math.max(1, quality)
  if (format === 'png') return image.png()
  if (format === 'gif') return image.gif()
  if (format === 'webp') return image.webp({quality: least})
  // AVIF costs seconds a picture at sharp's own effort; this is the fastest that still beats WebP.
  if (format === 'avif') return image.avif({quality: least, effort: 2})
  return image.jpeg({quality: least, progressive: format === 'pjpg', mozjpeg: false})
}

function hasTransparency(format: ImageFormat): boolean {
  return format !== 'jpg' && format !== 'pjpg'
}

function transparentOr(format: ImageFormat): string {
  return hasTransparency(format) ? '#0000' : '#fff'
}
