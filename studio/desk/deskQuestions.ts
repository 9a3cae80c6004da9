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

/** How many stories stand in each list of the desk, kept current. */
export function useDeskCounts(): Listened<DeskCounts> {
  return useListened(countsQuestion, useDeskParameters())
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
