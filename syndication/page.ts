import type {Lease} from '../queries/breaking.ts'
import type {Settings} from '../queries/settings.ts'
import type {ImageSource} from './images.ts'
import {timesFor, type Times} from './times.ts'
import type {Words} from './words/words.ts'
import {wordsFor} from './words/wordsFor.ts'

/** What every part of one page shares: the newsroom, the instant, and how this page speaks. */
export type Page = {
  settings: Settings
  leases: readonly Lease[]
  now: Date
  images: ImageSource
  /** Public origin of the site without a trailing slash, for addresses that leave the page. */
  siteUrl: string
  /** Language of the page's content (BCP 47), for `lang` and `dir`. */
  language: string
  words: Words
  times: Times
}

export type PageOptions = Omit<Page, 'words' | 'times' | 'language'> & {
  /** Language of the story (BCP 47); the site's when it has none. */
  language?: string | undefined
  siteLanguage: string
}

/** Settles how a page speaks: in the content's language where there are words for it, else in the site's. */
export function pageFor({language, siteLanguage, ...page}: PageOptions): Page {
  const words = wordsFor(language, siteLanguage)
  return {
    ...page,
    language: validLanguage(language) ?? siteLanguage,
    words,
    times: timesFor(words.locale, page.settings.timeZone, page.now),
  }
}

/** The same page, speaking the language of one of its stories where there are words for it. */
export function pageIn(page: Page, language: string | undefined): Page {
  const words = wordsFor(language, page.words.language)
  if (words === page.words) return page
  return {...page, words, times: timesFor(words.locale, page.settings.timeZone, page.now)}
}

export function storyPath(slug: string): string {
  return `/a/${encodeURIComponent(slug)}`
}

function validLanguage(language: string | undefined): string | undefined {
  try {
    return language === undefined ? undefined : Intl.getCanonicalLocales(language)[0]
  } catch {
    return undefined
  }
}
