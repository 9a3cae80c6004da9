import {storedTimeOf} from './time.ts'

/**
 * The time of day that clocks in a zone (an IANA name) show at an instant, as fields for a date and a time hold it:
 * `2026-11-24T15:05`.
 */
export function wallTime(at: Date, timeZone: string): string {
  const parts = formatter(timeZone).formatToParts(at)
  const part = (name: Intl.DateTimeFormatPartTypes) =>
    parts.find(({type}) => type === name)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * The stored time at which clocks in a zone show `wall` (`2026-11-24T15:05`). Of a time that they show twice the first,
 * of one that they skip the instant of the skip. Undefined for what is no such time.
 */
export function storedTimeFrom(wall: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall)) return undefined
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return undefined
  // No zone is more than fourteen hours from UTC. Before the searched instant clocks show less, from it on not.
  let [before, within] = [asUtc - longestOffset, asUtc + longestOffset]
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (wallTime(new Date(middle), timeZone) < wall) before = middle
    else within = middle
  }
  return storedTimeOf(new Date(within))
}

/** The stored time at which the day began that it is at `now` in the newsroom's zone. */
export function startOfDay(now: Date, timeZone: string): string {
  const midnight = `${wallTime(now, timeZone).slice(0, 10)}T00:00`
  return storedTimeFrom(midnight, timeZone) ?? storedTimeOf(now)
}

const longestOffset = 15 * 60 * 60 * 1000

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  const made = formatters.get(timeZone)
  if (made) return made
  const digits = '2-digit'
  const fresh = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    hourCycle: 'h23',
  })
  formatters.set(timeZone, fresh)
  return fresh
}
