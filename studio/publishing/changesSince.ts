import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {documentId} from '../../editorial/documents.ts'
import {readStory, type StoryAsRead} from './storyAsRead.ts'
import type {Revisions} from '../workflow/storyDesk.ts'

/** What somebody did to one of a story's documents after it was read. */
export type ChangeMeanwhile = {
  document: 'draft' | 'live' | 'state'
  did: 'made' | 'changed' | 'removed'
  /** User id; unknown when the lake's history does not say. */
  by: string | undefined
  /** ISO 8601; unknown as above. */
  at: string | undefined
}

/** Compares a story with how it was read, and asks the lake's history who changed it. */
export async function changesSince(
  client: SanityClient,
  articleId: string,
  before: StoryAsRead,
): Promise<ChangeMeanwhile[]> {
  const after = await readStory(client, articleId)
  return await changesFrom(client, articleId, revisionsOf(before), after)
}

/** The revisions of a story's three documents. */
export function revisionsOf({draft, live, state}: StoryAsRead): Revisions {
  return {draft: draft?._rev, live: live?._rev, state: state?._rev}
}

/** The same against the revisions that somebody saw, for a story that was read again. */
export async function changesFrom(
  client: SanityClient,
  articleId: string,
  before: Revisions,
  after: StoryAsRead,
): Promise<ChangeMeanwhile[]> {
  const ids = {
    draft: documentId.draft(articleId),
    live: articleId,
    state: documentId.editorialState(articleId),
  }
  const now = revisionsOf(after)
  const changed = (['live', 'draft', 'state'] as const).flatMap((document) => {
    const did = difference(before[document], now[document])
    return did === undefined ? [] : [{document, did}]
  })
  return await Promise.all(
    changed.map(async (change) => ({
      ...change,
      ...(await lastTransaction(client, ids[change.document])),
    })),
  )
}

function difference(
  before: string | undefined,
  after: string | undefined,
): ChangeMeanwhile['did'] | undefined {
  if (before === after) return undefined
  if (before === undefined) return 'made'
  return after === undefined ? 'removed' : 'changed'
}

const transaction = z.object({author: z.string(), timestamp: z.string()})

/** Who touched a document last, by its history (a line of JSON a transaction, the newest first). */
export async function lastTransaction(
  client: SanityClient,
  id: string,
): Promise<Pick<ChangeMeanwhile, 'by' | 'at'>> {
  const unknown = {by: undefined, at: undefined}
  try {
    const answer: unknown = await client.request({
      url: `/data/history/${client.config().dataset ?? ''}/transactions/${id}`,
      query: {excludeContent: 'true', reverse: 'true', limit: '1'},
      tag: 'dateline.who-changed',
    })
    const [line = ''] = String(answer).split('\n')
    const {author: by, timestamp: at} = transaction.parse(JSON.parse(line))
    return {by, at}
  } catch {
    // The name is a courtesy: without it the dialog still says what changed and that nothing was published.
    return unknown
  }
}

const deeds: Record<ChangeMeanwhile['document'], Record<ChangeMeanwhile['did'], string>> = {
  live: {
    made: 'published this story',
    changed: 'published another change to this story',
    removed: 'took this story off the site',
  },
  draft: {
    made: 'started a draft of this story',
    changed: 'changed the draft',
    removed: 'published or discarded the draft',
  },
  state: {
    made: 'moved this story to another stage',
    changed: 'moved this story to another stage',
    removed: 'cleared this story’s stage',
  },
}

/**
 * The changes as sentences with names and times. A change to the live story says it all: the draft that
 * went with it and the story's stage are not told again when the same person did them.
 */
export function changeSentences(
  changes: readonly ChangeMeanwhile[],
  nameOf: (userId: string) => string,
  timeOf: (at: string) => string,
): string[] {
  const live = changes.find(({document}) => document === 'live')
  return changes
    .filter((change) => change === live || live === undefined || change.by !== live.by)
    .map(({document, did, by, at}) => {
      const who = by === undefined ? 'Somebody' : nameOf(by)
      return `${who} ${deeds[document][did]}${at === undefined ? '' : ` at ${timeOf(at)}`}.`
    })
}
