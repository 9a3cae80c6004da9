import {hour, minute} from './time.ts'

const day = 24 * hour
const week = 7 * day

const short = new Intl.RelativeTimeFormat('en-GB', {style: 'short', numeric: 'always'})

/**
 * How far a stored time is from `now`, as in "12 min ago" or "in 3 hr"; beyond a week there is nothing to say
 * that a date does not say better, and the answer is undefined.
 */
export function relativeTime(at: string, now: Date): string | undefined {
  const distance = Date.parse(at) - now.getTime()
  const size = Math.abs(distance)
  if (Number.isNaN(distance) || size >= week) return undefined
  if (size < minute) return distance > 0 ? 'in less than a minute' : 'just now'
  if (size < hour) return inUnits(distance, minute, 'minute')
  if (size < day) return inUnits(distance, hour, 'hour')
  return inUnits(distance, day, 'day')
}

/** How much time is left until a stored time, as in "2 h 05 min" or "4 min 30 s"; undefined when it has passed. */
export function timeLeft(until: string, now: Date): string | undefined {
  const left = Date.parse(until) - now.getTime()
  if (!(left > 0)) return undefined
  if (left >= 2 * day) return `${Math.floor(left / day)} days`
  const seconds = Math.ceil(left / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours > 0) return `${hours} h ${padded(minutes)} min`
  return minutes > 0 ? `${minutes} min ${padded(seconds % 60)} s` : `${seconds} s`
}

function inUnits(distance: number, unit: number, name: Intl.RelativeTimeFormatUnit): string {
  return short.format(Math.trunc(distance / unit), name)
}

function padded(count: number): string {
  return String(count).padStart(2, '0')
}
