import type {SanityClient} from '@sanity/client'

import {breakStory} from '../../editorial/breaking.ts'
import {breakingLog, breakingNews, documentId} from '../../editorial/documents.ts'
import {planBreaking} from '../../editorial/planning.ts'
import {minute, storedTimeOf} from '../../editorial/time.ts'
import {transact} from '../publishing/publishStory.ts'
import {lakeTime, read} from '../publishing/storyAsRead.ts'
import {isRevisionConflict} from '../StudioError.ts'
import type {BreakingForm, StoryToBreak} from './breakingRequest.ts'
import type {BreakingDeskNow} from './useBreakingDesk.ts'

/** What a banner's dialog has put into the lake: a banner, or the plan of one. Times in the stored form. */
export type PutUp = {
  headline: string
  startsAt: string
  until: string
  planned: boolean
  /** When it was ended or withdrawn. */
  over?: string | undefined
}

export type BreakOutcome =
  | {kind: 'done'; up: PutUp}
  /** An earlier attempt with the same key had arrived; nothing was done now. */
  | {kind: 'wasThere'; up: PutUp}
  /** Nothing was done: somebody moved breaking news after the dialog looked. */
  | {kind: 'moved'}

/**
 * Puts a banner before readers, or plans it for `startsAt` (stored form), in one transaction on the desk as it was `seen`.
 * `leaseId` is kept for every attempt of a dialog: whichever arrives first is the only one.
 * Throws `EditorialError` for what the rules refuse, and the client's errors.
 */
export async function goLive({
  client,
  leaseId,
  form,
  story,
  startsAt,
  seen,
  by,
}: {
  client: SanityClient
  leaseId: string
  form: BreakingForm
  story: StoryToBreak | undefined
  startsAt?: string | undefined
  seen: Pick<BreakingDeskNow, 'revision' | 'live'>
  by: string
}): Promise<BreakOutcome> {
  const now = await lakeTime(client)
  const request = {
    ...form,
    article: story,
    now,
    by,
    leaseId,
    deskRevision: seen.revision,
    live: seen.live,
  }
  const planned = startsAt !== undefined
  const begin = planned ? new Date(startsAt) : now
  const {mutations} = planned ? planBreaking({...request, startsAt: begin}) : breakStory(request)
  try {
    await transact(client, mutations, planned ? 'plan-breaking' : 'break-story')
  } catch (error) {
    if (!isRevisionConflict(error)) throw error
    const up = await readPutUp(client, leaseId)
    return up === undefined ? {kind: 'moved'} : {kind: 'wasThere', up}
  }
  const until = storedTimeOf(new Date(begin.getTime() + form.minutes * minute))
  const headline = form.headline.trim()
  return {kind: 'done', up: {headline, startsAt: storedTimeOf(begin), until, planned}}
}

/** What stands in the lake under a dialog's key; undefined when none of its attempts has arrived. */
export async function readPutUp(client: SanityClient, leaseId: string): Promise<PutUp | undefined> {
  const [lease, log] = await client.getDocuments([leaseId, documentId.lease(leaseId)])
  const up = read(breakingNews, lease)
  if (up !== undefined) {
    const {headline, startsAt, until, withdrawn, endedAt} = up
    return {headline, startsAt, until, planned: false, over: withdrawn?.at ?? endedAt ?? undefined}
  }
  const plan = read(breakingLog, log)?.planned
  return plan && {...plan, planned: true}
}

/**
 * What became of an attempt that got no answer: what it put up, or that nothing of it has arrived; undefined while the lake
 * cannot be asked.
 */
export async function lookFor(
  client: SanityClient,
  leaseId: string,
): Promise<PutUp | 'notThere' | undefined> {
  try {
    return (await readPutUp(client, leaseId)) ?? 'notThere'
  } catch {
    return undefined
  }
}
