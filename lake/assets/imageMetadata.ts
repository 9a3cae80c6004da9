import sharp from 'sharp'

import type {JsonObject} from '../documents/document.ts'
import {httpError} from '../errors.ts'
import {paletteOf} from './palette.ts'

/** What a picture says about itself. `metadata` is the document's `sanity.imageMetadata`. */
export type ImageFacts = {
  extension: string
  mimeType: string
  dimensions: {width: number; height: number}
  metadata: JsonObject
}

/** The extras that an upload may ask for by `meta=`; size, alpha and opacity are always told. */
export type ImageExtra = 'palette' | 'lqip'

/** The formats that are taken in, by sharp's name. */
const formats: {[name: string]: {extension: string; mimeType: string} | undefined} = {
  jpeg: {extension: 'jpg', mimeType: 'image/jpeg'},
  png: {extension: 'png', mimeType: 'image/png'},
  webp: {extension: 'webp', mimeType: 'image/webp'},
  gif: {extension: 'gif', mimeType: 'image/gif'},
  tiff: {extension: 'tif', mimeType: 'image/tiff'},
  svg: {extension: 'svg', mimeType: 'image/svg+xml'},
  heif: {extension: 'avif', mimeType: 'image/avif'},
}

/** Some 160 megapixels, more than the largest cameras of the press; sharp refuses larger ones before decoding. */
export const pixelLimit = 160_000_000

/**
 * Reads a picture's size as it is seen (turned as its EXIF orientation says), its colours and a tiny preview.
 * Throws `LakeError` `imageInvalid` (400).
 */
export async function readImage(
  file: string,
  extras: ReadonlySet<ImageExtra>,
): Promise<ImageFacts> {
  try {
    const found = await sharp(file, {limitInputPixels: pixelLimit}).metadata()
    const format = formats[found.format]
    if (!format || (found.format === 'heif' && found.compression !== 'av1')) throw unknownFormat()
    const {width, height} = found.autoOrient
    const {isOpaque} = found.hasAlpha ? await sharp(file).stats() : {isOpaque: true}
    const metadata = {
      _type: 'sanity.imageMetadata',
      hasAlpha: found.hasAlpha,
      isOpaque,
      dimensions: {_type: 'sanity.imageDimensions', width, height, aspectRatio: width / height},
      ...(extras.has('palette') ? {palette: await readPalette(file)} : {}),
      ...(extras.has('lqip') ? {lqip: await readPreview(file, isOpaque)} : {}),
    }
    return {...format, dimensions: {width, height}, metadata}
  } catch (cause) {
    throw httpError(400, 'imageInvalid', imageInvalidSentence, {}, cause)
  }
}

/** Whether a picture's file carries EXIF, XMP or IPTC. */
export async function carriesMetadata(file: string): Promise<boolean> {
  const {exif, xmp, iptc} = await sharp(file, {limitInputPixels: pixelLimit}).metadata()
  return Boolean(exif ?? xmp ?? iptc)
}

const imageInvalidSentence =
  'This file is not a picture that can be shown. JPEG, PNG, WebP, AVIF, GIF, TIFF and SVG can.'

function unknownFormat(): Error {
  return new Error('The picture has a format that is not taken in.')
}

async function readPalette(file: string): Promise<JsonObject> {
  const pixels = await sharp(file)
    .autoOrient()
    .resize(100, 100, {fit: 'inside', withoutEnlargement: true})
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer()
  return paletteOf(pixels)
}

/** A preview of 20 pixels' width, small enough to stand in the page until the picture has come. */
async function readPreview(file: string, isOpaque: boolean): Promise<string> {
  const small = sharp(file).autoOrient().resize(20)
  const data = isOpaque ? await small.jpeg({quality: 70}).toBuffer() : await small.png().toBuffer()
  return `data:image/${isOpaque ? 'jpeg' : 'png'};base64,${data.toString('base64')}`
}
