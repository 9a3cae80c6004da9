import {readFileSync} from 'node:fs'

import {describe, expect, test} from 'vitest'

const stylesheet = readFileSync(
  new URL('../../site/assets/styles/palette.css', import.meta.url),
  'utf8',
)

/** Custom properties with a colour, of the first rule after `start`. */
function colours(start: RegExp): Map<string, string> {
  const [, declarations = ''] = start.exec(stylesheet) ?? []
  return new Map(
    [...declarations.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(
      ([, name = '', colour = '']) => [name, colour],
    ),
  )
}

const light = colours(/:root\s*\{([^}]*)\}/)
const dark = new Map([
  ...light,
  ...colours(/prefers-color-scheme: dark\)\s*\{\s*:root\s*\{([^}]*)\}/),
])

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

const texts = [
  'ink',
  'quiet',
  'accent',
  'flash',
  'breaking',
  'developing',
  'update',
  'correction',
  'killed',
]
const pairs = [
  ...texts.flatMap((text) => ['paper', 'panel'].map((ground) => [text, ground])),
  ...['flash', 'breaking', 'developing', 'withdrawal'].map((level) => [
    'on-signal',
    `${level}-ground`,
  ]),
]

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in %s', (_mode, palette) => {
  test.each(pairs)('%s can be read on %s', (text, ground) => {
    const [one, other] = [palette.get(`--${text}`), palette.get(`--${ground}`)]
    if (one === undefined || other === undefined) throw new Error('The colour is not in the sheet.')
    expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5)
  })
})
