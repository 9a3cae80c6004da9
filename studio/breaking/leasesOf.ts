import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {breakingLog, breakingNews, documentId} from '../../editorial/documents.ts'
import type {LeaseAsRead} from '../../editorial/withdrawing.ts'
import {read} from '../publishing/storyAsRead.ts'
import {StudioError} from '../StudioError.ts'

/** The breaking news that leads to a story and has not ended, planned or live, with the desk's revision. */
export type LeasesOfStory = {leases: LeaseAsRead[]; deskRevision: string | undefined}

const question = `{
  "deskRevision": *[_id == $desk][0]._rev,
  "leases": *[_type == "breakingNews" && article._ref == $story && until > now() && !defined(endedAt) && !defined(withdrawn)],
  "plans": *[_type == "breakingLog" && planned.article._ref == $story]
}`

const answer = z.object({
  deskRevision: z.string().nullish(),
  leases: z.array(breakingNews),
  plans: z.array(breakingLog),
})

/** Reads what would be withdrawn with a story. Throws `StudioError` for an answer that cannot be used. */
export async function readLeasesOf(client: SanityClient, storyId: string): Promise<LeasesOfStory> {
  const params = {desk: documentId.breakingDesk, story: storyId}
  const known: unknown = await client.fetch(question, params, {perspective: 'raw'})
  const found = read(answer, known)
  if (found === undefined) throw new StudioError('unreadable', 'The breaking desk gave no answer.')
  const ids = found.leases.map(({_id}) => documentId.lease(_id))
  const logs = ids.length === 0 ? [] : await client.getDocuments(ids)
  const leases = found.leases.map((lease, place) => ({lease, log: read(breakingLog, logs[place])}))
  const begun = new Set(leases.map(({lease}) => documentId.lease(lease._id)))
  const plans = found.plans.filter(({_id}) => !begun.has(_id)).map((log) => ({log}))
  return {leases: [...leases, ...plans], deskRevision: found.deskRevision ?? undefined}
}
