import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {breakStory, endBreaking} from '../../../editorial/breaking.ts'
import {breakingLog, breakingNews, documentId} from '../../../editorial/documents.ts'
import type {Mutation} from '../../../editorial/mutations.ts'

/** A step at the breaking desk that the lake has accepted. */
export type Step = {leaseId: string; did: 'start' | 'end'; by: string; at: string}

const desk = z.object({_rev: z.string()}).nullish()

/** What a publisher's dialog sees, and what its button would do: take down what is live, or put something new up. */
export async function nextStep(
  client: SanityClient,
  {by, newId}: {by: string; newId: () => string},
): Promise<{step: Step; mutations: Mutation[]}> {
  const deskRevision = desk.parse(await client.getDocument(documentId.breakingDesk))?._rev
  const now = new Date(await client.fetch<string>('now()'))
  const found = await client.fetch('*[_type == "breakingNews" && !defined(endedAt)]')
  const [live] = breakingNews.array().parse(found)
  if (live) {
    const log = breakingLog.parse(await client.getDocument(documentId.lease(live._id)))
    const {mutations} = endBreaking({lease: live, log, deskRevision, now, by})
    return {step: {leaseId: live._id, did: 'end', by, at: now.toISOString()}, mutations}
  }
  const leaseId = newId()
  const {mutations} = breakStory({
    headline: `News of ${leaseId}`,
    level: 'flash',
    minutes: 30,
    now,
    by,
    leaseId,
    deskRevision,
    live: [],
  })
  return {step: {leaseId, did: 'start', by, at: now.toISOString()}, mutations}
}

/** The steps that the leases' logs tell of, each lease's in the order in which they stand there. */
export async function loggedSteps(
  client: SanityClient,
): Promise<Map<string, Omit<Step, 'leaseId'>[]>> {
  const logs = breakingLog.array().parse(await client.fetch('*[_type == "breakingLog"]'))
  return new Map(
    logs.map(({lease, log}) => [
      lease._ref,
      log.map(({did, by, at}) => ({
        did: did === 'end' ? ('end' as const) : ('start' as const),
        by,
        at,
      })),
    ]),
  )
}

/** The same of steps that were accepted. */
export function stepsByLease(steps: readonly Step[]): Map<string, Omit<Step, 'leaseId'>[]> {
  const byLease = new Map<string, Omit<Step, 'leaseId'>[]>()
  for (const {leaseId, ...step} of steps) {
    byLease.set(leaseId, [...(byLease.get(leaseId) ?? []), step])
  }
  return byLease
}
