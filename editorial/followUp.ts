import {counted} from '../schemas/previews.ts'
import {defaultUpdateLabelHours} from './labels.ts'
import {hour} from './time.ts'

/** What of a story and its state somebody may have to look after; queries count pictures over the whole story. */
export type FollowedStory = {
  /** Of the version that readers see; nothing for a story that they do not. */
  live?: {update?: boolean | undefined; updates: readonly {at: string}[]} | undefined
  questions?: number | undefined
  lastFailure?: string | undefined
  withoutImage?: number | undefined
  altIsCaption?: number | undefined
}

/** The instant before which an update's label is over at `now`, in milliseconds. */
export function labelsOverAt(now: Date, updateLabelHours: number | undefined): number {
  return now.getTime() - (updateLabelHours ?? defaultUpdateLabelHours) * hour
}

/**
 * Why a story stands on the follow-up list, the most urgent reason first, each as a short sentence without
 * its full stop. `hours`: how long the newsroom's update label stands.
 */
export function followUpReasons(
  {live, questions = 0, lastFailure, withoutImage = 0, altIsCaption = 0}: FollowedStory,
  now: Date,
  hours: number | undefined,
): string[] {
  return [
    ...(lastFailure ? [`Did not go live: ${lastFailure}`] : []),
    ...(questions > 0 ? [`${counted(questions, 'question')} from the import`] : []),
    ...(live && labelIsOver(live, now, hours) ? ['Update label is past its hours'] : []),
    ...(withoutImage > 0 ? [`${counted(withoutImage, 'picture')} missing`] : []),
    ...(altIsCaption > 0
      ? [
          `${counted(altIsCaption, 'picture')} described by ${altIsCaption === 1 ? 'its' : 'their'} caption`,
        ]
      : []),
  ]
}

function labelIsOver(
  {update, updates}: NonNullable<FollowedStory['live']>,
  now: Date,
  hours: number | undefined,
): boolean {
  const last = updates.at(-1)
  return update === true && last !== undefined && Date.parse(last.at) <= labelsOverAt(now, hours)
}
