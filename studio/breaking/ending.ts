import {minute} from '../../editorial/time.ts'

/** How long before its end the owner of breaking news is asked whether it should stay. */
export const noticeMinutes = 10

type Term = {startsAt: string; until: string}

/** Whether the end is so near that its owner is asked: ten minutes, and half the time of what runs no longer than that. */
export function endsSoon({startsAt, until}: Term, now: Date): boolean {
  const end = Date.parse(until)
  const length = end - Date.parse(startsAt)
  const ahead = length > noticeMinutes * minute ? noticeMinutes * minute : length / 2
  return end - ahead <= now.getTime() && now.getTime() < end
}

/** An end that somebody was asked about: extended breaking news has another one. */
export function endOfTerm({_id, until}: {_id: string; until: string}): string {
  return `${_id} ${until}`
}
