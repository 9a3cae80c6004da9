import {useEffect, useMemo, useState} from 'react'

import {nextEdge} from '../../editorial/breaking.ts'
import {
  breakingDeskAnswer,
  breakingDeskListener,
  breakingDeskQuery,
  deskAt,
  type BreakingDesk,
} from '../../queries/breakingDesk.ts'
import {listenedQuery, useLastKnown, useListened} from '../useListened.ts'

/** `ahead`: how far the lake's clock is before this machine's, in milliseconds. */
const answer = breakingDeskAnswer.transform((desk) => ({
  ...desk,
  ahead: Date.parse(desk.now) - Date.now(),
}))
type Answer = BreakingDesk & {ahead: number}

const deskQuestion = listenedQuery<Answer>({
  fetch: breakingDeskQuery,
  listen: breakingDeskListener,
  model: answer,
})

const nothing = {}

/** Clocks get set, and a machine that slept wakes up: however far the next edge is, the clock is looked at this often. */
const lookAgainMilliseconds = 60_000

/** The breaking desk now. */
export type BreakingDeskNow = ReturnType<typeof deskAt> &
  Pick<Answer, 'revision' | 'changedAt' | 'changedBy' | 'defaultMinutes' | 'ahead'> & {
    /** The lake's time; moves at every start and end, and every minute. `useLakeNow` counts down. */
    now: Date
    /** False while the lake cannot be asked: this is what it last said. */
    isCurrent: boolean
  }

export type KnownDesk =
  | {state: 'loading'}
  | {state: 'failed'; error: unknown}
  | ({state: 'ready'} & BreakingDeskNow)

/**
 * The breaking desk, again whenever anybody moves it and at each start and end. All who use it share one question and
 * one listener. When the lake cannot be asked any more it stays as it was, with `isCurrent` false.
 */
export function useBreakingDesk(): KnownDesk {
  const listened = useListened(deskQuestion, nothing)
  const known = useLastKnown(listened)
  const [passed, setPassed] = useState<{known: Answer; now: Date}>()
  const now = useMemo(() => {
    if (known === undefined) return undefined
    return passed?.known === known ? passed.now : new Date(known.now)
  }, [known, passed])

  useEffect(() => {
    if (known === undefined || now === undefined) return undefined
    const lakeNow = () => Date.now() + known.ahead
    const edge = nextEdge([...known.leases, ...known.plans], now)?.getTime() ?? Infinity
    const wait = Math.max(0, Math.min(lookAgainMilliseconds, edge - lakeNow() + 1))
    const timer = setTimeout(() => setPassed({known, now: new Date(lakeNow())}), wait)
    return () => clearTimeout(timer)
  }, [known, now])

  return useMemo(() => {
    if (known === undefined || now === undefined) {
      return listened.state === 'failed' ? listened : {state: 'loading'}
    }
    const {revision, changedAt, changedBy, defaultMinutes, ahead} = known
    const common = {revision, changedAt, changedBy, defaultMinutes, ahead}
    const isCurrent = listened.state !== 'failed'
    return {state: 'ready', ...deskAt(known, now), ...common, now, isCurrent}
  }, [known, now, listened])
}
