import {
  longestLeaseHeadline,
  longestLeaseMinutes,
  shortestLeaseMinutes,
} from '../../editorial/breaking.ts'
import type {LeaseLevel} from '../../editorial/documents.ts'
import {isRecord} from '../../editorial/references.ts'

/** The story that a banner leads to, as far as the banner needs it. */
export type StoryToBreak = {
  _id: string
  /** BCP 47; undefined for the site's. */
  language?: string | undefined
  /** Where readers find it; undefined while they cannot open it: the banner stands without a link then. */
  slug?: string | undefined
}

/** What a banner's form starts from; what is missing is the usual. */
export type BannerWords = {
  headline?: string | undefined
  level?: LeaseLevel | undefined
  /** Ids of topics. */
  topics?: readonly string[] | undefined
  minutes?: number | undefined
}

/** What the dialog asks before anything is broken. */
export type BreakingForm = {
  headline: string
  level: LeaseLevel
  topics: readonly string[]
  minutes: number
}

/** What stands behind each level, for the person who chooses. */
export const levelMeanings: Record<LeaseLevel, string> = {
  flash: 'the highest; screen readers say it at once',
  breaking: 'the usual: important and new',
  developing: 'we follow it, more is coming',
}

/** The first form: what is given, and the newsroom's usual length. */
export function firstForm(
  {headline = '', level = 'breaking', topics = [], minutes}: BannerWords,
  usualMinutes: number,
): BreakingForm {
  return {
    headline: headline.trim().slice(0, longestLeaseHeadline),
    level,
    topics,
    minutes: minutes ?? usualMinutes,
  }
}

/** A banner's first words from a story: its short headline when there is one, else its headline, and its topics. */
export function wordsOfStory(story: object | null | undefined): BannerWords {
  const fields = isRecord(story) ? story : {}
  const headline = [fields['shortHeadline'], fields['headline']].find(
    (words): words is string => typeof words === 'string' && words.trim() !== '',
  )
  const topics = Array.isArray(fields['topics']) ? fields['topics'] : []
  return {
    headline,
    topics: topics.flatMap((topic: unknown) =>
      isRecord(topic) && typeof topic['_ref'] === 'string' ? [topic['_ref']] : [],
    ),
  }
}

/** A story as its banner needs it; readers find it at the address of its published version. */
export function storyToBreak(
  id: string,
  {draft, published}: {draft: object | null; published: object | null},
): StoryToBreak {
  const words = {...published, ...draft}
  const live = isRecord(published) && published['killed'] === undefined ? published : {}
  const slug = isRecord(live['slug']) ? live['slug']['current'] : undefined
  const language = 'language' in words ? words.language : undefined
  return {
    _id: id,
    language: typeof language === 'string' ? language : undefined,
    slug: typeof slug === 'string' ? slug : undefined,
  }
}

/** Why it cannot be broken like this; undefined when it can. */
export function formReason({headline, minutes}: BreakingForm): string | undefined {
  if (headline.trim() === '') return 'Write what the banner says.'
  if (headline.trim().length > longestLeaseHeadline) {
    return `The banner has room for ${longestLeaseHeadline} characters.`
  }
  if (
    !Number.isFinite(minutes) ||
    minutes < shortestLeaseMinutes ||
    minutes > longestLeaseMinutes
  ) {
    return `Choose between ${shortestLeaseMinutes} and ${longestLeaseMinutes} minutes.`
  }
  return undefined
}

/** Minutes left of a lease, rounded up: "1 min left" until the very end. */
export function minutesLeft(until: string, now: Date): number {
  return Math.max(0, Math.ceil((Date.parse(until) - now.getTime()) / 60_000))
}
