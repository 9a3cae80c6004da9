import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {lengthBetween} from '../../editorial/time.ts'
import {fullTime, instantOf, readableTime, wallTimeOf} from '../../editorial/zones.ts'

describe('what an editor’s clock shows is stored as an instant', () => {
  test.each([
    ['in winter', '2026-01-15T09:30', 'Europe/Berlin', '2026-01-15T08:30:00.000Z'],
    ['in summer', '2026-07-15T09:30', 'Europe/Berlin', '2026-07-15T07:30:00.000Z'],
    ['before clocks go forward', '2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['after clocks went forward', '2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    [
      'in the hour that comes twice',
      '2026-10-25T02:30',
      'Europe/Berlin',
      '2026-10-25T00:30:00.000Z',
    ],
    ['after that hour', '2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['at a year’s end', '2026-12-31T23:59', 'America/New_York', '2027-01-01T04:59:00.000Z'],
    ['at a year’s beginning', '2027-01-01T00:00', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
    ['in a zone of half hours', '2026-06-01T05:45', 'Asia/Kathmandu', '2026-06-01T00:00:00.000Z'],
  ])('%s', (_when, wallTime, timeZone, instant) => {
    expect(instantOf(wallTime, timeZone)).toBe(instant)
    expect(wallTimeOf(instant, timeZone)).toBe(wallTime)
  })

  test('a time that never comes is refused', () => {
    expect(() => instantOf('2026-03-29T02:30', 'Europe/Berlin')).toThrow(
      'At 2026-03-29, 02:30 clocks go forward, so that time never comes. Choose another.',
    )
    expect(() => instantOf('tomorrow', 'Europe/Berlin')).toThrow('This is no time.')
  })

  test('and back, in every zone', () => {
    const zones = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone'))
    const minutes = fc.integer({
      min: Date.parse('2020-01-01T00:00:00.000Z') / 60_000,
      max: Date.parse('2035-01-01T00:00:00.000Z') / 60_000,
    })
    fc.assert(
      fc.property(zones, minutes, (zone, count) => {
        const shown = wallTimeOf(new Date(count * 60_000), zone)
        // An hour that comes twice is meant the first time: what it shows is what was asked for all the same.
        expect(wallTimeOf(instantOf(shown, zone), zone)).toBe(shown)
      }),
      {numRuns: 500},
    )
  })
})

test('people read times in their newsroom’s zone, and in UTC when it is misspelt', () => {
  const time = '2026-12-31T23:30:00.000Z'
  expect([
    readableTime(time),
    readableTime(time, 'Asia/Tokyo'),
    readableTime(time, 'Mars'),
  ]).toEqual(['31 Dec 2026, 23:30 UTC', '1 Jan 2027, 08:30 GMT+9', '31 Dec 2026, 23:30 UTC'])
})

test('a time in full is told with its zone, by both its names', () => {
  const at = '2026-03-29T01:30:00.000Z'
  expect(fullTime(at, 'Europe/Prague')).toBe('Sunday 29 March 2026, 03:30 CEST (Europe/Prague)')
  expect(fullTime(at, 'UTC')).toBe('Sunday 29 March 2026, 01:30 UTC')
  expect(fullTime(at, 'Europe/Prag')).toBe('Sunday 29 March 2026, 01:30 UTC')
  // The hour that comes twice when clocks go back is told apart by the zone's name.
  expect(fullTime('2026-10-25T00:30:00.000Z', 'Europe/Prague')).toContain('02:30 CEST')
  expect(fullTime('2026-10-25T01:30:00.000Z', 'Europe/Prague')).toContain('02:30 CET')
})

test.each([
  ['2026-06-01T12:00:20.000Z', 'less than a minute'],
  ['2026-06-01T12:01:00.000Z', '1 minute'],
  ['2026-06-01T13:05:00.000Z', '1 hour and 5 minutes'],
  ['2026-06-01T14:00:00.000Z', '2 hours'],
  ['2026-06-04T15:30:00.000Z', '3 days and 3 hours'],
])('until %s it is %s', (to, words) => {
  expect(lengthBetween('2026-06-01T12:00:00.000Z', to)).toBe(words)
})
