import {useMemo} from 'react'
import {useCurrentUser} from 'sanity'

import {labelsOverAt} from '../../editorial/followUp.ts'
import {startOfDay} from '../../editorial/newsroomTime.ts'
import {minute, storedTimeOf} from '../../editorial/time.ts'
import {
  deskCounts,
  deskCountsQuery,
  deskListener,
  deskLists,
  deskRows,
  deskRowsQuery,
  followUpCount,
  followUpCountQuery,
  type DeskCounts,
  type DeskList,
  type DeskParameters,
  type DeskRow,
} from '../../queries/desk.ts'
import {listenedQuery, useListened, type Listened, type ListenedQuery} from '../useListened.ts'
import {useNewsroomClock} from './newsroomClock.ts'

/** A newsroom that types all the time must not ask all the time. */
const throttleTime = 1000

const countsQuestion = listenedQuery<DeskCounts>({
  fetch: deskCountsQuery,
  listen: deskListener,
  model: deskCounts,
  throttleTime,
})

/** Pictures are put right over minutes, and looking at them all is the desk's dearest question. */
const followUpQuestion = listenedQuery<number>({
  fetch: followUpCountQuery,
  listen: deskListener,
  model: followUpCount,
  throttleTime: 5000,
})

const rowQuestions = new Map<DeskList, ListenedQuery<DeskRow[]>>(
  deskLists.map((deskList) => [
    deskList,
    listenedQuery({
      fetch: deskRowsQuery(deskList),
      listen: deskListener,
      model: deskRows,
      throttleTime,
    }),
  ]),
)

/** How many stories stand in each list of the desk, kept current; lists that are not counted yet are left out. */
export function useDeskCounts(): {counts: Partial<Record<DeskList, number>>; failed: boolean} {
  const parameters = useDeskParameters()
  const counts = useListened(countsQuestion, parameters)
  const followUp = useListened(followUpQuestion, parameters)
  return useMemo(
    () => ({
      counts: {
        ...(counts.state === 'ready' && counts.value),
        ...(followUp.state === 'ready' && {followUp: followUp.value}),
      },
      failed: counts.state === 'failed' || followUp.state === 'failed',
    }),
    [counts, followUp],
  )
}

/** The stories of one list, kept current. */
export function useDeskRows(deskList: DeskList): Listened<DeskRow[]> {
  const question = rowQuestions.get(deskList)
  if (question === undefined) throw new Error(`The desk has no list "${deskList}".`)
  return useListened(question, useDeskParameters())
}

/** Changes with the newsroom's day, and every five minutes for labels that run out. */
const coarse = 5 * minute

function useDeskParameters(): DeskParameters {
  const me = useCurrentUser()?.id ?? ''
  const {now, timeZone, updateLabelHours} = useNewsroomClock()
  const today = startOfDay(now, timeZone)
  const labelsOver = Math.floor(labelsOverAt(now, updateLabelHours) / coarse) * coarse
  const labelsSince = storedTimeOf(new Date(labelsOver))
  return useMemo(() => ({me, today, labelsSince}), [me, today, labelsSince])
}
