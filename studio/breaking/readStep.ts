import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {liveLeaseFilter} from '../../editorial/breaking.ts'
import {
  breakingLog,
  breakingNews,
  documentId,
  type BreakingLog,
  type BreakingNews,
} from '../../editorial/documents.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {lakeTime, read} from '../publishing/storyAsRead.ts'

/** One item of the breaking desk as the lake has it now, past every cache, with what its next step is held to. */
export type StepAsRead = {
  /** Undefined while it is only planned, and when it never was. */
  lease: BreakingNews | undefined
  log: BreakingLog | undefined
  deskRevision: string | undefined
  live: BreakingNews[]
  now: Date
}

/** Reads what a step is computed from and guarded by. Throws `StudioError` for what cannot be used, and the client's errors. */
export async function readStep(client: SanityClient, leaseId: string): Promise<StepAsRead> {
  const now = await lakeTime(client)
  const ids = [leaseId, documentId.lease(leaseId), documentId.breakingDesk]
  // The desk is read before the list: whoever adds to the list afterwards moves the desk, and the step is refused.
  const [lease, log, desk] = await client.getDocuments(ids)
  const live: unknown = await client.fetch(
    `*[_type == "breakingNews" && ${liveLeaseFilter}]`,
    {now: storedTimeOf(now)},
    {perspective: 'raw'},
  )
  return {
    lease: read(breakingNews, lease),
    log: read(breakingLog, log),
    deskRevision: desk?._rev,
    live: read(z.array(breakingNews), live) ?? [],
    now,
  }
}
