import {expect, test} from 'vitest'

import {firstForm, formReason, minutesLeft} from './breakingRequest.ts'

test('the banner starts with the short headline, else the headline, cut to what fits', () => {
  expect(firstForm({headline: 'Long', shortHeadline: 'Short'}, 30)).toEqual({
    headline: 'Short',
    level: 'breaking',
    minutes: 30,
  })
  expect(firstForm({headline: 'x'.repeat(120), shortHeadline: ' '}, 45)).toEqual({
    headline: 'x'.repeat(100),
    level: 'breaking',
    minutes: 45,
  })
  expect(firstForm(null, 30).headline).toBe('')
})

test.each([
  [{headline: ' '}, 'Write what the banner says.'],
  [{headline: 'x'.repeat(101)}, 'The banner has room for 100 characters.'],
  [{minutes: 0}, 'Choose between 1 and 720 minutes.'],
  [{minutes: Number.NaN}, 'Choose between 1 and 720 minutes.'],
  [{minutes: 721}, 'Choose between 1 and 720 minutes.'],
  [{minutes: 720}, undefined],
])('the form says why it cannot be sent: %j', (given, reason) => {
  expect(formReason({headline: 'Kerry', level: 'breaking', minutes: 30, ...given})).toBe(reason)
})

test('minutes left are rounded up and never negative', () => {
  const now = new Date('2026-11-24T14:00:00.000Z')
  expect(minutesLeft('2026-11-24T14:00:01.000Z', now)).toBe(1)
  expect(minutesLeft('2026-11-24T14:30:00.000Z', now)).toBe(30)
  expect(minutesLeft('2026-11-24T13:59:00.000Z', now)).toBe(0)
})
