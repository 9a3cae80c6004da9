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
