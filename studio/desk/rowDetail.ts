import {followUpReasons} from '../../editorial/followUp.ts'
import {relativeTime} from '../../editorial/relativeTime.ts'
import type {DeskList, DeskRow} from '../../queries/desk.ts'
import {previewLine} from '../../schemas/previews.ts'
import type {NewsroomClock} from './newsroomClock.ts'

/**
 * Why a story stands in a list or what comes next, as the second line of its row; undefined where the list's name says it all.
 * `nameOf` gives the name of a person by their id.
 */
export function rowDetail(
  deskList: DeskList,
  row: DeskRow,
  clock: NewsroomClock,
  nameOf: (id: string | undefined) => string,
): string | undefined {
  const {state, live} = row
  const last = state?.last
  switch (deskList) {
    case 'mine':
      return previewLine(dueIn(state?.dueAt, clock)) || undefined
    case 'review':
      if (state?.change === 'review') return `A change to the live story, from ${nameOf(last?.by)}`
      return last?.action === 'submit' ? `From ${nameOf(last.by)}` : undefined
    case 'returned':
      return last?.note ? `${nameOf(last.by)}: ${last.note}` : `By ${nameOf(last?.by)}`
    case 'approved':
      return last?.action === 'approve' ? `By ${nameOf(last.by)}` : undefined
    case 'changed':
      return state?.stage === 'scheduled' && state.publishAt
        ? `Was to go live ${whenOf(state.publishAt, clock)}. Have it approved again.`
        : 'Have it approved again.'
    case 'scheduled':
      return state?.publishAt && `Goes live ${whenOf(state.publishAt, clock)}`
    case 'today':
      return undefined
    case 'followUp': {
      const {withoutImage, altIsCaption} = row.draft ?? live ?? {}
      const faults = {live, withoutImage, altIsCaption, ...faultsOf(state)}
      return previewLine(...followUpReasons(faults, clock.now, clock.updateLabelHours))
    }
    default:
      return deskList satisfies never
  }
}

/** "Due in 2 hr.", "Was due 5 min ago"; beyond a week the day. */
export function dueIn(dueAt: string | undefined, clock: NewsroomClock): string | undefined {
  if (dueAt === undefined) return undefined
  const passed = Date.parse(dueAt) <= clock.now.getTime()
  const when = relativeTime(dueAt, clock.now) ?? `on ${clock.times.full(dueAt)}`
  return passed ? `Was due ${when}` : `Due ${when}`
}

/** "at 14:05 MSK, in 2 hr."; on another day "on 23 March 2016 at 14:05 MSK". */
export function whenOf(at: string, {times, now}: NewsroomClock): string {
  const relative = relativeTime(at, now)
  const isNear = Math.abs(Date.parse(at) - now.getTime()) < 12 * 60 * 60 * 1000
  return isNear && relative ? `at ${times.clock(at)}, ${relative}` : `on ${times.full(at)}`
}

function faultsOf(state: DeskRow['state']) {
  return {questions: state?.questions, lastFailure: state?.lastFailure}
}
