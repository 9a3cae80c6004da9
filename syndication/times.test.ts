import {describe, expect, test} from 'vitest'

import {timesFor} from './times.ts'

const now = new Date('2026-11-24T12:00:00.000Z')
const at = '2016-03-23T21:30:00.000Z'
const before = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString()
const words = (html: {toString(): string}) =>
  html
    .toString()
    .replace(/<[^>]+>/g, '')
    .trim()

describe('a stamp', () => {
  test('is the time of day in the newsroom’s zone, with the day and year that it needs', () => {
    const times = timesFor('en-GB', 'Europe/Moscow', now)
    expect(words(times.stamp('2026-11-24T11:05:00.000Z'))).toBe('14:05 MSK')
    expect(words(times.stamp('2026-11-23T20:59:00.000Z'))).toBe('23 Nov, 23:59 MSK')
    expect(words(times.stamp('2026-11-23T21:00:00.000Z'))).toBe('00:00 MSK')
    expect(words(times.stamp(at))).toBe('24 March 2016, 00:30 MSK')
  })

  test('follows the zone into summer', () => {
    const times = timesFor('en-GB', 'Europe/London', now)
    expect(times.clock('2026-07-01T12:00:00.000Z')).toBe('13:00 BST')
    expect(times.clock('2026-12-01T12:00:00.000Z')).toBe('12:00 GMT')
  })

  test('of a day whose hour nobody knows is that day in every zone', () => {
    const shown = ['America/New_York', 'UTC', 'Asia/Tokyo'].map((zone) => {
      const times = timesFor('en-GB', zone, now)
      return [times.stamp('2016-03-23T00:00:00.000Z'), times.ago('2016-03-23T00:00:00.000Z')].map(
        String,
      )
    })
    const day = '<time datetime="2016-03-23">23 March 2016</time>'
    expect(shown).toEqual([
      [day, day],
      [day, day],
      [day, day],
    ])
  })

  test('carries the full time for those who ask', () => {
    const stamp = timesFor('en-GB', 'UTC', now).stamp(at).toString()
    expect(stamp).toContain(`datetime="${at}"`)
    expect(stamp).toContain('title="23 March 2016 at 21:30 UTC"')
  })
})

describe('an age', () => {
  const ages = (locale: string) => {
    const times = timesFor(locale, 'UTC', now)
    return [59_999, 60_000, 3_599_999, 3_600_000, 86_399_999, 86_400_000].map((age) =>
      words(times.ago(before(age))),
    )
  }

  test('is told in minutes, then hours, and is a date from a day on', () => {
    expect(ages('en-GB')).toEqual([
      'now',
      '1 min ago',
      '59 min ago',
      '1 hr ago',
      '23 hr ago',
      '23 November 2026',
    ])
  })

  test('is told in the story’s language', () => {
    expect(ages('ru')).toEqual([
      'сейчас',
      '1 мин. назад',
      '59 мин. назад',
      '1 ч назад',
      '23 ч назад',
      '23 ноября 2026 г.',
    ])
  })

  test('of what lies ahead is its date', () => {
    expect(words(timesFor('en-GB', 'UTC', now).ago(before(-60_000)))).toBe('24 November 2026')
  })
})

test('Persian times have Persian punctuation, and the weekday in front', () => {
  const times = timesFor('fa', 'UTC', now)
  expect({
    date: times.date(now),
    yesterday: words(times.stamp('2026-11-23T09:05:00.000Z')),
    years: words(times.stamp(at)),
    full: times.full(at),
    dateline: times.joined('ژنو', times.day('2026-11-23')),
  }).toEqual({
    date: 'سه‌شنبه ۳ آذر ۱۴۰۵',
    yesterday: '۲ آذر، ۰۹:۰۵ UTC',
    years: '۴ فروردین ۱۳۹۵، ۲۱:۳۰ UTC',
    full: '۴ فروردین ۱۳۹۵ ساعت ۲۱:۳۰ UTC',
    dateline: 'ژنو، ۲ آذر ۱۴۰۵',
  })
})

test('a date that stands alone begins with a capital, and Moscow’s zone has its name', () => {
  expect(timesFor('ru', 'Europe/Moscow', now).date(now)).toBe('Вторник, 24 ноября 2026 г.')
  expect(timesFor('uk', 'Europe/Moscow', now).date(now)).toBe('Вівторок, 24 листопада 2026 р.')
  expect(timesFor('ru', 'Europe/Moscow', now).clock(at)).toBe('00:30 мск')
  expect(timesFor('en-GB', 'Europe/Moscow', now).clock(at)).toBe('00:30 MSK')
})
