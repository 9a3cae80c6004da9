import {isRecord, textOf} from './text.ts'

const storedForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const longestLease = 12 * 60 * 60_000

/** An error: GROQ compares times as strings, so every time has one form, UTC with milliseconds. */
export function timeHasStoredForm(time: unknown): true | string {
  if (time === undefined || time === null) return true
  const known = typeof time === 'string' && storedForm.test(time) && !Number.isNaN(Date.parse(time))
  return known
    ? true
    : 'Choose the time again from the calendar: it must be stored in UTC like 2026-11-24T09:30:00.000Z.'
}

/** A warning while a story waits: an embargo that lies in the past holds nothing back. */
export function embargoIsAhead(
  embargoUntil: string | undefined,
  now: Date,
  document?: unknown,
): true | string {
  if (!embargoUntil || textOf(document, 'firstPublishedAt')) return true
  return Date.parse(embargoUntil) > now.getTime()
    ? true
    : 'This embargo has passed, so it no longer holds the story back. Choose a later time or clear it.'
}

/** An error: breaking news ends after it starts, and within twelve hours. */
export function leaseEndsInTime(
  until: string | undefined,
  {parent}: {parent?: unknown},
): true | string {
  const startsAt = textOf(parent, 'startsAt')
  if (!until || !startsAt) return true
  const length = Date.parse(until) - Date.parse(startsAt)
  if (length <= 0) return 'Choose an end after the start, or nobody will ever see this.'
  return length <= longestLease
    ? true
    : 'Choose an end at most 12 hours after the start. What lasts longer is a story, not breaking news.'
}

/** An error: an end that somebody chose cannot lie before the start. */
export function endsAfterStart(
  endedAt: string | undefined,
  {parent}: {parent?: unknown},
): true | string {
  const startsAt = isRecord(parent) ? textOf(parent, 'startsAt') : undefined
  return endedAt && startsAt && endedAt < startsAt
    ? 'This ended before it started. Correct one of the two times.'
    : true
}
