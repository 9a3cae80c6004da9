import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {
  article,
  documentId,
  editorialState,
  type Article,
  type EditorialState,
} from '../../editorial/documents.ts'
import {StudioError} from '../StudioError.ts'

/** A story's three documents at one moment, with their revisions, and the lake's time. */
export type StoryAsRead = {
  draft: Article | undefined
  live: Article | undefined
  state: EditorialState | undefined
  now: Date
}

/**
 * Reads a story past every cache and prediction, as the lake has it now: what publishing is computed from
 * and guarded by. The time is the lake's, because it decides what readers see.
 * Throws `StudioError` for a document that is no story, and the client's errors.
 */
export async function readStory(client: SanityClient, articleId: string): Promise<StoryAsRead> {
  const ids = [documentId.draft(articleId), articleId, documentId.editorialState(articleId)]
  const [documents, now] = await Promise.all([client.getDocuments(ids), lakeTime(client)])
  const [draft, live, state] = documents
  return {
    draft: read(article, draft),
    live: read(article, live),
    state: read(editorialState, state),
    now,
  }
}

/** The lake's clock. Throws `StudioError` when its answer is no time. */
export async function lakeTime(client: SanityClient): Promise<Date> {
  const answer: unknown = await client.fetch('now()')
  return new Date(
    read(z.iso.datetime(), answer) ?? unreadable('The lake did not say what time it is.'),
  )
}

/** A document that passed its model; undefined when there is none. Throws `StudioError` naming the first field that is wrong. */
export function read<Value>(model: z.ZodType<Value>, value: unknown): Value | undefined {
  if (value === null || value === undefined) return undefined
  const result = model.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  return unreadable(
    `The document cannot be used: “${issue?.path.join('.') || 'it'}” is not in its usual form (${issue?.message ?? 'unknown'}). Correct it, or restore an older version.`,
  )
}

function unreadable(sentence: string): never {
  throw new StudioError('unreadable', sentence)
}
