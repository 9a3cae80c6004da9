import {asciiDigits, fold} from './fold.ts'

/** The languages whose names of months and days we read; the names are Unicode's (CLDR), by `Intl`. */
const LANGUAGES =
  'en ru uk be bg mk sr sr-Latn bs hr sl sq ro az tr kk ky uz uz-Cyrl tg tk tt hy ka fa ar ps ur ckb es pt fr de it nl id vi zh ko ja th my km lo hi bn am sw so ha pl cs sk hu el'.split(
    ' ',
  )
const OTHER_CALENDARS = [
  'fa-u-ca-persian',
  'ps-u-ca-persian',
  'ar-u-ca-islamic-umalqura',
  'ur-u-ca-islamic-umalqura',
]

const ENGLISH_MONTHS =
  'january february march april may june july august september october november december'.split(' ')

type Calendar = {
  /** Folded month names to the numbers, 1 to 12, that any language gives them. */
  months: Map<string, Set<number>>
  weekdays: Set<string>
  otherMonths: Set<string>
}

let calendar: Calendar | undefined

/** The date at the end of a text (a caption, mostly), as `YYYY-MM-DD`; undefined when none can be read for sure. */
export function dateAtEnd(text: string): {date: string; start: number} | undefined {
  const digits = asciiDigits(text)
  for (const form of DATE_FORMS) {
    const match = form.pattern.exec(digits)
    const date = form.read(match?.slice(1) ?? [])
    if (match && date !== undefined) return {date, start: match.index}
  }
  return undefined
}

/** The day of a time that a person typed: a date, or a date with time and zone. Undefined when it is none. */
export function storedTimeOf(typed: string): string | undefined {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/u.exec(
      typed,
    )
  if (!match || isoDate(Number(match[1]), Number(match[2]), Number(match[3])) === undefined)
    return undefined
  const time = new Date(typed)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** Whether a line only says what day or time it is, as the bar on top of a page or the line under a headline does. */
export function isDateBar(text: string): boolean {
  const folded = fold(text)
  const words = folded.split(/[\s,;|/()،·•–—-]+/u).filter((word) => word !== '')
  if (words.length === 0 || words.length > 12 || !/\d/u.test(folded)) return false
  const {months, weekdays, otherMonths} = names()
  const isMonth = (word: string) => months.has(word.replace(/\.$/u, '')) || otherMonths.has(word)
  const isWeekday = (word: string) => weekdays.has(word.replace(/\.$/u, ''))
  const isClock = (word: string) => /^\d{1,2}[:.]\d{2}(?::\d{2})?$/u.test(word)
  const isFiller = (word: string) =>
    /^\d+(?:st|nd|rd|th|[.º年月日년월일])?$/u.test(word) ||
    /^(?:\d{1,4}[./年月日년월일]){2,}\d*$/u.test(word) ||
    DATE_WORDS.has(word)
  const rest = words.filter(
    (word) => !isMonth(word) && !isWeekday(word) && !isClock(word) && !isFiller(word),
  )
  const hasClock = words.some(isClock)
  const hasDay =
    words.some((word) => isMonth(word) || isWeekday(word)) ||
    /\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/u.test(folded) ||
    /年|년/u.test(folded)
  if (rest.length === 0) return hasDay || (hasClock && words.length <= 4)
  // A bar with weekday or month and clock may also name the city whose time it is.
  return hasClock && hasDay && rest.length <= 2 && words.length >= 4
}

const DATE_WORDS = new Set(
  'am pm a.m p.m gmt utc est edt cet eet msk updated published last at on of the de del la le в об года году г р року год il ilə yil yıl і о um uhr kl h updated: published: обновлено опубликовано оновлено оприлюднено publicado actualizado publié güncellendi منتشر تاریخ ساعت'.split(
    ' ',
  ),
)

type DateForm = {pattern: RegExp; read: (parts: readonly string[]) => string | undefined}

// What may follow the year: "г.", "року", "il" …, and the marks that close a caption.
const TAIL = String.raw`(?:\s*(?:г|р|года|году|год|року|год|il|ci il|yil|yıl|ж|жыл|ел|წ|წელს|թ)\.?)?[\s.)\]»”"]*$`

const DATE_FORMS: readonly DateForm[] = [
  {
    pattern: new RegExp(
      String.raw`([\p{L}\p{M}]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TAIL}`,
      'u',
    ),
    read: ([month = '', day, year]) => isoDate(Number(year), monthNumber(month), Number(day)),
  },
  {
    pattern: new RegExp(
      String.raw`(\d{1,2})(?:st|nd|rd|th|er|\.|º|-?а?е)?,?\s+(?:of\s+|de\s+|d['’])?([\p{L}\p{M}]+)\.?,?\s+(?:de\s+|del\s+)?(\d{4})${TAIL}`,
      'u',
    ),
    read: ([day, month = '', year]) => isoDate(Number(year), monthNumber(month), Number(day)),
  },
  {
    // Chinese captions begin with the day.
    pattern: /^(\d{4})年(\d{1,2})月(\d{1,2})日/u,
    read: ([year, month, day]) => isoDate(Number(year), Number(month), Number(day)),
  },
  {
    pattern: new RegExp(
      String.raw`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?[\s.。)）]*$`,
      'u',
    ),
    read: ([year, month, day]) => isoDate(Number(year), Number(month), Number(day)),
  },
  {
    pattern: new RegExp(String.raw`(\d{4})-(\d{2})-(\d{2})${TAIL}`, 'u'),
    read: ([year, month, day]) => isoDate(Number(year), Number(month), Number(day)),
  },
  {
    // With dots the day comes first everywhere; with slashes only where no month has that number.
    pattern: new RegExp(String.raw`(\d{1,2})([./])(\d{1,2})[./](\d{4})${TAIL}`, 'u'),
    read: ([first, mark, second, year]) => {
      if (mark === '/' && Number(first) <= 12 && Number(second) <= 12) return undefined
      return mark === '/' && Number(second) > 12
        ? isoDate(Number(year), Number(first), Number(second))
        : isoDate(Number(year), Number(second), Number(first))
    },
  },
  {
    pattern: new RegExp(
      String.raw`(\d{1,2})\s+tháng\s+(\d{1,2})(?:,)?\s+(?:năm\s+)?(\d{4})${TAIL}`,
      'u',
    ),
    read: ([day, month, year]) => isoDate(Number(year), Number(month), Number(day)),
  },
]

function isoDate(year: number, month: number | undefined, day: number): string | undefined {
  if (month === undefined || year < 1800 || year > 2199) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? date.toISOString().slice(0, 10) : undefined
}

/** The month that a name means in every language that knows the name; undefined when they differ. */
function monthNumber(name: string): number | undefined {
  const numbers = names().months.get(fold(name))
  return numbers?.size === 1 ? [...numbers][0] : undefined
}

function names(): Calendar {
  calendar ??= readNames()
  return calendar
}

function readNames(): Calendar {
  const months = new Map<string, Set<number>>()
  const weekdays = new Set<string>()
  const otherMonths = new Set<string>()
  const nameIn = (format: Intl.DateTimeFormat, part: 'month' | 'weekday', date: Date) =>
    fold(format.formatToParts(date).find(({type}) => type === part)?.value ?? '')
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      const forms = [
        new Intl.DateTimeFormat(language, {month: style, timeZone: 'UTC', calendar: 'gregory'}),
        new Intl.DateTimeFormat(language, {
          month: style,
          day: 'numeric',
          timeZone: 'UTC',
          calendar: 'gregory',
        }),
      ]
      for (let month = 1; month <= 12; month += 1) {
        const date = new Date(Date.UTC(2021, month - 1, 15))
        for (const form of forms) {
          const name = nameIn(form, 'month', date)
          if (/\p{L}/u.test(name)) months.set(name, (months.get(name) ?? new Set()).add(month))
        }
      }
      const days = new Intl.DateTimeFormat(language, {weekday: style, timeZone: 'UTC'})
      for (let day = 1; day <= 7; day += 1) {
        weekdays.add(nameIn(days, 'weekday', new Date(Date.UTC(2021, 1, day))))
      }
    }
  }
  for (const language of OTHER_CALENDARS) {
    const form = new Intl.DateTimeFormat(language, {month: 'long', timeZone: 'UTC'})
    for (let week = 0; week < 52; week += 2) {
      otherMonths.add(nameIn(form, 'month', new Date(Date.UTC(2021, 0, 1 + week * 7))))
    }
  }
  // English captions stand on pages of every language, so the English meaning of a name wins.
  for (const [index, name] of ENGLISH_MONTHS.entries()) {
    months.set(name, new Set([index + 1]))
    months.set(name.slice(0, 3), new Set([index + 1]))
  }
  months.set('sept', new Set([9]))
  return {months, weekdays, otherMonths}
}
