import {expect, test} from 'vitest'

import {relativeTime, timeLeft} from './relativeTime.ts'

const now = new Date('2026-11-24T12:00:00.000Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString()

test.each([
  [0, 'just now'],
  [-59, 'just now'],
  [30, 'in less than a minute'],
  [-60, '1 min ago'],
  [-59 * 60, '59 min ago'],
  [-3600, '1 hr ago'],
  [3 * 3600 + 60, 'in 3 hr'],
  [-26 * 3600, '1 day ago'],
  [-6 * 86_400, '6 days ago'],
  [-7 * 86_400, undefined],
])('%d seconds from now is “%s”', (seconds, text) => {
  expect(relativeTime(at(seconds), now)).toBe(text)
})

test.each([
  [-1, undefined],
  [0, undefined],
  [1, '1 s'],
  [61, '1 min 01 s'],
  [3600, '1 h 00 min'],
  [26 * 3600 + 90, '26 h 01 min'],
  [3 * 86_400, '3 days'],
])('of %d seconds there are left: %s', (seconds, text) => {
  expect(timeLeft(at(seconds), now)).toBe(text)
})

test('what is no time is nothing', () => {
  expect([relativeTime('soon', now), timeLeft('soon', now)]).toEqual([undefined, undefined])
})
