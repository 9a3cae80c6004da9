import {describe, expect, test} from 'vitest'
import type {Asking} from '../../editorial/asking.ts'
import {editorialState, type EditorialState, type Stage} from '../../editorial/documents.ts'
import {moveOf, type Move} from '../../editorial/moves.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {countedKeys, draftOf, liveState, liveStory} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const later = '2026-11-24T15:00:00.000Z'
const draft = draftOf(liveStory())

/** The state after a move, and what it says of it. */
function moved(fields: Partial<EditorialState>, move: Move, asking: Partial<Asking> = {}) {
  const state = liveState(fields)
  const live = state.stage === 'live' ? liveStory() : undefined
  const newsroom = newsroomInMemory(draft, state)
  const {mutations} = moveOf(
    {draft, live, state, now, by: 'ann', role: 'editor', newKey: countedKeys(), ...asking},
    move,
  )
  newsroom.commit(mutations)
  expect(newsroom.document('drafts.kerry')).toEqual(draft)
  const after = editorialState.parse(newsroom.document('editorial.kerry'))
  const {_id, _type, _rev, article: _article, history, ...rest} = after
  expect(history).toHaveLength((state.history?.length ?? 0) + 1)
  return {...rest, last: history?.at(-1)}
}

function entry(action: string, from: Stage, to: Stage, said: object = {}) {
  return {
    _type: 'historyEntry' as const,
    _key: 'key-1',
    at: '2026-11-24T14:05:00.000Z',
    by: 'ann',
    action,
    from,
    to,
    ...said,
  }
}

describe('a move changes the stage, says so in the history and never touches the draft', () => {
  test.each<[string, Partial<EditorialState>, Move, object]>([
    [
      'submit',
      {stage: 'returned', lastFailure: 'It failed.'},
      {action: 'submit', note: ' Ready. '},
      {stage: 'review', last: entry('submit', 'returned', 'review', {note: 'Ready.'})},
    ],
    [
      'submit a text that was changed after its approval',
      {stage: 'approved', approvedRevision: 'older-rev'},
      {action: 'submit'},
      {stage: 'review', last: entry('submit', 'approved', 'review')},
    ],
    [
      'return',
      {stage: 'approved', approvedRevision: 'draft-rev'},
      {action: 'return', note: 'Who says so?'},
      {
        stage: 'returned',
        last: entry('return', 'approved', 'returned', {note: 'Who says so?'}),
      },
    ],
    [
      'approve',
      {stage: 'review'},
      {action: 'approve'},
      {
        stage: 'approved',
        approvedRevision: 'draft-rev',
        last: entry('approve', 'review', 'approved'),
      },
    ],
    [
      'schedule',
      {stage: 'approved', approvedRevision: 'draft-rev', lastFailure: 'It failed.'},
      {action: 'schedule', at: later},
      {
        stage: 'scheduled',
        approvedRevision: 'draft-rev',
        publishAt: later,
        last: entry('schedule', 'approved', 'scheduled', {dueAt: later}),
      },
    ],
    [
      'unschedule',
      {stage: 'scheduled', approvedRevision: 'draft-rev', publishAt: later},
      {action: 'unschedule'},
      {
        stage: 'approved',
        approvedRevision: 'draft-rev',
        last: entry('unschedule', 'scheduled', 'approved'),
      },
    ],
    [
      'a schedule that failed',
      {
        stage: 'scheduled',
        approvedRevision: 'draft-rev',
        publishAt: '2026-11-24T14:05:00.000Z',
      },
      {action: 'scheduleFailed', reason: 'The headline is empty.'},
      {
        stage: 'approved',
        approvedRevision: 'draft-rev',
        lastFailure: 'The headline is empty.',
        last: entry('scheduleFailed', 'scheduled', 'approved', {note: 'The headline is empty.'}),
      },
    ],
    [
      'submit a change to a live story',
      {stage: 'live'},
      {action: 'submitChange', note: 'He has landed.'},
      {
        stage: 'live',
        change: 'review',
        last: entry('submitChange', 'live', 'live', {note: 'He has landed.'}),
      },
    ],
    [
      'return a change',
      {stage: 'live', change: 'review'},
      {action: 'returnChange', note: 'Not yet.'},
      {stage: 'live', last: entry('returnChange', 'live', 'live', {note: 'Not yet.'})},
    ],
    [
      'give a story to somebody, until a time',
      {stage: 'draft'},
      {action: 'assign', assignee: 'rob', dueAt: later},
      {
        stage: 'draft',
        assignee: 'rob',
        dueAt: later,
        last: entry('assign', 'draft', 'draft', {assignee: 'rob', dueAt: later}),
      },
    ],
    [
      'take a story from somebody',
      {stage: 'review', assignee: 'rob', dueAt: later},
      {action: 'assign', assignee: null, note: 'Rob is ill.'},
      {
        stage: 'review',
        dueAt: later,
        last: entry('assign', 'review', 'review', {
          note: 'Rob is ill. Nobody looks after it any more.',
        }),
      },
    ],
  ])('%s', (_what, before, move, after) => {
    expect(moved(before, move)).toEqual(after)
  })
})

test('a story without a state gets one with its first move', () => {
  const {mutations} = moveOf(
    {draft, now, by: 'rob', role: 'reporter', newKey: countedKeys()},
    {action: 'submit'},
  )
  expect(mutations).toEqual([
    {
      create: {
        _id: 'editorial.kerry',
        _type: 'editorialState',
        article: {_type: 'reference', _ref: 'kerry', _weak: true},
        stage: 'review',
        history: [{...entry('submit', 'draft', 'review'), by: 'rob'}],
      },
    },
  ])
})

test('nothing moves when somebody moved the story meanwhile', () => {
  const state = liveState({stage: 'review'})
  const newsroom = newsroomInMemory(draft, state)
  const {mutations} = moveOf(
    {draft, state, now, by: 'ann', role: 'editor', newKey: countedKeys()},
    {action: 'approve'},
  )
  newsroom.put(state)
  expect(() => newsroom.commit(mutations)).toThrow('409: editorial.kerry is at rev-1')
})

test('the one who submitted last does not approve, whoever submitted before', () => {
  const history = (...by: string[]) =>
    by.map((user, index) => ({...entry('submit', 'draft', 'review'), _key: `${index}`, by: user}))
  const approve = (...by: string[]) =>
    moved({stage: 'review', history: history(...by)}, {action: 'approve'}).stage
  expect(() => approve('rob', 'ann')).toThrow('You submitted this story yourself.')
  expect(approve('ann', 'rob')).toBe('approved')
})

test.each<[string, Partial<EditorialState>, Move, Partial<Asking>, string]>([
  ['a note of blanks', {stage: 'review'}, {action: 'return', note: ' '}, {}, 'noteMissing'],
  ['a role too low', {stage: 'review'}, {action: 'approve'}, {role: 'reporter'}, 'roleTooLow'],
  ['an invalid draft', {stage: 'draft'}, {action: 'submit'}, {errors: ['No.']}, 'refused'],
  ['no draft', {stage: 'draft'}, {action: 'submit'}, {draft: null}, 'draftMissing'],
  [
    'a draft of an unknown revision',
    {stage: 'review'},
    {action: 'approve'},
    {draft: {...draft, _rev: undefined}},
    'revisionMissing',
  ],
])('%s is refused', (_what, state, move, asking, code) => {
  expect(() => moved(state, move, asking)).toThrow(expect.objectContaining({code}))
})
