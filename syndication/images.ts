import {createImageUrlBuilder} from '@sanity/image-url'

import type {Picture} from '../queries/storyFields.ts'

/** Where pictures are served: an origin, or `/` for the page's own. */
export type ImageSource = {projectId: string; dataset: string; baseUrl: string}

/** What an `<img>` needs: addresses by width, and the size that keeps its place before it is loaded. */
export type ImageSet = {
  src: string
  srcset: string
  width: number
  height: number
  /** A blurred picture of a few hundred bytes as a `data:` address. */
  lqip: string | undefined
}

const widths = [320, 480, 720, 960, 1280, 1920]
/** For a reader whose browser takes no `srcset`. */
const plainWidth = 960

/**
 * The addresses of a picture in all widths, cropped as the editor cropped it and, when `aspect` (width by
 * height) is given, to that aspect around the hotspot. `undefined` when there is no asset to show.
 */
export function imageSet(
  picture: Picture | undefined,
  source: ImageSource,
  aspect?: number,
): ImageSet | undefined {
  const asset = picture?.asset
  if (!asset || !/^image-[a-zA-Z0-9]+-\d+x\d+-[a-z0-9]+$/.test(asset._id)) return undefined
  const whole = cropped(picture)
  const ratio = aspect ?? whole.width / whole.height
  const largest = Math.max(Math.min(whole.width, Math.round(whole.height * ratio)), 1)
  const at = (width: number) => addressOf(picture, source, width, aspect)
  const offered = widths.filter((width) => width < largest)
  if (offered.length < widths.length) offered.push(Math.min(largest, widths.at(-1) ?? largest))
  return {
    src: at(Math.min(plainWidth, largest)),
    srcset: offered.map((width) => `${at(width)} ${width}w`).join(', '),
    width: largest,
    height: Math.max(Math.round(largest / ratio), 1),
    lqip: asset.lqip?.startsWith('data:image/') ? asset.lqip : undefined,
  }
}

/** One address of a picture, for feeds and for other sites. */
export function imageAddress(
  picture: Picture | undefined,
  source: ImageSource,
  width: number,
  aspect?: number,
): string | undefined {
  return imageSet(picture, source, aspect) && picture && addressOf(picture, source, width, aspect)
}

function addressOf(picture: Picture, source: ImageSource, width: number, aspect?: number): string {
  const {asset, crop, hotspot} = picture
  const image = createImageUrlBuilder({projectId: source.projectId, dataset: source.dataset})
    .withOptions({baseUrl: source.baseUrl})
    .image({asset: {_ref: asset?._id ?? ''}, ...(crop && {crop}), ...(hotspot && {hotspot})})
    .width(width)
    .auto('format')
  return (aspect === undefined ? image.fit('max') : image.height(Math.round(width / aspect))).url()
}

/** Width and height of what the editor's crop leaves, in pixels; the id of an asset holds its size. */
function cropped({asset, crop}: Picture): {width: number; height: number} {
  const [, across, down] = /-(\d+)x(\d+)-/.exec(asset?._id ?? '') ?? []
  const width = Number(across ?? 1) * (1 - (crop?.left ?? 0) - (crop?.right ?? 0))
  const height = Number(down ?? 1) * (1 - (crop?.top ?? 0) - (crop?.bottom ?? 0))
  return {width: Math.max(Math.round(width), 1), height: Math.max(Math.round(height), 1)}
}
