import {expect, test} from 'vitest'

import {changeSentences, type ChangeMeanwhile} from './changesSince.ts'

const at = '2026-11-24T14:05:00.000Z'
const names: {[id: string]: string} = {ann: 'Ann Editor', bob: 'Bob Reporter'}
const sentences = (...changes: ChangeMeanwhile[]) =>
  changeSentences(
    changes,
    (id) => names[id] ?? 'Somebody',
    () => '14:05',
  )

test('somebody typed in the draft', () => {
  expect(sentences({document: 'draft', did: 'changed', by: 'bob', at})).toEqual([
    'Bob Reporter changed the draft at 14:05.',
  ])
})

test('a publication is told once, not as three changed documents', () => {
  expect(
    sentences(
      {document: 'live', did: 'changed', by: 'ann', at},
      {document: 'draft', did: 'removed', by: 'ann', at},
      {document: 'state', did: 'changed', by: 'ann', at},
    ),
  ).toEqual(['Ann Editor published another change to this story at 14:05.'])
})

test('a second person’s change is told beside it', () => {
  expect(
    sentences(
      {document: 'live', did: 'made', by: 'ann', at},
      {document: 'draft', did: 'made', by: 'bob', at},
    ),
  ).toEqual([
    'Ann Editor published this story at 14:05.',
    'Bob Reporter started a draft of this story at 14:05.',
  ])
})

test('without a name and time the sentence still says what happened', () => {
  expect(sentences({document: 'live', did: 'removed', by: undefined, at: undefined})).toEqual([
    'Somebody took this story off the site.',
  ])
})
