import {expect, test} from 'vitest'

import type {Article} from '../../editorial/documents.ts'
import {confirmReason, firstQuestion, nextUpdateNumber} from './changeQuestion.ts'
import type {StoryAsRead} from './storyAsRead.ts'

const live: Article = {_id: 'kerry', _rev: '1', _type: 'article', headline: 'Kerry in Moscow'}
const draft: Article = {...live, _id: 'drafts.kerry', headline: 'Kerry arrives in Moscow'}
const story: StoryAsRead = {draft, live, state: undefined, now: new Date('2026-11-24T10:00:00Z')}
const unasked = {kind: undefined, note: ''}
const settled = {saved: true, validated: true, errors: []}

test('nothing is chosen beforehand, and the note is drafted from the changes', () => {
  expect(firstQuestion(story, unasked)).toEqual({kind: undefined, note: 'Headline changed'})
})

test('the story’s own toggle chooses “update”', () => {
  const toggled = {...story, draft: {...draft, update: true}}
  expect(firstQuestion(toggled, unasked).kind).toBe('update')
})

test('a toggle that was on already says nothing about this change', () => {
  const carried = {...story, draft: {...draft, update: true}, live: {...live, update: true}}
  expect(firstQuestion(carried, unasked).kind).toBe(undefined)
})

test('looking again keeps the note that the editor wrote', () => {
  expect(firstQuestion(story, {kind: undefined, note: 'Kerry has landed.'}).note).toBe(
    'Kerry has landed.',
  )
})

test('an editor who chose before the story was read gets the drafted note', () => {
  expect(firstQuestion(story, {kind: 'update', note: ''})).toEqual({
    kind: 'update',
    note: 'Headline changed',
  })
  expect(firstQuestion(story, {kind: 'silentFix', note: ''}).kind).toBe('silentFix')
})

test('the next update follows the highest number', () => {
  const at = '2026-11-24T09:00:00.000Z'
  const updates = [1, 3].map((number) => ({
    _type: 'articleUpdate' as const,
    _key: String(number),
    number,
    at,
    note: 'x',
  }))
  expect(nextUpdateNumber({...live, updates})).toBe(4)
  expect(nextUpdateNumber(undefined)).toBe(1)
})

test.each([
  [{settled: {...settled, validated: false}}, 'Saving and checking your last changes …'],
  [{settled: {...settled, errors: ['The headline is empty.']}}, 'The headline is empty.'],
  [
    {settled: {...settled, errors: ['The headline is empty.', 'No lede.']}},
    '2 things must be put right first, such as: The headline is empty.',
  ],
  [{asRead: undefined}, 'Reading the story …'],
  [{question: unasked}, 'Choose what kind of change this is.'],
  [{question: {kind: 'update' as const, note: '  '}}, 'Say what is new.'],
  [{question: {kind: 'update' as const, note: 'New talks.'}}, undefined],
  [{question: {kind: 'silentFix' as const, note: ''}}, undefined],
])('the button says why it waits: %j', (given, reason) => {
  const ready = {settled, asRead: story, question: {kind: 'silentFix' as const, note: ''}}
  expect(confirmReason({...ready, ...given})).toBe(reason)
})
