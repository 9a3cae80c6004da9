import {storedTimeOf} from './time.ts'
import {readableTime} from './zones.ts'

/** As much of a story as tells whether breaking news may speak of it. */
export type StoryToBreakFacts = {
  killed: boolean
  /** Whether readers can open it; an embargo on a change to what they can open hides nothing. */
  isLive: boolean
  /** The draft's, in the stored form. */
  embargoUntil?: string | undefined
}

/**
 * Why breaking news may not speak of a story, as a sentence with times in the newsroom's zone; undefined when it may. A story
 * that readers cannot open yet, or that is not finished, may be up: its banner has no link then. `leaseGuards` hold the
 * store to the same.
 */
export function breakingRefusal(
  {killed, isLive, embargoUntil}: StoryToBreakFacts,
  {now, timeZone}: {now: Date; timeZone?: string | undefined},
): string | undefined {
  if (killed) return 'This story was killed.'
  if (isLive || embargoUntil === undefined || embargoUntil <= storedTimeOf(now)) return undefined
  return `This story is under embargo until ${readableTime(embargoUntil, timeZone)}, and readers may not hear of it before. Wait, or clear the embargo.`
}
