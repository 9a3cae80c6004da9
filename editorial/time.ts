/** Milliseconds in a minute and an hour: the newsroom's rules count in these. */
export const minute = 60_000
export const hour = 60 * minute

/**
 * The stored form of an instant, `YYYY-MM-DDTHH:mm:ss.sssZ`. All of them compare as strings, which is what
 * GROQ does. Takes the other ISO 8601 forms too (the hosted lake writes `_createdAt` without milliseconds).
 */
export function storedTimeOf(instant: Date | string): string {
  return new Date(instant).toISOString()
}

/** The latest of some stored times; those that are missing do not count. */
export function latest(first: string, ...others: readonly (string | null | undefined)[]): string {
  return others.reduce<string>((late, time) => (time && time > late ? time : late), first)
}

/** The time of day in UTC for sentences, as in "14:05 UTC". */
export function clockTime(time: string): string {
  return `${time.slice(11, 16)} UTC`
}

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
