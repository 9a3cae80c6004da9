import {expect, test} from 'vitest'

import {endOfTerm, endsSoon} from './ending.ts'

const at = (time: string) => `2026-11-24T${time}.000Z`

test.each([
  ['10 minutes and a second before', '14:00:00', '14:30:00', '14:19:59', false],
  ['ten minutes before', '14:00:00', '14:30:00', '14:20:00', true],
  ['to the last second', '14:00:00', '14:30:00', '14:29:59', true],
  ['at the end', '14:00:00', '14:30:00', '14:30:00', false],
  ['eleven minutes in all, after one', '14:00:00', '14:11:00', '14:01:00', true],
  ['ten minutes in all, before its half', '14:00:00', '14:10:00', '14:04:59', false],
  ['ten minutes in all, at its half', '14:00:00', '14:10:00', '14:05:00', true],
  ['one minute in all, at its half', '14:00:00', '14:01:00', '14:00:30', true],
])('the owner is asked: %s', (_name, startsAt, until, now, asked) => {
  expect(endsSoon({startsAt: at(startsAt), until: at(until)}, new Date(at(now)))).toBe(asked)
})

test('an end is another one once it was extended', () => {
  const lease = {_id: 'harbour', until: at('14:30:00')}
  expect(endOfTerm(lease)).not.toBe(endOfTerm({...lease, until: at('15:00:00')}))
})
