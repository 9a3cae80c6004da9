import type {Banner} from '../queries/breaking.ts'
import type {BreakingState} from '../queries/subscribeBreaking.ts'
import {storyPath} from '../syndication/page.ts'
import {wordsFor} from '../syndication/words/wordsFor.ts'

/** A line of breaking news as it goes to open pages and to partners. Times are UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type FeedBanner = {
  id: string
  kind: Banner['kind']
  level: Banner['level']
  /** What stands before the text, in the site's language: "Flash", "Breaking News", "Developing", "Withdrawn". */
  label: string
  /** The headline, or for a withdrawal its sentence. */
  text: string
  /** The story's public address; null when there is no story yet. */
  url: string | null
  startsAt: string
  until: string
}

export type BreakingFeed = {
  /** When this was true, by the server's clock. */
  serverTime: string
  /** The first one on top; each ends by itself at its `until`. */
  banners: FeedBanner[]
}

export type FeedOptions = {
  /** The public origin, without a trailing slash. */
  siteUrl: string
  /** BCP 47: the language of the labels. */
  language: string
}

export function breakingFeed(
  {banners, at}: Pick<BreakingState, 'banners' | 'at'>,
  options: FeedOptions,
): BreakingFeed {
  return {
    serverTime: at.toISOString(),
    banners: banners.map((banner) => feedBanner(banner, options)),
  }
}

export function feedBanner(
  {_id, kind, level, text, startsAt, until, storySlug}: Banner,
  {siteUrl, language}: FeedOptions,
): FeedBanner {
  const {labels} = wordsFor(language)
  return {
    id: _id,
    kind,
    level,
    label: kind === 'withdrawal' ? labels.withdrawn : labels[level],
    text,
    url: storySlug === undefined ? null : `${siteUrl}${storyPath(storySlug)}`,
    startsAt,
    until,
  }
}
