import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {liveLeaseFilter} from '../../editorial/breaking.ts'
import {breakingNews, documentId, type BreakingNews} from '../../editorial/documents.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {readStep, type StepAsRead} from '../../studio/breaking/readStep.ts'
import {lakeTime, read} from '../../studio/publishing/storyAsRead.ts'
import {StudioError} from '../../studio/StudioError.ts'

/** The breaking desk at one moment: what is live, and the revision that guards the next step. */
export type DeskAsRead = {
  now: Date
  deskRevision: string | undefined
  live: BreakingNews[]
  /** How long breaking news runs unless somebody says otherwise, in minutes. */
  defaultMinutes: number
}

const deskQuery = `{
  "deskRevision": *[_id == $desk][0]._rev,
  "live": *[_type == "breakingNews" && ${liveLeaseFilter}]
    | order(startsAt desc),
  "minutes": *[_id == $settings][0].breakingMinutes
}`

const deskAnswer = z.object({
  deskRevision: z.string().nullish(),
  live: z.array(breakingNews),
  minutes: z.number().positive().nullish(),
})

/** Used when the settings say nothing. */
const usualMinutes = 30

/** Reads the desk by the lake's clock. Throws the client's errors, and `StudioError` for an answer that cannot be used. */
export async function readDesk(client: SanityClient): Promise<DeskAsRead> {
  const now = await lakeTime(client)
  const answer: unknown = await client.fetch(
    deskQuery,
    {desk: documentId.breakingDesk, settings: documentId.siteSettings, now: storedTimeOf(now)},
    {perspective: 'raw'},
  )
  const desk = read(deskAnswer, answer)
  if (desk === undefined) throw new StudioError('unreadable', 'The breaking desk gave no answer.')
  return {
    now,
    deskRevision: desk.deskRevision ?? undefined,
    live: desk.live,
    defaultMinutes: desk.minutes ?? usualMinutes,
  }
}

/** What the next step of a lease is held to, as the lake has it now. Throws when there is no such lease. */
export async function readLease(
  client: SanityClient,
  leaseId: string,
): Promise<StepAsRead & {lease: BreakingNews}> {
  const {lease, ...step} = await readStep(client, leaseId)
  if (lease === undefined) throw new Error(`There is no breaking news ${leaseId}.`)
  return {...step, lease}
}
