import type {Banner} from '../queries/breaking.ts'
import type {BreakingState} from '../queries/subscribeBreaking.ts'
import {storyPath} from '../syndication/page.ts'

/** Breaking news as it goes to open pages and to partners. Times are UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type BreakingFeed = {
  /** When this was true, by the server's clock. */
  serverTime: string
  /** The first one on top; each ends by itself at its `until`. */
  banners: {
    id: string
    kind: Banner['kind']
    level: Banner['level']
    /** The headline, or for a withdrawal its sentence. */
    text: string
    /** The story's public address; null when there is no story yet. */
    url: string | null
    startsAt: string
    until: string
  }[]
}

export function breakingFeed({banners, at}: BreakingState, siteUrl: string): BreakingFeed {
  return {
    serverTime: at.toISOString(),
    banners: banners.map(({_id, kind, level, text, startsAt, until, storySlug}) => ({
      id: _id,
      kind,
      level,
      text,
      url: storySlug === undefined ? null : `${siteUrl}${storyPath(storySlug)}`,
      startsAt,
      until,
    })),
  }
}
