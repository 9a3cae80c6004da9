import type {SanityClient} from '@sanity/client'
import {uuid} from '@sanity/uuid'

import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {isRevisionConflict} from '../StudioError.ts'
import {colleagueSilence} from './colleagueSilence.ts'
import {changesSince, type ChangeMeanwhile} from './changesSince.ts'
import {referencesInTheWay} from './referencesInTheWay.ts'
import {lakeTime, type StoryAsRead} from './storyAsRead.ts'

export type StoryOutcome =
  | {kind: 'done'}
  /** Nothing happened: others changed something after the story was read. */
  | {kind: 'meanwhile'; changes: ChangeMeanwhile[]}

/**
 * Publishes a story as it was read, in one transaction, or not at all when anybody changed any of it since.
 * Throws `EditorialError` for what the rules refuse, the client's errors, and when it was given up before it was sent.
 */
export async function publishStory({
  client,
  articleId,
  asRead,
  answer,
  by,
  role,
  wanted,
}: {
  client: SanityClient
  articleId: string
  asRead: StoryAsRead
  answer: PublicationAnswer
  by: string
  role: RoleName
  /** Aborted when it is not wanted any more. */
  wanted?: AbortSignal | undefined
}): Promise<StoryOutcome> {
  await colleagueSilence(client, articleId, by, wanted)
  // The dialog may have stood open for long; readers get the time at which they get the story.
  const now = await lakeTime(client)
  const {mutations} = publicationOf({...asRead, now, answer, by, role, newKey})
  return await transactOnStory({client, articleId, asRead, mutations, tag: 'publish'})
}

/**
 * Sends a transaction that was made for a story as it was read. When the lake refuses it because somebody changed
 * the story since, the answer names who and what. Throws `StudioError` when documents that refer to the story, or to
 * which it refers, are in the way, and the client's other errors.
 */
export async function transactOnStory({
  client,
  articleId,
  asRead,
  mutations,
  tag,
}: {
  client: SanityClient
  articleId: string
  asRead: StoryAsRead
  mutations: readonly Mutation[]
  tag: string
}): Promise<StoryOutcome> {
  try {
    await transact(client, mutations, tag)
    return {kind: 'done'}
  } catch (error) {
    if (!isRevisionConflict(error)) throw error
    const changes = await changesSince(client, articleId, asRead)
    if (changes.length > 0) return {kind: 'meanwhile', changes}
    // Refused for another reason: that reason is what the editor needs.
    throw (await referencesInTheWay(client, error)) ?? error
  }
}

/** Sends one transaction to the lake: all of it happens or nothing does. */
export async function transact(
  client: SanityClient,
  mutations: readonly Mutation[],
  tag: string,
): Promise<void> {
  await client.request({
    method: 'POST',
    url: `/data/mutate/${client.config().dataset ?? ''}`,
    query: {visibility: 'sync', returnIds: 'true'},
    body: {mutations, transactionId: uuid()},
    tag: `dateline.${tag}`,
  })
}

/** A key for an array member: 12 hexadecimal digits, as the Studio's own are. */
export function newKey(): string {
  return uuid().replaceAll('-', '').slice(0, 12)
}
