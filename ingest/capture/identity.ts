import {createHash} from 'node:crypto'

import {transliterate} from './transliterate.ts'

const SLUG_LENGTH = 80

/** A hash of what is given, in hexadecimal, of the length asked for. */
export function digest(content: string, length: number): string {
  return createHash('sha256').update(content, 'utf8').digest('hex').slice(0, length)
}

/** The `_id` of an imported story: of its address at the source, else of publisher and headline. No dots, so it is public. */
export function storyId(source: {
  sourceUrl?: string | undefined
  publisher?: string | undefined
  headline: string
}): string {
  const origin =
    source.sourceUrl === undefined
      ? `headline\n${source.publisher ?? ''}\n${slugOf(source.headline) ?? source.headline}`
      : `url\n${plainAddress(source.sourceUrl)}`
  return `story-${digest(origin, 24)}`
}

/** The headline as an address: Latin letters, digits and hyphens; undefined when nothing of it can be written so. */
export function slugOf(headline: string, language?: string): string | undefined {
  const words = transliterate(headline, language)
    .toLowerCase()
    .replace(/['’ʼʹ]/gu, '')
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '')
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, SLUG_LENGTH) : `${slug}-${word}`
    if (longer.length > SLUG_LENGTH) break
    slug = longer
  }
  return slug.length < 3 ? undefined : slug
}

/**
 * Makes the `_key`s of one story: of the story's id, the text and how often that text came before,
 * so that a paragraph keeps its key when another one is put in above it.
 */
export function keyMaker(id: string): (content: string) => string {
  const seen = new Map<string, number>()
  return (content) => {
    const times = seen.get(content) ?? 0
    seen.set(content, times + 1)
    return digest(`${id}\n${times}\n${content}`, 12)
  }
}

/** Addresses that lead to one page are one: no scheme, `www.`, query of trackers, fragment or last slash. */
function plainAddress(url: string): string {
  const address = new URL(url)
  const trackers = Array.from(address.searchParams.keys()).filter((name) =>
    /^(?:utm_|fbclid|gclid)/u.test(name),
  )
  for (const name of trackers) address.searchParams.delete(name)
  return `${address.host.replace(/^www\./u, '')}${address.pathname.replace(/\/$/u, '')}${address.search}`
}
