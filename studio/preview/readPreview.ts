import type {SanityClient} from '@sanity/client'

import type {Article} from '../../editorial/documents.ts'
import type {Preview} from '../../queries/preview.ts'
import {fetchSurroundings, previewOfTyped} from '../../queries/typedPreview.ts'

/** What a page of the site needs of a story that was read, with all that surrounds it. Throws the client's errors. */
export async function readPreview(
  client: SanityClient,
  story: Article,
  now: Date,
): Promise<Preview> {
  return await previewOfTyped(story, await fetchSurroundings(client, story, now), now)
}
