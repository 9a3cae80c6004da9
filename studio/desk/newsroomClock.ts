import {useEffect, useMemo, useState} from 'react'
import {z} from 'zod'

import {list} from '../../queries/answer.ts'
import {lease, leaseFields} from '../../queries/breaking.ts'
import {settings, settingsFields} from '../../queries/settings.ts'
import {timesFor, type Times} from '../../syndication/times.ts'
import {listenedQuery, useLastKnown, useListened} from '../useListened.ts'

/** Leases are looked at for labels, which look back three hours; a lease lasts twelve at most. */
const answer = z
  .object({now: z.string(), settings, leases: list(lease)})
  .transform(({now, ...rest}) => ({...rest, ahead: Date.parse(now) - Date.now()}))

const newsroomQuestion = listenedQuery<z.infer<typeof answer>>({
  fetch: `{
    "now": now(),
    ${settingsFields},
    "leases": *[_type == "breakingNews"] | order(until desc)[0...50]${leaseFields}
  }`,
  listen: '*[_type in ["breakingNews", "siteSettings"]]',
  model: answer,
})

const nothing = {}

export type NewsroomClock = {
  /** The lake's time; moves on every `tick` milliseconds. */
  now: Date
  timeZone: string
  updateLabelHours: number | undefined
  leases: z.infer<typeof answer>['leases']
  /** How times are told in the newsroom's zone. */
  times: Times
}

/** The newsroom's zone and label hours, its leases and the lake's time; until they are known, this machine's time in UTC. */
export function useNewsroomClock(tick = 20_000): NewsroomClock {
  const listened = useListened(newsroomQuestion, nothing)
  // What was known stays while the lake cannot be asked: a broken connection moves nobody's clock to another zone.
  const known = useLastKnown(listened)
  const ahead = known?.ahead ?? 0
  const [machine, setMachine] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setMachine(Date.now()), tick)
    return () => clearInterval(timer)
  }, [tick])
  return useMemo(() => {
    const now = new Date(machine + ahead)
    const timeZone = known?.settings.timeZone ?? 'UTC'
    return {
      now,
      timeZone,
      updateLabelHours: known?.settings.updateLabelHours,
      leases: known?.leases ?? [],
      times: timesFor('en-GB', timeZone, now),
    }
  }, [machine, ahead, known])
}
