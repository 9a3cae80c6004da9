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

/** How long it is to a later instant, to the minute: "2 days and 3 hours", "1 hour and 5 minutes". */
export function lengthBetween(from: Date | string, to: Date | string): string {
  const minutes = Math.round((new Date(to).getTime() - new Date(from).getTime()) / minute)
  if (minutes < 1) return 'less than a minute'
  const parts = [
    {count: Math.floor(minutes / 1440), unit: 'day'},
    {count: Math.floor(minutes / 60) % 24, unit: 'hour'},
    {count: minutes % 60, unit: 'minute'},
  ]
  const first = parts.findIndex(({count}) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(({count}) => count > 0)
    .map(({count, unit}) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' and ')
}
