/** One colour of a picture, in the form of `sanity.imagePaletteSwatch`. `population` is its share in per cent. */
export type Swatch = {
  _type: 'sanity.imagePaletteSwatch'
  background: string
  foreground: string
  title: string
  population: number
}

export type Palette = {_type: 'sanity.imagePalette'} & {[name in SwatchName]?: Swatch}

type SwatchName = 'dominant' | keyof typeof targets

type Colour = {red: number; green: number; blue: number; count: number}

/**
 * What each name asks of a colour: lightness and saturation between 0 and 1, as in HSL. A colour qualifies inside
 * both ranges, and the nearest to the aims with the largest share wins.
 */
const targets = {
  darkMuted: {lightness: [0, 0.26, 0.45], saturation: [0, 0.3, 0.4]},
  muted: {lightness: [0.3, 0.5, 0.7], saturation: [0, 0.3, 0.4]},
  lightMuted: {lightness: [0.55, 0.74, 1], saturation: [0, 0.3, 0.4]},
  darkVibrant: {lightness: [0, 0.26, 0.45], saturation: [0.35, 1, 1]},
  vibrant: {lightness: [0.3, 0.5, 0.7], saturation: [0.35, 1, 1]},
  lightVibrant: {lightness: [0.55, 0.74, 1], saturation: [0.35, 1, 1]},
} as const

/** Colours nearer than this (distance in RGB, 0 to 441) are one colour to the eye at a glance. */
const sameColour = 40

/** The palette of a small picture given as rows of RGBA bytes; transparent pixels do not count. */
export function paletteOf(pixels: Uint8Array): Palette {
  const colours = mergeNear(countColours(pixels))
  const total = colours.reduce((sum, {count}) => sum + count, 0)
  const palette: Palette = {_type: 'sanity.imagePalette'}
  const [dominant] = colours
  if (!dominant) return palette
  palette.dominant = swatch(dominant, total)
  for (const name of swatchNames) {
    const best = bestFor(targets[name], colours, total)
    if (best) palette[name] = swatch(best, total)
  }
  return palette
}

const swatchNames = [
  'darkMuted',
  'muted',
  'lightMuted',
  'darkVibrant',
  'vibrant',
  'lightVibrant',
] as const

/** Counts colours in boxes of 16 steps a channel; each box stands for the mean of what fell into it. */
function countColours(pixels: Uint8Array): Colour[] {
  const boxes = new Map<number, Colour>()
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4)
    if (alpha < 128) continue
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
    const box = boxes.get(key) ?? {red: 0, green: 0, blue: 0, count: 0}
    boxes.set(key, {
      red: box.red + red,
      green: box.green + green,
      blue: box.blue + blue,
      count: box.count + 1,
    })
  }
  return [...boxes.values()].map(({red, green, blue, count}) => ({
    red: red / count,
    green: green / count,
    blue: blue / count,
    count,
  }))
}

function mergeNear(colours: readonly Colour[]): Colour[] {
  const merged: Colour[] = []
  for (const colour of colours.toSorted((left, right) => right.count - left.count)) {
    const near = merged.findIndex((other) => distance(other, colour) < sameColour)
    const other = merged[near]
    if (other) merged[near] = {...other, count: other.count + colour.count}
    else merged.push(colour)
  }
  return merged.sort((left, right) => right.count - left.count)
}

function distance(left: Colour, right: Colour): number {
  return Math.hypot(left.red - right.red, left.green - right.green, left.blue - right.blue)
}

type Range = readonly [least: number, aim: number, most: number]

function bestFor(
  target: {lightness: Range; saturation: Range},
  colours: readonly Colour[],
  total: number,
): Colour | undefined {
  const scored = colours.flatMap((colour) => {
    const {lightness, saturation} = hsl(colour)
    if (!within(target.lightness, lightness) || !within(target.saturation, saturation)) return []
    const score =
      3 * (1 - Math.abs(saturation - target.saturation[1])) +
      6 * (1 - Math.abs(lightness - target.lightness[1])) +
      colour.count / total
    return [{colour, score}]
  })
  return scored.sort((left, right) => right.score - left.score)[0]?.colour
}

function within([least, , most]: Range, value: number): boolean {
  return value >= least && value <= most
}

function hsl({red, green, blue}: Colour): {lightness: number; saturation: number} {
  const most = Math.max(red, green, blue) / 255
  const least = Math.min(red, green, blue) / 255
  const lightness = (most + least) / 2
  const spread = most - least
  const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * lightness - 1))
  return {lightness, saturation}
}

function swatch(colour: Colour, total: number): Swatch {
  const foreground = luminance(colour) > 0.179 ? '#000' : '#fff'
  return {
    _type: 'sanity.imagePaletteSwatch',
    background: hex(colour),
    foreground,
    title: foreground,
    population: Math.round((colour.count / total) * 10_000) / 100,
  }
}

/** Relative luminance (WCAG 2.2); at 0.179 black and white text have the same contrast. */
function luminance({red, green, blue}: Colour): number {
  const [linearRed = 0, linearGreen = 0, linearBlue = 0] = [red, green, blue].map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * linearRed + 0.7152 * linearGreen + 0.0722 * linearBlue
}

function hex({red, green, blue}: Colour): string {
  const channels = [red, green, blue].map((channel) => Math.round(channel).toString(16))
  return `#${channels.map((channel) => channel.padStart(2, '0')).join('')}`
}
