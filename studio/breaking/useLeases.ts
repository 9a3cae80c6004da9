import {useEffect, useMemo, useState} from 'react'
import {z} from 'zod'

import {nextEdge} from '../../editorial/breaking.ts'
import {leaseLevels} from '../../editorial/documents.ts'
import {listenedQuery, useLastKnown, useListened} from '../useListened.ts'

const watchedLease = z.object({
  _id: z.string(),
  headline: z.string(),
  level: z.enum(leaseLevels),
  startsAt: z.string(),
  until: z.string(),
  endedAt: z.string().nullish(),
  withdrawn: z.looseObject({}).nullish(),
  article: z.object({_ref: z.string()}).nullish(),
})
export type WatchedLease = z.infer<typeof watchedLease>

/** `ahead`: how far the lake's clock is before this machine's, in milliseconds. */
const answer = z
  .object({now: z.string(), leases: z.array(watchedLease)})
  .transform(({now, leases}) => ({leases, now, ahead: Date.parse(now) - Date.now()}))
type Answer = z.infer<typeof answer>

/** The newest leases of one story: labels look back three hours, and nobody breaks a story a hundred times. */
const leasesOfStory = listenedQuery<Answer>({
  fetch: `{"now": now(), "leases": *[_type == "breakingNews" && article._ref == $story]
    | order(until desc)[0...100]{_id, headline, level, startsAt, until, endedAt, withdrawn, article{_ref}}}`,
  listen: '*[_type == "breakingNews"]',
  model: answer,
})

/** Labels that run out by the hour are looked at this often. */
const lookAgainMilliseconds = 60_000

/**
 * A story's leases and the lake's time, again whenever one begins, changes or runs out, and every minute.
 * `undefined` until they are known; what was known stays while the lake cannot be asked.
 */
export function useLeases(storyId: string): {leases: WatchedLease[]; now: Date} | undefined {
  const params = useMemo(() => ({story: storyId}), [storyId])
  const known = useLastKnown(useListened(leasesOfStory, params))
  const [passed, setPassed] = useState<{known: Answer; now: Date}>()
  const current = useMemo(() => {
    if (known === undefined) return undefined
    return {leases: known.leases, now: passed?.known === known ? passed.now : new Date(known.now)}
  }, [known, passed])

  useEffect(() => {
    if (known === undefined || current === undefined) return undefined
    const lakeNow = () => Date.now() + known.ahead
    const edge = nextEdge(current.leases, current.now)?.getTime() ?? Infinity
    const wait = Math.max(0, Math.min(lookAgainMilliseconds, edge - lakeNow() + 1))
    const timer = setTimeout(() => setPassed({known, now: new Date(lakeNow())}), wait)
    return () => clearTimeout(timer)
  }, [known, current])

  return current
}
