import {expect, test} from 'vitest'

import type {Article} from '../../editorial/documents.ts'
import {
  answerOf,
  confirmReason,
  consequenceOf,
  firstQuestion,
  nextUpdateNumber,
  unasked,
  withText,
} from './changeQuestion.ts'
import type {StoryAsRead} from './storyAsRead.ts'

const live: Article = {_id: 'kerry', _rev: '1', _type: 'article', headline: 'Kerry in Moscow'}
const draft: Article = {...live, _id: 'drafts.kerry', headline: 'Kerry arrives in Moscow'}
const story: StoryAsRead = {draft, live, state: undefined, now: new Date('2026-11-24T10:00:00Z')}

test('nothing is chosen beforehand, and the note is drafted from the changes', () => {
  expect(firstQuestion(story, unasked)).toEqual({...unasked, note: 'Headline changed'})
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
  expect(firstQuestion(story, {...unasked, note: 'Kerry has landed.'}).note).toBe(
    'Kerry has landed.',
  )
})

test('an editor who chose before the story was read gets the drafted note', () => {
  expect(firstQuestion(story, {...unasked, kind: 'update'})).toEqual({
    ...unasked,
    kind: 'update',
    note: 'Headline changed',
  })
  expect(firstQuestion(story, {...unasked, kind: 'silentFix'}).kind).toBe('silentFix')
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

test('what was written for one kind stays when the editor looks at another', () => {
  const update = withText({...unasked, kind: 'update'}, 'New talks.')
  const correction = withText({...update, kind: 'correction'}, ' He came at noon. ')
  expect(correction).toEqual({
    ...unasked,
    kind: 'correction',
    note: 'New talks.',
    correction: ' He came at noon. ',
  })
  expect(answerOf(correction)).toEqual({kind: 'correction', text: 'He came at noon.'})
  expect(answerOf({...correction, kind: 'update'})).toEqual({kind: 'update', note: 'New talks.'})
  expect(answerOf({...correction, kind: 'silentFix'})).toEqual({kind: 'silentFix'})
  expect(answerOf({...correction, kind: 'clarification'}, '…')).toEqual({
    kind: 'clarification',
    text: '…',
  })
  expect(answerOf(unasked)).toBeUndefined()
})

test('each kind says what readers get, the update with its number', () => {
  const at = '2026-11-24T09:00:00.000Z'
  const updated = {
    ...live,
    updates: [{_type: 'articleUpdate' as const, _key: 'u', number: 1, at, note: 'x'}],
  }
  expect(consequenceOf('update', live)).toContain('“Update”')
  expect(consequenceOf('update', updated)).toContain('“2nd update”')
})

test.each([
  [{validated: false, asRead: undefined}, 'Saving and checking your last changes …'],
  [{validated: false}, undefined],
  [{refusal: 'The headline is empty.'}, 'The headline is empty.'],
  [{asRead: undefined}, 'Reading the story …'],
  [{question: unasked}, 'Choose what kind of change this is.'],
  [{question: {...unasked, kind: 'update' as const, note: '  '}}, 'Say what is new.'],
  [{question: {...unasked, kind: 'update' as const, note: 'New talks.'}}, undefined],
  [{question: {...unasked, kind: 'correction' as const, note: 'x'}}, 'Write the correction.'],
  [{question: {...unasked, kind: 'clarification' as const, clarification: 'x'}}, undefined],
  [{question: {...unasked, kind: 'silentFix' as const}}, undefined],
])('the button says why it waits: %j', (given, reason) => {
  const ready = {
    validated: true,
    refusal: undefined,
    asRead: story,
    question: {...unasked, kind: 'silentFix' as const},
  }
  expect(confirmReason({...ready, ...given})).toBe(reason)
})
