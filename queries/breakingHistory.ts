import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {liveLeases} from '../editorial/breaking.ts'
import {storedTimeOf} from '../editorial/time.ts'
import {list, readAnswer} from './answer.ts'
import {lease, liveLease, recordFields} from './breaking.ts'

/** A lease with the topics that it is about, as ids. */
const breakingRecord = lease.extend({topics: list(z.string())})
export type BreakingRecord = z.infer<typeof breakingRecord>

const aboutTopic = `($topic == null || $topic in topics[]._ref)`

/** What is live now, in no order. `$topic` is a topic's id, or null for all of them. */
export const liveRecordsQuery = defineQuery(
  `*[_type == "breakingNews" && ${liveLease} && ${aboutTopic}]${recordFields}`,
)

/** What began before `$before`, the newest first, at most `$limit` of them. */
export const breakingHistoryQuery = defineQuery(
  `*[_type == "breakingNews" && startsAt < $before && ${aboutTopic}]
    | order(startsAt desc, _id asc)[0...$limit]${recordFields}`,
)

/**
 * The breaking news that is live at `now` about a topic (its id), in the readers' order.
 * Throws `QueryAnswerError` and the client's errors.
 */
export async function fetchBreakingAbout(
  client: SanityClient,
  topic: string,
  now: Date,
): Promise<BreakingRecord[]> {
  const parameters = {now: storedTimeOf(now), topic}
  const answer: unknown = await client.fetch(liveRecordsQuery, parameters)
  return liveLeases(readAnswer('breaking news by topic', z.array(breakingRecord), answer), now)
}

/**
 * Breaking news that began before an instant, the newest first, whatever became of it: live, over, ended or
 * withdrawn. For the next page hand in the last one's `startsAt`. Throws `QueryAnswerError` and the client's errors.
 */
export async function fetchBreakingHistory(
  client: SanityClient,
  {before, limit = 20, topic}: {before: Date | string; limit?: number; topic?: string},
): Promise<BreakingRecord[]> {
  const parameters = {before: storedTimeOf(before), limit, topic: topic ?? null}
  const answer: unknown = await client.fetch(breakingHistoryQuery, parameters)
  return readAnswer('earlier breaking news', z.array(breakingRecord), answer)
}
