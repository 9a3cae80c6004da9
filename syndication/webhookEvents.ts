import {z} from 'zod'

import {correction, leaseLevels, articleUpdate} from '../editorial/documents.ts'
import type {WebhookEvent} from '../editorial/webhookDocuments.ts'
import {storyPath} from './page.ts'

/** One thing that happened, as partners' programs are told of it. Times are UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type WebhookMessage = {
  /** The same for the same thing, however often it is found or sent: partners know a repetition by it. */
  id: string
  event: WebhookEvent
  at: string
  /** Public origin of the newsroom's site. */
  site: string
  story?: {id: string; url: string | null; headline: string | null; language: string | null}
  breaking?: {
    id: string
    level: (typeof leaseLevels)[number]
    headline: string
    startsAt: string
    until: string
    storyId: string | null
  }
  /** What readers are told: the note of an update, the text of a correction, the notice or sentence in place of a story. */
  text?: string
  /** Which update it is, and whether a correction is one or a clarification. */
  number?: number
  kind?: 'correction' | 'clarification'
}

/** What is asked of stories for `messagesOf`. */
export const messageStoryFields = `{
  _id, _type, headline, language, "slug": slug.current, firstPublishedAt, updates, corrections, killed
}`
export const messageLeaseFields = `{
  _id, _type, headline, level, startsAt, until, withdrawn, "storyId": article._ref
}`

export const messageStory = z.object({
  _id: z.string(),
  headline: z.string().nullish(),
  language: z.string().nullish(),
  slug: z.string().nullish(),
  firstPublishedAt: z.string().nullish(),
  updates: z.array(articleUpdate).nullish(),
  corrections: z.array(correction).nullish(),
  killed: z.object({at: z.string(), notice: z.string()}).nullish(),
})
export type MessageStory = z.infer<typeof messageStory>

export const messageLease = z.object({
  _id: z.string(),
  headline: z.string(),
  level: z.enum(leaseLevels),
  startsAt: z.string(),
  until: z.string(),
  withdrawn: z.object({at: z.string(), sentence: z.string()}).nullish(),
  storyId: z.string().nullish(),
})
export type MessageLease = z.infer<typeof messageLease>

/**
 * Everything that happened to these after `since` (a stored time), the oldest first, told by what readers can see: a
 * story that was killed since says only that, so that its text goes to nobody any more.
 */
export function messagesOf(
  {stories, leases}: {stories: readonly MessageStory[]; leases: readonly MessageLease[]},
  {site, since, now}: {site: string; since: string; now: string},
): WebhookMessage[] {
  return [
    ...stories.flatMap((story) => storyMessages(story, site)),
    ...leases.flatMap((lease) => leaseMessages(lease, site)),
  ]
    .filter(({at}) => at > since && at <= now)
    .sort((one, other) => compare(one.at, other.at) || compare(one.id, other.id))
}

function storyMessages(story: MessageStory, site: string): WebhookMessage[] {
  const {_id, headline, language, slug, firstPublishedAt, updates, corrections, killed} = story
  const message = (
    event: WebhookEvent,
    at: string,
    which: string,
    more: Partial<WebhookMessage> = {},
  ): WebhookMessage => ({
    id: [event, _id, which].join(':'),
    event,
    at,
    site,
    story: {
      id: _id,
      url: slug ? `${site}${storyPath(slug)}` : null,
      headline: headline ?? null,
      language: language ?? null,
    },
    ...more,
  })
  if (killed) return [message('kill', killed.at, killed.at, {text: killed.notice})]
  return [
    ...(firstPublishedAt ? [message('publish', firstPublishedAt, firstPublishedAt)] : []),
    ...(updates ?? []).map(({_key, at, note, number}) =>
      message('update', at, _key, {text: note, number}),
    ),
    ...(corrections ?? []).map(({_key, at, text, kind}) =>
      message('correction', at, _key, {text, kind}),
    ),
  ]
}

function leaseMessages(lease: MessageLease, site: string): WebhookMessage[] {
  const {_id, headline, level, startsAt, until, withdrawn, storyId = null} = lease
  const breaking = {id: _id, level, headline, startsAt, until, storyId}
  const began: WebhookMessage = {
    id: `breaking:${_id}`,
    event: 'breaking',
    at: startsAt,
    site,
    breaking,
  }
  if (!withdrawn) return [began]
  if (withdrawn.at < startsAt) return []
  const {at, sentence: text} = withdrawn
  // Whoever was never told of it is not told now: only that it was wrong.
  return [{id: `withdrawn:${_id}`, event: 'withdrawn', at, site, breaking, text}]
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
