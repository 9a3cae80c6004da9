import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

import {z} from 'zod'

/** The scripts that the newsroom's languages need; Persian is set in the reader's own fonts. */
const subsets = ['latin', 'latin-ext', 'cyrillic'] as const

const faces = [
  {
    family: 'Source Serif 4',
    package: '@fontsource-variable/source-serif-4',
    name: 'source-serif-4',
    style: 'normal',
    weights: '200 900',
  },
  {
    family: 'Source Serif 4',
    package: '@fontsource-variable/source-serif-4',
    name: 'source-serif-4',
    style: 'italic',
    weights: '200 900',
  },
  {
    family: 'Inter',
    package: '@fontsource-variable/inter',
    name: 'inter',
    style: 'normal',
    weights: '100 900',
  },
] as const

/**
 * System fonts stretched to the width and lines of ours, so that nothing jumps when ours arrive.
 * `size` is our mean character width over theirs in news text, measured in Chromium with fonts that have
 * the metrics of Times New Roman and Arial; ascent and descent are our fonts' own (1.036 and 0.335,
 * 0.969 and 0.241 of the size) over `size`.
 */
const fallbacks = [
  {
    family: 'Source Serif 4 Fallback',
    weight: '200 599',
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
    weight: '100 599',
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

/** The font files of the site, read from their packages; nothing is ever fetched from elsewhere. */
export function readFonts(): FontFile[] {
  return faces.flatMap((face) => {
    const ranges = unicodeRanges.parse(
      JSON.parse(readFileSync(inPackage(face.package, 'unicode.json'), 'utf8')),
    )
    return subsets.map((subset) => {
      const name = `${face.name}-${subset}-wght-${face.style}.woff2`
      return {
        family: face.family,
        style: face.style,
        weights: face.weights,
        name,
        unicodeRange: ranges[subset],
        bytes: new Uint8Array(readFileSync(inPackage(face.package, `files/${name}`))),
        preload: subset === 'latin' && face.style === 'normal',
      }
    })
  })
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

const unicodeRanges = z.object({latin: z.string(), 'latin-ext': z.string(), cyrillic: z.string()})

function inPackage(name: string, path: string): string {
  return fileURLToPath(import.meta.resolve(`${name}/${path}`))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
