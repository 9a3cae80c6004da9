import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {documentId, storedTime} from '../../editorial/documents.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {nextDue} from '../../editorial/scheduling.ts'
import {storedTimeOf} from '../../editorial/time.ts'

/** What became of one piece of due work, in a sentence. */
export type DueOutcome = {
  id: string
  did: 'published' | 'started' | 'failed' | 'gaveUp' | 'meanwhile' | 'troubled'
  sentence: string
}

export type Worker = {
  /** In the perspective `raw`, with a role that may publish and break stories. */
  client: SanityClient
  /** User id under which the lake knows us. */
  by: string
  /** Makes keys of history entries. */
  newKey: () => string
}

/** What is due, by the lake's clock. */
export type Due = {
  /** Ids of stories. */
  stories: string[]
  /** Ids of leases. */
  plans: string[]
  /** The first time that is still ahead, in the stored form. */
  next: string | undefined
  /** The newsroom's zone, for times in sentences. */
  timeZone: string | undefined
}

const dueQuery = `{
  "stories": *[_type == "editorialState" && stage == "scheduled" && publishAt <= $now] | order(publishAt asc, _id asc)._id,
  "plans": *[_type == "breakingLog" && planned.startsAt <= $now] | order(planned.startsAt asc, _id asc)._id,
  "ahead": [
    *[_type == "editorialState" && stage == "scheduled" && publishAt > $now] | order(publishAt asc)[0].publishAt,
    *[_type == "breakingLog" && planned.startsAt > $now] | order(planned.startsAt asc)[0].planned.startsAt
  ],
  "timeZone": *[_id == $settings][0].timeZone
}`

const dueAnswer = z.object({
  stories: z.array(z.string()),
  plans: z.array(z.string()),
  ahead: z.array(storedTime.nullable()),
  timeZone: z.string().nullish(),
})

/** Asks the lake what is due now. Throws the client's errors. */
export async function readDue(client: SanityClient): Promise<Due> {
  const now = await lakeTime(client)
  const answer: unknown = await client.fetch(
    dueQuery,
    {now: storedTimeOf(now), settings: documentId.siteSettings},
    {perspective: 'raw'},
  )
  const {stories, plans, ahead, timeZone} = dueAnswer.parse(answer)
  return {
    stories: stories.map((id) => id.slice(documentId.editorialState('').length)),
    plans: plans.map((id) => id.slice(documentId.lease('').length)),
    next: nextDue(ahead, now),
    timeZone: timeZone ?? undefined,
  }
}

/** The lake's clock, which decides what readers see. Throws the client's errors. */
export async function lakeTime(client: SanityClient): Promise<Date> {
  return new Date(z.iso.datetime().parse(await client.fetch('now()')))
}

/** Sends one transaction: all of it happens or nothing does. Throws the client's errors. */
export async function commit(client: SanityClient, mutations: readonly Mutation[]): Promise<void> {
  await client.mutate([...mutations], {visibility: 'sync', returnDocuments: false})
}

/** Why the lake refused a transaction; undefined for an error of another kind, such as a lost connection. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const {statusCode} = error
  const refused = typeof statusCode === 'number' && [400, 403, 404, 409, 422].includes(statusCode)
  return refused ? error.message : undefined
}
