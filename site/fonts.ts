import {readFileSync} from 'node:fs'

import {z} from 'zod'

const faces = [
  {family: 'Source Serif 4', name: 'source-serif-4', style: 'normal'},
  {family: 'Source Serif 4', name: 'source-serif-4', style: 'italic'},
  {family: 'Inter', name: 'inter', style: 'normal'},
] as const

/** What `assets/fonts/subset.js` leaves of the packages' weights. */
const weights = '400 800'

/**
 * System fonts stretched to the width and lines of ours, so that nothing jumps when ours arrive.
 * `size` is our mean character width over theirs in news text, measured in Chromium with fonts that have
 * the metrics of Times New Roman and Arial; ascent and descent are our fonts' own (1.036 and 0.335,
 * 0.969 and 0.241 of the size) over `size`.
 */
const fallbacks = [
  {
    family: 'Source Serif 4 Fallback',
    weight: '400 599',
    local: ['Times New Roman', 'TimesNewRomanPSMT', 'Liberation Serif'],
    size: 1.166,
    ascent: 1.036,
    descent: 0.335,
  },
  {
    family: 'Source Serif 4 Fallback',
    weight: '600 900',
    local: ['Times New Roman Bold', 'TimesNewRomanPS-BoldMT', 'Liberation Serif Bold'],
    size: 1.134,
    ascent: 1.036,
    descent: 0.335,
  },
  {
    family: 'Inter Fallback',
    weight: '400 599',
    local: ['Arial', 'ArialMT', 'Liberation Sans'],
    size: 1.06,
    ascent: 0.969,
    descent: 0.241,
  },
  {
    family: 'Inter Fallback',
    weight: '600 900',
    local: ['Arial Bold', 'Arial-BoldMT', 'Liberation Sans Bold'],
    size: 1.015,
    ascent: 0.969,
    descent: 0.241,
  },
] as const

export type FontFile = {
  family: string
  style: string
  weights: string
  /** Name under `/assets/fonts/`. */
  name: string
  unicodeRange: string
  bytes: Uint8Array<ArrayBuffer>
  /** Whether nearly every page needs it, so that it is fetched before the stylesheet asks. */
  preload: boolean
}

/**
 * The font files of the site; nothing is ever fetched from elsewhere. Each face is cut up by what pages
 * need together: `basic` is what English news is written in, and a page of other letters loads more.
 * Persian is set in the reader's own fonts.
 */
export function readFonts(): FontFile[] {
  const subsets = unicodeRanges.parse(JSON.parse(read('subsets.json').toString('utf8')))
  return faces.flatMap(({family, name, style}) =>
    // In the order of `subsets.json`: of two files that hold a character the later one is used.
    Object.entries(subsets).map(([subset, unicodeRange]) => {
      const file = `${name}-${subset}-${style}.woff2`
      return {
        family,
        style,
        weights,
        name: file,
        unicodeRange,
        bytes: new Uint8Array(read(file)),
        preload: subset === 'basic' && style === 'normal',
      }
    }),
  )
}

/** The `@font-face` rules for fonts with their addresses, and for the stretched system fonts. */
export function fontFaces(fonts: readonly (FontFile & {href: string})[]): string {
  const ours = fonts.map(
    ({family, style, weights, href, unicodeRange}) =>
      `@font-face{font-family:'${family}';font-style:${style};font-weight:${weights};font-display:swap;src:url(${href}) format('woff2');unicode-range:${unicodeRange}}`,
  )
  const theirs = fallbacks.map(({family, weight, local, size, ascent, descent}) => {
    const sources = local.map((name) => `local('${name}')`).join(',')
    return `@font-face{font-family:'${family}';font-weight:${weight};src:${sources};size-adjust:${percent(size)};ascent-override:${percent(ascent / size)};descent-override:${percent(descent / size)};line-gap-override:0%}`
  })
  return [...ours, ...theirs].join('\n')
}

const unicodeRanges = z.record(z.string(), z.string())

function read(name: string): Buffer {
  return readFileSync(new URL(`assets/fonts/${name}`, import.meta.url))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
