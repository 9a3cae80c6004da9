import {EditorialError} from './errors.ts'
import {hour, minute, storedTimeOf} from './time.ts'

/**
 * A stored time as people read it, with its zone: "24 Nov 2026, 14:05 UTC". A zone that nobody knows gives way
 * to UTC, so that a misspelt setting never hides a time.
 */
export function readableTime(time: string, timeZone = 'UTC'): string {
  const written = (zone: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(new Date(time))
  try {
    return written(timeZone)
  } catch {
    return written('UTC')
  }
}

/** A stored time in full, with its zone by both names: "Sunday 29 March 2026, 03:30 CEST (Europe/Prague)". */
export function fullTime(time: string, timeZone: string): string {
  const zone = knownZone(timeZone)
  const written = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(new Date(time))
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    written.find((one) => one.type === type)?.value ?? ''
  const day = `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`
  const clock = `${part('hour')}:${part('minute')} ${part('timeZoneName')}`
  return `${day}, ${clock}${zone === 'UTC' ? '' : ` (${zone})`}`
}

/** The zone itself, or UTC for a name that is no zone's: a misspelt setting stops nobody. */
export function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', {timeZone}).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** What the clocks of a zone show at an instant, `YYYY-MM-DDTHH:mm`, as a form's field takes it. */
export function wallTimeOf(instant: Date | string, timeZone: string): string {
  return new Date(wallMilliseconds(new Date(instant).getTime(), timeZone))
    .toISOString()
    .slice(0, 'YYYY-MM-DDTHH:mm'.length)
}

/**
 * The instant, in the stored form, at which the clocks of a zone show `wallTime` (`YYYY-MM-DDTHH:mm`). An hour
 * that comes twice, when clocks go back, is meant the first time. Throws `EditorialError` (`refused`) for one
 * that never comes, when clocks go forward, and for what is no time.
 */
export function instantOf(wallTime: string, timeZone: string): string {
  const shown = Date.parse(`${wallTime}:00.000Z`)
  if (Number.isNaN(shown)) {
    throw new EditorialError('refused', 'This is no time. Choose a day and a time of day.')
  }
  // No zone is further from UTC than 14 hours; the offsets before and after cover every change of clocks.
  const candidates = [shown - 14 * hour, shown + 14 * hour]
    .map((near) => shown - (wallMilliseconds(near, timeZone) - near))
    .filter((instant) => wallMilliseconds(instant, timeZone) === shown)
  if (candidates.length === 0) {
    throw new EditorialError(
      'refused',
      `At ${wallTime.replace('T', ', ')} clocks go forward, so that time never comes. Choose another.`,
    )
  }
  return storedTimeOf(new Date(Math.min(...candidates)))
}

/** What the clocks show, in milliseconds as if it were UTC. Whole minutes: zones have had no others since 1972. */
function wallMilliseconds(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value)
  const within = ((instant % minute) + minute) % minute
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) + within
  )
}
