import {expect, test} from 'vitest'

import {firstForm, formReason, minutesLeft, storyToBreak, wordsOfStory} from './breakingRequest.ts'

test('the banner starts with the short headline, else the headline, and with the story’s topics', () => {
  const topics = [{_type: 'reference', _ref: 'syria', _key: 'a'}]
  expect(wordsOfStory({headline: 'Long', shortHeadline: 'Short', topics})).toEqual({
    headline: 'Short',
    topics: ['syria'],
  })
  expect(wordsOfStory({headline: 'Long', shortHeadline: ' '})).toEqual({
    headline: 'Long',
    topics: [],
  })
  expect(wordsOfStory(null)).toEqual({headline: undefined, topics: []})
})

test('what is not given is the usual, and the words are cut to what fits', () => {
  expect(firstForm({headline: 'x'.repeat(120)}, 45)).toEqual({
    headline: 'x'.repeat(100),
    level: 'breaking',
    topics: [],
    minutes: 45,
  })
  expect(firstForm({level: 'flash', topics: ['syria'], minutes: 10}, 45)).toEqual({
    headline: '',
    level: 'flash',
    topics: ['syria'],
    minutes: 10,
  })
})

test('a banner leads to its story once readers can open it', () => {
  const published = {slug: {_type: 'slug', current: 'kerry'}, language: 'en'}
  expect(storyToBreak('kerry', {draft: {language: 'fa'}, published})).toEqual({
    _id: 'kerry',
    language: 'fa',
    slug: 'kerry',
  })
  expect(storyToBreak('kerry', {draft: {slug: {current: 'new'}}, published: null}).slug).toBe(
    undefined,
  )
  const killed = {...published, killed: {at: '2026-11-24T14:00:00.000Z', notice: 'Wrong.'}}
  expect(storyToBreak('kerry', {draft: null, published: killed}).slug).toBe(undefined)
})

test.each([
  [{headline: ' '}, 'Write what the banner says.'],
  [{headline: 'x'.repeat(101)}, 'The banner has room for 100 characters.'],
  [{minutes: 0}, 'Choose between 1 and 720 minutes.'],
  [{minutes: Number.NaN}, 'Choose between 1 and 720 minutes.'],
  [{minutes: 721}, 'Choose between 1 and 720 minutes.'],
  [{minutes: 720}, undefined],
])('the form says why it cannot be sent: %j', (given, reason) => {
  expect(
    formReason({headline: 'Kerry', level: 'breaking', topics: [], minutes: 30, ...given}),
  ).toBe(reason)
})

test('minutes left are rounded up and never negative', () => {
  const now = new Date('2026-11-24T14:00:00.000Z')
  expect(minutesLeft('2026-11-24T14:00:01.000Z', now)).toBe(1)
  expect(minutesLeft('2026-11-24T14:30:00.000Z', now)).toBe(30)
  expect(minutesLeft('2026-11-24T13:59:00.000Z', now)).toBe(0)
})
