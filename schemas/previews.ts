import {dayOnly} from './dayOnly.ts'

const readable = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})

const readableDay = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeZone: 'UTC'})

/** A stored time for a preview line, as in "24 Nov 2026, 14:05 UTC", or its day; nothing when there is none. */
export function readableTime(time: string | undefined): string | undefined {
  const instant = time === undefined ? Number.NaN : Date.parse(time)
  if (time === undefined || Number.isNaN(instant)) return undefined
  return dayOnly(time) ? readableDay.format(instant) : `${readable.format(instant)} UTC`
}

/** What a preview line says, joined by middle dots; what is missing is left out. */
export function previewLine(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' · ')
}

const digits = new Intl.NumberFormat('en')

/** "12,049". */
export function numeral(count: number): string {
  return digits.format(count)
}

/** "1 paragraph", "3 paragraphs". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numeral(count)} ${count === 1 ? one : many}`
}
