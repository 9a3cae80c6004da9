import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {
  breakingLog,
  breakingNews,
  documentId,
  type BreakingLog,
  type BreakingNews,
} from '../../editorial/documents.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {lakeTime, read} from '../publishing/storyAsRead.ts'
import {StudioError} from '../StudioError.ts'

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
  "live": *[_type == "breakingNews" && startsAt <= $now && $now < until && !defined(endedAt) && !defined(withdrawn)]
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

/** A lease with its log and the desk's revision, as the lake has them now. */
export async function readLease(
  client: SanityClient,
  leaseId: string,
): Promise<{
  lease: BreakingNews
  log: BreakingLog | undefined
  deskRevision: string | undefined
  now: Date
}> {
  const ids = [leaseId, documentId.lease(leaseId), documentId.breakingDesk]
  const [[lease, log, desk], now] = await Promise.all([client.getDocuments(ids), lakeTime(client)])
  const found = read(breakingNews, lease)
  if (found === undefined) {
    throw new StudioError('meanwhile', 'This breaking news is not there any more.')
  }
  return {lease: found, log: read(breakingLog, log), deskRevision: desk?._rev, now}
}
