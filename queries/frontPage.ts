import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {list, readAnswer} from './answer.ts'
import {lease, leaseFields, leaseInSight, leaseParameters} from './breaking.ts'
import {settings, settingsFields} from './settings.ts'
import {card, cardFields} from './storyFields.ts'

/** How many stories the front page has room for, beside those with breaking news. */
export const frontPageLength = 24

/** A story that readers may find in lists. An embargo that was overlooked still holds. */
const listed =
  '_type == "article" && defined(slug.current) && !defined(killed) && (!defined(embargoUntil) || embargoUntil <= $now)'

const storyOfLease = 'article._ref'

export const frontPageQuery = defineQuery(`{
  ${settingsFields},
  "leases": *[${leaseInSight}]${leaseFields},
  "breakingStories": *[${listed} && _id in *[${leaseInSight}].${storyOfLease}]${cardFields},
  "stories": *[${listed}]
    | order(coalesce(updates[-1].at, firstPublishedAt) desc)[0...$length]${cardFields}
}`)

export const frontPage = z.object({
  settings,
  leases: list(lease),
  /** Stories that a lease in sight speaks of, however old: a live lease puts its story first. */
  breakingStories: list(card),
  /** The newest first, counted from the last update. */
  stories: list(card),
})
export type FrontPage = z.infer<typeof frontPage>

/** What is on the front page at `now`, in one question. Throws `QueryAnswerError` and the client's errors. */
export async function fetchFrontPage(client: SanityClient, now: Date): Promise<FrontPage> {
  const answer: unknown = await client.fetch(frontPageQuery, {
    ...leaseParameters(now),
    length: frontPageLength,
  })
  return readAnswer('the front page', frontPage, answer)
}
