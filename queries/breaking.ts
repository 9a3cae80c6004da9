import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {liveLeaseFilter, liveLeases, nextEdge} from '../editorial/breaking.ts'
import {leaseLevels} from '../editorial/documents.ts'
import {developingAfterHours} from '../editorial/labels.ts'
import {hour, minute, storedTimeOf} from '../editorial/time.ts'
import {maybe, readAnswer} from './answer.ts'

/**
 * The one rule for "live" in GROQ, the same as `isLive` in `editorial/breaking.ts`. `$now` is a stored time
 * (`YYYY-MM-DDTHH:mm:ss.sssZ`), so that page, cache lifetime and labels speak of the same instant.
 */
export const liveLease = liveLeaseFilter

/** Leases that a page's banner or labels may still depend on: live, coming, or over since `$since`. */
export const leaseInSight = `_type == "breakingNews" && (until > $since || withdrawn.at > $since)`

/** What every question about leases asks for, without its braces. */
export const leaseAttributes = `_id, headline, level, startsAt, until, endedAt, withdrawn, article{_ref},
  "storySlug": select(!defined(article->killed) => article->slug.current)`

export const leaseFields = `{${leaseAttributes}}`

/** The same with the ids of its topics. */
export const recordFields = `{${leaseAttributes}, "topics": topics[]._ref}`

export const lease = z.object({
  _id: z.string(),
  headline: z.string(),
  level: z.enum(leaseLevels),
  startsAt: z.string(),
  until: z.string(),
  endedAt: maybe(z.string()),
  withdrawn: maybe(z.object({at: z.string(), sentence: z.string()})),
  article: maybe(z.object({_ref: z.string()})),
  storySlug: maybe(z.string()),
})
export type Lease = z.infer<typeof lease>

/** What is live now, in no order; `liveLeases` and `bannersAt` give the readers' order. */
export const liveLeasesQuery = defineQuery(
  `*[_type == "breakingNews" && ${liveLease}]${leaseFields}`,
)

/** Everything that the banner depends on, before, at and after `$now`. */
export const leasesInSightQuery = defineQuery(`*[${leaseInSight}]${leaseFields}`)

/** `$now` and `$since` for a question asked at `now`. */
export function leaseParameters(now: Date): {now: string; since: string} {
  return {
    now: storedTimeOf(now),
    since: storedTimeOf(new Date(now.getTime() - developingAfterHours * hour)),
  }
}

/** Leases that banner and labels may depend on at `now`. Throws `QueryAnswerError` and the client's errors. */
export async function fetchLeases(client: SanityClient, now: Date): Promise<Lease[]> {
  const answer: unknown = await client.fetch(leasesInSightQuery, leaseParameters(now))
  return readAnswer('breaking news', z.array(lease), answer)
}

/** The live leases at `now` as the lake's filter sees them, in the readers' order. */
export async function fetchLiveLeases(client: SanityClient, now: Date): Promise<Lease[]> {
  const {now: instant} = leaseParameters(now)
  const answer: unknown = await client.fetch(liveLeasesQuery, {now: instant})
  return liveLeases(readAnswer('live breaking news', z.array(lease), answer), now)
}

/** How long readers are told that a flash was wrong. */
export const withdrawnBannerMinutes = 30

/** One line under the masthead: breaking news, or the sentence that takes it back. Times in the stored form. */
export type Banner = {
  _id: string
  kind: 'news' | 'withdrawal'
  level: Lease['level']
  /** The headline, or for a withdrawal the sentence for readers. */
  text: string
  startsAt: string
  until: string
  storySlug: string | undefined
}

/**
 * What stands under the masthead at `now`, the first one on top: flash before breaking before developing,
 * then the newest. A withdrawn lease that readers had seen stands for half an hour more, as its withdrawal.
 */
export function bannersAt(leases: readonly Lease[], now: Date): Banner[] {
  return liveLeases(standingBanners(leases), now)
}

/** The next instant at which `bannersAt` answers otherwise by itself; `undefined` when it stays. */
export function nextBannerEdge(leases: readonly Lease[], now: Date): Date | undefined {
  return nextEdge(standingBanners(leases), now)
}

/**
 * What was taken back after readers had seen it, the earliest first, whether it still stands as a banner or not: of
 * the leases in sight, so of the last hours. Each as the banner that told it.
 */
export function withdrawalsAmong(leases: readonly Lease[]): Banner[] {
  return standingBanners(leases)
    .filter(({kind}) => kind === 'withdrawal')
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
}

/** A withdrawal is a banner of its own, with a start and an end, so that one rule orders and ends them all. */
function standingBanners(leases: readonly Lease[]): Banner[] {
  return leases.flatMap((one) => {
    if (one.withdrawn) {
      const wasSeen = one.withdrawn.at >= one.startsAt
      return wasSeen ? [withdrawalBanner(one, one.withdrawn)] : []
    }
    return one.endedAt ? [] : [newsBanner(one)]
  })
}

function newsBanner({_id, level, headline, startsAt, until, storySlug}: Lease): Banner {
  return {_id, kind: 'news', level, text: headline, startsAt, until, storySlug}
}

function withdrawalBanner(
  {_id, level, storySlug}: Lease,
  {at, sentence}: {at: string; sentence: string},
): Banner {
  const until = storedTimeOf(new Date(Date.parse(at) + withdrawnBannerMinutes * minute))
  return {_id, kind: 'withdrawal', level, text: sentence, startsAt: at, until, storySlug}
}
