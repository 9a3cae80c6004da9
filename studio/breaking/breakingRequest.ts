import {
  longestLeaseHeadline,
  longestLeaseMinutes,
  shortestLeaseMinutes,
} from '../../editorial/breaking.ts'
import type {LeaseLevel} from '../../editorial/documents.ts'

/** What the dialog asks before a story is broken. */
export type BreakingForm = {headline: string; level: LeaseLevel; minutes: number}

/** What stands behind each level, for the person who chooses. */
export const levelMeanings: Record<LeaseLevel, string> = {
  flash: 'The highest: announced at once to people who use a screen reader.',
  breaking: 'The usual: important and new.',
  developing: 'We are following it; more is coming.',
}

/** The banner's first words: the short headline when there is one, cut to what fits. */
export function firstForm(
  story: {headline?: unknown; shortHeadline?: unknown} | null | undefined,
  minutes: number,
): BreakingForm {
  const text = [story?.shortHeadline, story?.headline].find(
    (headline): headline is string => typeof headline === 'string' && headline.trim() !== '',
  )
  return {headline: (text ?? '').slice(0, longestLeaseHeadline), level: 'breaking', minutes}
}

/** Why the story cannot be broken like this; undefined when it can. */
export function formReason({headline, minutes}: BreakingForm): string | undefined {
  if (headline.trim() === '') return 'Write what the banner says.'
  if (headline.trim().length > longestLeaseHeadline) {
    return `The banner has room for ${longestLeaseHeadline} characters.`
  }
  if (
    !Number.isFinite(minutes) ||
    minutes < shortestLeaseMinutes ||
    minutes > longestLeaseMinutes
  ) {
    return `Choose between ${shortestLeaseMinutes} and ${longestLeaseMinutes} minutes.`
  }
  return undefined
}

/** Minutes left of a lease, rounded up: "1 min left" until the very end. */
export function minutesLeft(until: string, now: Date): number {
  return Math.max(0, Math.ceil((Date.parse(until) - now.getTime()) / 60_000))
}
