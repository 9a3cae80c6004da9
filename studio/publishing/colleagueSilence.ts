import type {SanityClient} from '@sanity/client'

import {documentId} from '../../editorial/documents.ts'
import {lastTransaction} from './changesSince.ts'
import {lakeTime} from './storyAsRead.ts'

/** Whoever writes has a keystroke on its way to the lake, or the next one in their fingers, for so long after the last. */
const silenceMilliseconds = 2000

/**
 * Waits, two seconds at most, until a colleague who has written in the story's draft a moment ago has been silent for as
 * long. A publication takes the draft away; the Studio of somebody who is writing at that moment throws away what it has
 * not sent yet, and may crash over it. Who goes on writing has changed the draft after it was read, by which the
 * publication is refused. Throws when `wanted` is aborted meanwhile: somebody who closes the dialog publishes nothing.
 */
export async function colleagueSilence(
  client: SanityClient,
  articleId: string,
  by: string,
  wanted?: AbortSignal,
): Promise<void> {
  const [last, now] = await Promise.all([
    lastTransaction(client, documentId.draft(articleId)),
    lakeTime(client),
  ])
  if (last.by === undefined || last.by === by || last.at === undefined) return
  const silent = now.getTime() - Date.parse(last.at)
  if (silent < 0 || silent >= silenceMilliseconds) return
  await new Promise((resolve) => setTimeout(resolve, silenceMilliseconds - silent))
  wanted?.throwIfAborted()
}
