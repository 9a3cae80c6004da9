import {httpError} from '../errors.ts'

/** The two kinds of assets, as paths and ids name them. */
export type AssetKind = 'image' | 'file'

/** What an asset's file is called in paths and ids: its SHA-1, its size in pixels when it is an image, its extension. */
export type AssetName = {
  kind: AssetKind
  sha1: string
  extension: string
  dimensions?: {width: number; height: number}
}

/** `image-<sha1>-<width>x<height>-<extension>` or `file-<sha1>-<extension>`. */
export function assetId({kind, sha1, extension, dimensions}: AssetName): string {
  const size = dimensions ? `-${dimensions.width}x${dimensions.height}` : ''
  return `${kind}-${sha1}${size}-${extension}`
}

/** The last part of an asset's address: `<sha1>-<width>x<height>.<extension>` or `<sha1>.<extension>`. */
export function assetFileName({sha1, extension, dimensions}: AssetName): string {
  const size = dimensions ? `-${dimensions.width}x${dimensions.height}` : ''
  return `${sha1}${size}.${extension}`
}

/** Reads what `assetFileName` made. Throws `LakeError` `assetUnknown` (404) for anything else. */
export function parseAssetFileName(kind: AssetKind, name: string): AssetName {
  const pattern =
    kind === 'image'
      ? /^(?<sha1>[a-f0-9]{40})-(?<width>\d{1,5})x(?<height>\d{1,5})\.(?<extension>[a-z0-9]{1,12})$/
      : /^(?<sha1>[a-f0-9]{40})\.(?<extension>[a-z0-9]{1,12})$/
  const {sha1, extension, width, height} = pattern.exec(name)?.groups ?? {}
  if (sha1 === undefined || extension === undefined) throw assetUnknown()
  if (width === undefined || height === undefined) return {kind, sha1, extension}
  return {kind, sha1, extension, dimensions: {width: Number(width), height: Number(height)}}
}

/** The answer for an asset that was never there, or whose document was deleted. */
export function assetUnknown() {
  return httpError(404, 'assetUnknown', 'There is no such asset.')
}
