import {expect, test} from 'vitest'

import {followUpReasons} from './followUp.ts'

const now = new Date('2026-11-24T12:00:00.000Z')

test('a story in order needs no looking after', () => {
  const live = {update: true, updates: [{at: '2026-11-24T11:00:00.000Z'}]}
  expect(followUpReasons({live}, now, undefined)).toEqual([])
})

test('every reason is a sentence, the most urgent first', () => {
  const story = {
    live: {update: true, updates: [{at: '2026-11-23T12:00:00.000Z'}]},
    questions: 2,
    lastFailure: 'The headline is empty.',
    withoutImage: 1,
    altIsCaption: 3,
  }
  expect(followUpReasons(story, now, 24)).toEqual([
    'Did not go live: The headline is empty.',
    '2 questions from the import',
    'Update label is past its hours',
    '1 picture missing',
    '3 pictures described by their caption',
  ])
})

test('the update label is over by the newsroom’s hours, counted from the last update', () => {
  const live = {
    update: true,
    updates: [{at: '2026-11-20T12:00:00.000Z'}, {at: '2026-11-24T10:00:00.000Z'}],
  }
  expect(followUpReasons({live}, now, 2)).toEqual(['Update label is past its hours'])
  expect(followUpReasons({live}, now, 3)).toEqual([])
})

test('without a flag or without updates there is no label that could be over', () => {
  expect(followUpReasons({live: {update: true, updates: []}}, now, 24)).toEqual([])
  const updates = [{at: '2026-11-20T12:00:00.000Z'}]
  expect(followUpReasons({live: {update: false, updates}}, now, 24)).toEqual([])
})
