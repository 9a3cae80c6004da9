import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {list, maybe, readAnswer} from './answer.ts'

/** How many stories a search offers. */
export const storiesOffered = 8

const publishedId = 'string::split(_id, "drafts.")[1]'

const fields = `{
  "id": select(_id in path("drafts.**") => ${publishedId}, _id),
  headline, "isDraft": _id in path("drafts.**"),
  "isLive": select(_id in path("drafts.**") => defined(*[_id == string::split(^._id, "drafts.")[1]][0]._id), true),
  embargoUntil
}`

/** A story that is written and live is two documents, so twice as many are asked for as are offered. */
const newest = `| order(_updatedAt desc)[0...${storiesOffered * 2}]${fields}`

const isStory =
  '_type == "article" && !defined(killed) && (_id in path("*") || _id in path("drafts.**"))'

/** Stories whose headline has words that begin like all of `$words`, those changed last first. */
export const storiesFoundQuery = defineQuery(
  `*[${isStory} && (headline match $words || shortHeadline match $words)] ${newest}`,
)

/** The stories that were changed last. */
export const latestStoriesQuery = defineQuery(`*[${isStory}] ${newest}`)

const answer = list(
  z.object({
    id: z.string(),
    headline: maybe(z.string()),
    isDraft: z.boolean(),
    isLive: z.boolean(),
    embargoUntil: maybe(z.string()),
  }),
)

export type FoundStory = {
  id: string
  headline: string | undefined
  isLive: boolean
  embargoUntil: string | undefined
}

/**
 * Stories to choose among, published or not, never killed ones. Without words those that were changed last. A story's
 * draft speaks for it. Throws `QueryAnswerError` and the client's errors.
 */
export async function findStories(client: SanityClient, typed: string): Promise<FoundStory[]> {
  const words = typed.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const options = {perspective: 'raw'} as const
  const answered: unknown =
    words.length === 0
      ? await client.fetch(latestStoriesQuery, {}, options)
      : await client.fetch(storiesFoundQuery, {words: words.map((word) => `${word}*`)}, options)
  const stories = readAnswer('stories to choose among', answer, answered)
  const drafts = stories.filter(({isDraft}) => isDraft)
  const byId = new Map([...stories, ...drafts].map((story) => [story.id, story]))
  return [...byId.values()]
    .slice(0, storiesOffered)
    .map(({id, headline, isLive, embargoUntil}) => ({id, headline, isLive, embargoUntil}))
}
