/**
 * The calendar date (`YYYY-MM-DD`) of a stored time whose hour nobody knows. Stored times always have one; an imported
 * story that came with a date alone carries the day's first moment in UTC, to the millisecond, which no clock hits.
 */
export function dayOnly(time: string): string | undefined {
  return time.endsWith('T00:00:00.000Z') ? time.slice(0, 10) : undefined
}
