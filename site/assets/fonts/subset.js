/**
 * Makes the font files beside it from the `@fontsource-variable` packages: weights 400 to 800, the
 * characters of `subsets.json`, kerning but no alternate shapes. Needed again only when a package or the
 * characters change: `npx node site/assets/fonts/subset.js`.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

import subsetFont from 'subset-font'

const faces = [
  ['source-serif-4', 'normal'],
  ['source-serif-4', 'italic'],
  ['inter', 'normal'],
]
const subsets = JSON.parse(readFileSync(new URL('subsets.json', import.meta.url), 'utf8'))
const basic = charactersOf(subsets.basic)

for (const [font, style] of faces) {
  for (const [subset, ranges] of Object.entries(subsets)) {
    const inPackage = subset === 'basic' ? 'latin' : subset
    const name = `@fontsource-variable/${font}/files/${font}-${inPackage}-wght-${style}.woff2`
    const characters = [...charactersOf(ranges)].filter(
      (character) => subset === 'basic' || !basic.has(character),
    )
    const bytes = await subsetFont(
      readFileSync(fileURLToPath(import.meta.resolve(name))),
      characters.join(''),
      {
        targetFormat: 'woff2',
        variationAxes: {wght: {min: 400, max: 800}},
        noLayoutClosure: true,
      },
    )
    writeFileSync(new URL(`${font}-${subset}-${style}.woff2`, import.meta.url), bytes)
    console.log(`${font}-${subset}-${style}.woff2: ${bytes.length} bytes`)
  }
}

/** The characters of a CSS `unicode-range`. */
function charactersOf(ranges) {
  return new Set(
    ranges.split(',').flatMap((range) => {
      const [first, last = first] = range.slice(2).split('-')
      const from = Number.parseInt(first, 16)
      const to = Number.parseInt(last, 16)
      return Array.from({length: to - from + 1}, (_, index) => String.fromCodePoint(from + index))
    }),
  )
}
