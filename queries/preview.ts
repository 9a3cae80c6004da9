import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {documentId} from '../editorial/documents.ts'
import {list, maybe, readAnswer} from './answer.ts'
import {lease, leaseFields, leaseInSight, leaseParameters} from './breaking.ts'
import {settings, settingsFields} from './settings.ts'
import {story, storyFields} from './storyFields.ts'

/** The same as the story page's question, but by id and whatever the story's slug or embargo. */
export const previewQuery = defineQuery(`{
  ${settingsFields},
  "leases": *[${leaseInSight}]${leaseFields},
  "story": *[_type == "article" && _id == $id][0]${storyFields}
}`)

export const preview = z.object({settings, leases: list(lease), story: maybe(story)})
export type Preview = z.infer<typeof preview>

/**
 * A story as readers would see it if its draft were published at `now`. `articleId` may carry `drafts.`.
 * Asks in the perspective `drafts`, whatever the client's own. Throws `QueryAnswerError` and the client's errors.
 */
export async function fetchPreview(
  client: SanityClient,
  articleId: string,
  now: Date,
): Promise<Preview> {
  const answer: unknown = await client.fetch(
    previewQuery,
    {...leaseParameters(now), id: documentId.published(articleId)},
    {perspective: 'drafts'},
  )
  return readAnswer('the preview', preview, answer)
}
