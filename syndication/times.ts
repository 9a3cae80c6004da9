import {hour, minute} from '../editorial/time.ts'
import {dayOnly} from '../schemas/dayOnly.ts'
import {attribute, html, type SafeHtml} from './html.ts'

/** What newsrooms call a zone where the language's own data has only an offset for it. */
const zoneNames: {[timeZone: string]: {[language: string]: string} & {other: string}} = {
  'Europe/Moscow': {ru: 'мск', uk: 'мск', other: 'MSK'},
}

/** Languages whose data puts the weekday of their own calendar last, as nobody writes it. */
const weekdayFirst = new Set(['fa'])

const day = 24 * hour

/** A page's way of telling times: in its language, in the newsroom's zone, as seen from `now`. */
export type Times = {
  /** "14:05 MSK". */
  clock(at: string): string
  /** "23 March 2016 at 14:05 MSK". */
  full(at: string): string
  /** "Tuesday, 24 November 2026", as a line of its own. */
  date(at: string | Date): string
  /** "23 March 2016", of a calendar date (`YYYY-MM-DD`) that has no zone. */
  day(date: string): string
  /** Place and day in one: "Moscow, 23 March 2016"; either may be missing. */
  joined(...parts: readonly (string | undefined)[]): string
  /**
   * The time of day, with the date in front when that is another day, and the year when that is another. The day
   * alone, the same in every zone, when its hour is not known.
   */
  stamp(at: string): SafeHtml
  /** "12 min ago" under a day, the date afterwards; the full time as its title. */
  ago(at: string): SafeHtml
}

/** `at` is always a stored time (ISO 8601 UTC); `locale` BCP 47; `timeZone` an IANA name. */
export function timesFor(locale: string, timeZone: string, now: Date): Times {
  const forms = formsFor(locale, timeZone)
  const zone = (at: Date): string =>
    zoneNames[timeZone]?.[locale] ??
    zoneNames[timeZone]?.other ??
    forms.zone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ??
    timeZone
  const clock = (at: string) => `${forms.clock.format(new Date(at))} ${zone(new Date(at))}`
  const full = (at: string) => `${forms.full.format(new Date(at))} ${zone(new Date(at))}`
  const dateOf = (at: string) =>
    (forms.year.format(new Date(at)) === forms.year.format(now)
      ? forms.shortDate
      : forms.date
    ).format(new Date(at))
  const comma = forms.dayAndClock
    .formatToParts(now)
    .findLast(({type, value}) => type === 'literal' && !value.includes(':'))?.value
  const joined = (...parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part).join(comma)
  const dayHtml = (date: string) =>
    html`<time datetime="${date}">${forms.calendar.format(new Date(date))}</time>`
  const isToday = (at: string) => forms.date.format(new Date(at)) === forms.date.format(now)

  return {
    clock,
    full,
    joined,
    date: (at) => {
      const date = new Date(at)
      const text = weekdayFirst.has(locale)
        ? `${forms.weekdayAlone.format(date)} ${forms.date.format(date)}`
        : forms.weekday.format(date)
      return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
    },
    day: (date) => (Number.isNaN(Date.parse(date)) ? date : forms.calendar.format(new Date(date))),
    stamp: (at) => {
      const dayAlone = dayOnly(at)
      if (dayAlone !== undefined) return dayHtml(dayAlone)
      const text = isToday(at) ? clock(at) : joined(dateOf(at), clock(at))
      return html`<time datetime="${at}" title="${full(at)}">${text}</time>`
    },
    ago: (at) => {
      const dayAlone = dayOnly(at)
      if (dayAlone !== undefined) return dayHtml(dayAlone)
      const age = now.getTime() - Date.parse(at)
      const isRecent = age >= 0 && age < day
      const text = isRecent ? agoIn(forms, age) : forms.date.format(new Date(at))
      return html`<time
        datetime="${at}"
        title="${full(at)}"
        ${attribute('data-ago', isRecent && locale)}
        >${text}</time
      >`
    },
  }
}

function agoIn({relative, now}: Forms, age: number): string {
  if (age < minute) return now.format(0, 'second')
  return age < hour
    ? relative.format(-Math.floor(age / minute), 'minute')
    : relative.format(-Math.floor(age / hour), 'hour')
}

type Forms = ReturnType<typeof makeForms>
const madeForms = new Map<string, Forms>()

/** Formatters are slow to make and a page of many languages needs many: each is made once. */
function formsFor(locale: string, timeZone: string): Forms {
  const key = `${locale} ${timeZone}`
  const made = madeForms.get(key) ?? makeForms(locale, timeZone)
  madeForms.set(key, made)
  return made
}

function makeForms(locale: string, timeZone: string) {
  const form = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, {timeZone, ...options})
  const day = {day: 'numeric', month: 'long', year: 'numeric'} as const
  const clock = {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'} as const
  return {
    clock: form(clock),
    zone: form({timeZoneName: 'short'}),
    full: form({...day, ...clock}),
    dayAndClock: form({day: 'numeric', month: 'short', ...clock}),
    date: form(day),
    weekday: form({weekday: 'long', ...day}),
    weekdayAlone: form({weekday: 'long'}),
    year: form({year: 'numeric'}),
    shortDate: form({day: 'numeric', month: 'short'}),
    calendar: new Intl.DateTimeFormat(locale, {timeZone: 'UTC', dateStyle: 'long'}),
    relative: new Intl.RelativeTimeFormat(locale, {style: 'short'}),
    now: new Intl.RelativeTimeFormat(locale, {numeric: 'auto'}),
  }
}
