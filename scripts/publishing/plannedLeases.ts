import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {breakingRefusal} from '../../editorial/breakableStory.ts'
import {liveLeaseFilter} from '../../editorial/breaking.ts'
import {breakingLog, breakingNews, documentId} from '../../editorial/documents.ts'
import {startPlanned} from '../../editorial/planning.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {maybe} from '../../queries/answer.ts'
import {commit, lakeTime, refusalOf, type DueOutcome, type Worker} from './dueWork.ts'

const planQuery = `{
  "log": *[_id == $log][0],
  "deskRevision": *[_id == $desk][0]._rev,
  "live": *[_type == "breakingNews" && ${liveLeaseFilter}],
  "story": *[_id == $log && defined(planned.article)][0]{
    "killed": defined(*[_id == ^.planned.article._ref][0].killed)
      || coalesce(*[_id == "editorial." + ^.planned.article._ref][0].stage == "killed", false),
    "isLive": defined(*[_id == ^.planned.article._ref][0]._id),
    "embargoUntil": *[_id == "drafts." + ^.planned.article._ref][0].embargoUntil
  }
}`

const planAnswer = z.object({
  log: breakingLog.nullable(),
  deskRevision: z.string().nullable(),
  live: z.array(breakingNews),
  story: z
    .object({killed: z.boolean(), isLive: z.boolean(), embargoUntil: maybe(z.string())})
    .nullable(),
})

/** Starts one planned lease, or gives its plan up and says why. Throws the client's errors. */
export async function startPlan(
  leaseId: string,
  {client, by}: Worker,
): Promise<DueOutcome | undefined> {
  const now = await lakeTime(client)
  const {log, deskRevision, live, story} = await readPlan(client, leaseId, now)
  const planned = log?.planned
  if (!log || !planned || storedTimeOf(now) < planned.startsAt) return undefined
  const {started, mutations} = startPlanned({
    log,
    deskRevision,
    live,
    now,
    by,
    refusal: story ? breakingRefusal(story, {now}) : undefined,
  })
  try {
    await commit(client, mutations)
  } catch (error) {
    if (refusalOf(error) === undefined) throw error
    const after = await readPlan(client, leaseId, now)
    const changed = after.log?._rev !== log._rev || after.deskRevision !== deskRevision
    if (!changed) throw error
    const sentence = `The breaking desk was moved while “${planned.headline}” was to start.`
    return {id: leaseId, did: 'meanwhile', sentence}
  }
  return started
    ? {id: leaseId, did: 'started', sentence: `“${planned.headline}” is up.`}
    : {
        id: leaseId,
        did: 'gaveUp',
        sentence: `“${planned.headline}” did not start; its log says why.`,
      }
}

async function readPlan(client: SanityClient, leaseId: string, now: Date) {
  const answer: unknown = await client.fetch(
    planQuery,
    {
      log: documentId.lease(leaseId),
      desk: documentId.breakingDesk,
      now: storedTimeOf(now),
    },
    {perspective: 'raw'},
  )
  return planAnswer.parse(answer)
}
