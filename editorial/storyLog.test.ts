import {expect, test} from 'vitest'

import {ledTo, storyLog} from './storyLog.ts'

const at = (minute: number) => `2026-11-24T12:0${minute}:00.000Z`

test('a step and the publication that it made are one line: who did it, in the words of the story', () => {
  const lines = storyLog(
    {
      firstPublishedAt: at(2),
      updates: [{_type: 'articleUpdate', _key: 'u', number: 1, at: at(3), note: 'Adds the mayor.'}],
      corrections: [
        {_type: 'correction', _key: 'c', kind: 'correction', at: at(4), text: 'Three, not two.'},
      ],
    },
    {
      history: [
        {_key: 'a', at: at(1), by: 'ann', action: 'submit', from: 'draft', to: 'review'},
        {_key: 'b', at: at(2), by: 'bo', action: 'publish', from: 'review', to: 'live'},
        {
          _key: 'c',
          at: at(3),
          by: 'cy',
          action: 'republish',
          from: 'live',
          to: 'live',
          note: 'update',
        },
      ],
    },
  )
  expect(lines.map(({at: time, by, title, note, to}) => [time, by, title, note, to])).toEqual([
    [at(4), undefined, 'Published as a correction', 'Three, not two.', undefined],
    [at(3), 'cy', 'Published as update 1', 'Adds the mayor.', undefined],
    [at(2), 'bo', 'First published', undefined, 'live'],
    [at(1), 'ann', 'Submitted for review', undefined, 'review'],
  ])
})

test('steps of one instant keep their order, the later one first', () => {
  const history = ['submit', 'assign'].map((action) => ({
    _key: action,
    at: at(1),
    by: 'ann',
    action,
    to: 'review' as const,
  }))
  expect(storyLog(null, {history}).map(({title}) => title)).toEqual([
    'Assigned',
    'Submitted for review',
  ])
})

test('an assignment tells whom and until when; an unknown deed is called by its name', () => {
  const [first, second] = storyLog(undefined, {
    history: [
      {_key: 'a', at: at(1), by: 'ann', action: 'polish', from: 'draft', to: 'draft'},
      {
        _key: 'b',
        at: at(2),
        by: 'ann',
        action: 'assign',
        from: 'draft',
        to: 'draft',
        assignee: 'bo',
        dueAt: at(9),
      },
    ],
  })
  expect(first).toMatchObject({title: 'Assigned', assignee: 'bo', dueAt: at(9)})
  expect(second?.title).toBe('polish')
})

test('a line says where the story stood afterwards, unless it stayed or the line says so', () => {
  const history = [
    {_key: 'a', at: at(1), by: 'ann', action: 'submit', from: 'draft', to: 'review'} as const,
    {_key: 'b', at: at(2), by: 'ann', action: 'return', from: 'review', to: 'returned'} as const,
  ]
  expect(storyLog(null, {history}).map(ledTo)).toEqual([undefined, 'now in review'])
  expect(storyLog({firstPublishedAt: at(1)}, null).map(ledTo)).toEqual([undefined])
})

test('a story of which nothing is known has no log', () => {
  expect(storyLog(null, undefined)).toEqual([])
})
