import {expect, test} from 'vitest'

import {startOfDay, storedTimeFrom, wallTime} from './newsroomTime.ts'

test.each([
  ['2026-11-24T22:30:00.000Z', 'Europe/Moscow', '2026-11-24T21:00:00.000Z'],
  ['2026-11-24T12:00:00.000Z', 'Europe/Moscow', '2026-11-23T21:00:00.000Z'],
  ['2026-11-24T12:00:00.000Z', 'UTC', '2026-11-24T00:00:00.000Z'],
  ['2026-11-24T00:00:00.000Z', 'UTC', '2026-11-24T00:00:00.000Z'],
  ['2026-11-24T12:00:00.000Z', 'Pacific/Kiritimati', '2026-11-24T10:00:00.000Z'],
  // Clocks there went from midnight to one o’clock on that day.
  ['2018-11-04T12:00:00.000Z', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
])('at %s the day began in %s at %s', (now, timeZone, began) => {
  expect(startOfDay(new Date(now), timeZone)).toBe(began)
})

test('a time on the newsroom’s clocks is the same there and back', () => {
  const at = new Date('2026-11-24T12:05:00.000Z')
  const wall = wallTime(at, 'Europe/Moscow')
  expect(wall).toBe('2026-11-24T15:05')
  expect(storedTimeFrom(wall, 'Europe/Moscow')).toBe(at.toISOString())
})

test('a time that clocks show twice is the first, one that they skip is the skip', () => {
  expect(storedTimeFrom('2026-10-25T02:30', 'Europe/Prague')).toBe('2026-10-25T00:30:00.000Z')
  expect(storedTimeFrom('2026-03-29T02:30', 'Europe/Prague')).toBe('2026-03-29T01:00:00.000Z')
})

test.each(['', '2026-11-24', '2026-13-45T99:99'])('“%s” is no time', (wall) => {
  expect(storedTimeFrom(wall, 'UTC')).toBeUndefined()
})
