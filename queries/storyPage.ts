import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {list, maybe, readAnswer} from './answer.ts'
import {lease, leaseFields, leaseInSight, leaseParameters} from './breaking.ts'
import {settings, settingsFields} from './settings.ts'
import {story, storyFields} from './storyFields.ts'

export const storyPageQuery = defineQuery(`{
  ${settingsFields},
  "leases": *[${leaseInSight}]${leaseFields},
  "story": *[
    _type == "article" && slug.current == $slug
    && (!defined(embargoUntil) || embargoUntil <= $now)
  ][0]${storyFields},
  "movedTo": *[_type == "article" && $slug in previousSlugs][0].slug.current
}`)

export const storyPage = z.object({
  settings,
  leases: list(lease),
  /** Absent when nothing stands at the address; a killed story is a tombstone with `killed` and no text. */
  story: maybe(story),
  /** Where a story stands now that once stood at this address. */
  movedTo: maybe(z.string()),
})
export type StoryPage = z.infer<typeof storyPage>

/** What stands at a story's address at `now`, in one question. Throws `QueryAnswerError` and the client's errors. */
export async function fetchStoryPage(
  client: SanityClient,
  slug: string,
  now: Date,
): Promise<StoryPage> {
  const answer: unknown = await client.fetch(storyPageQuery, {...leaseParameters(now), slug})
  return readAnswer(`the story at ${slug}`, storyPage, answer)
}
