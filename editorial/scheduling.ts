import {allowed} from './allowed.ts'
import {factsOf, stageAsRead, type Asking} from './asking.ts'
import {EditorialError} from './errors.ts'
import {moveOf} from './moves.ts'
import type {Mutation} from './mutations.ts'
import {publicationOf} from './publishing.ts'
import {minute, storedTimeOf} from './time.ts'
import {readableTime} from './zones.ts'

/** What the worker does about a scheduled story at one moment. */
export type ScheduleDecision =
  /** It is not scheduled: somebody moved it, or it went live. */
  | {kind: 'none'}
  /** Its time has not come; `until` in the stored form. */
  | {kind: 'wait'; until: string}
  | {kind: 'publish'; mutations: Mutation[]; note?: string}
  /** It goes back to approved, and the sentence says why. Readers see nothing. */
  | {kind: 'fail'; mutations: Mutation[]; sentence: string}

/** A publication that comes later than this tells of it in the story's history, in milliseconds. */
export const worthTelling = minute

/**
 * What is due of a scheduled story: published as it was approved, or not at all. Its draft is validated anew
 * (`asking.errors`), because what it refers to may have changed since it was scheduled; an embargo, a text that
 * changed after approval and a missing draft fail it too. A story that is overdue, after an outage, goes live
 * now, and its history says how late.
 */
export function scheduleDecision(asking: Asking): ScheduleDecision {
  const {state, now, timeZone} = asking
  const publishAt = state?.publishAt
  // A story whose date was cleared by other means is never published for that.
  if (stageAsRead(asking) !== 'scheduled' || publishAt === undefined) return {kind: 'none'}
  if (storedTimeOf(now) < publishAt) return {kind: 'wait', until: publishAt}
  const may = allowed('scheduled', asking.role, 'publishScheduled', factsOf(asking))
  if (may !== true) return failed(asking, may)
  const note = delayNote(publishAt, now, timeZone)
  try {
    const {mutations} = publicationOf({...asking, answer: {kind: 'scheduled', note}})
    return {kind: 'publish', mutations, ...(note === undefined ? {} : {note})}
  } catch (error) {
    if (!(error instanceof EditorialError)) throw error
    return failed(asking, error.message)
  }
}

function failed(asking: Asking, sentence: string): ScheduleDecision {
  const {mutations} = moveOf(asking, {action: 'scheduleFailed', reason: sentence})
  return {kind: 'fail', mutations, sentence}
}

/** How late a story went live, for its history; undefined when nobody would notice. */
export function delayNote(publishAt: string, now: Date, timeZone?: string): string | undefined {
  const late = now.getTime() - Date.parse(publishAt)
  if (late < worthTelling) return undefined
  const minutes = Math.floor(late / minute)
  const hours = Math.floor(minutes / 60)
  const parts = [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes % 60 > 0 || hours === 0 ? [`${minutes % 60} min`] : []),
  ]
  return `Was due at ${readableTime(publishAt, timeZone)}, went live ${parts.join(' ')} later.`
}

/** The first of some times that is still ahead, for a timer; undefined when none is. */
export function nextDue(
  times: readonly (string | null | undefined)[],
  now: Date,
): string | undefined {
  const instant = storedTimeOf(now)
  return times
    .flatMap((time) => (time && time > instant ? [time] : []))
    .sort()
    .at(0)
}
