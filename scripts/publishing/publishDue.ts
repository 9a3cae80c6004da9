import {EditorialError} from '../../editorial/errors.ts'
import {storedTimeOf} from '../../editorial/time.ts'
import {readDue, type Due, type DueOutcome, type Worker} from './dueWork.ts'
import {publishScheduled} from './scheduledStories.ts'
import {startPlan} from './plannedLeases.ts'

/**
 * One round of the worker: every scheduled story whose time has come goes live or back to approved, and every
 * planned lease that is due starts. Safe to run twice at once, on either lake: each piece is one transaction
 * guarded by what was read, and whoever comes second is refused by the store and leaves it at that.
 * Trouble with one piece (`troubled`) does not keep the others waiting; it is tried again next time.
 * `next` is the first time still ahead, in the stored form. Throws the client's errors when nothing can be read.
 */
export async function publishDue(
  worker: Worker,
): Promise<{outcomes: DueOutcome[]; next: string | undefined}> {
  const due = await readDue(worker.client)
  const outcomes: DueOutcome[] = []
  for (const id of due.stories) {
    outcomes.push(...(await attempt(id, () => publishScheduled(id, worker, due.timeZone))))
  }
  for (const id of due.plans) {
    outcomes.push(...(await attempt(id, () => startPlan(id, worker))))
  }
  return {outcomes, next: due.next}
}

async function attempt(
  id: string,
  work: () => Promise<DueOutcome | undefined>,
): Promise<DueOutcome[]> {
  try {
    const outcome = await work()
    return outcome ? [outcome] : []
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const why = error instanceof EditorialError ? reason : `It is tried again: ${reason}`
    return [{id, did: 'troubled', sentence: `${id} could not be looked after. ${why}`}]
  }
}

/** Milliseconds until a round is worth making: at the next due time, and soon in any case, for what is new. */
export function untilNextRound(next: Due['next'], now: Date, longest: number): number {
  if (next === undefined || next <= storedTimeOf(now)) return longest
  return Math.min(longest, Date.parse(next) - now.getTime())
}
