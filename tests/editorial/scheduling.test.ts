import {describe, expect, test} from 'vitest'
import type {Asking} from '../../editorial/asking.ts'
import {article, editorialState, type EditorialState} from '../../editorial/documents.ts'
import {delayNote, nextDue, scheduleDecision} from '../../editorial/scheduling.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {countedKeys, draftOf, liveState, liveStory} from './stories.ts'

const due = '2026-11-24T14:05:00.000Z'
const {firstPublishedAt: _first, ...draft} = draftOf(liveStory())
const scheduled: EditorialState = liveState({
  stage: 'scheduled',
  approvedRevision: 'draft-rev',
  publishAt: due,
})

function decided(asking: Partial<Asking> & {at?: string}) {
  const {at = due, ...rest} = asking
  return scheduleDecision({
    draft,
    state: scheduled,
    errors: [],
    now: new Date(at),
    by: 'scheduler',
    role: 'publisher',
    newKey: countedKeys(),
    ...rest,
  })
}

describe('a scheduled story', () => {
  test('waits until its instant, and goes live at it', () => {
    expect(decided({at: '2026-11-24T14:04:59.999Z'})).toEqual({kind: 'wait', until: due})
    const decision = decided({})
    expect(decision.kind).toBe('publish')
    const newsroom = newsroomInMemory(draft, scheduled)
    if ('mutations' in decision) newsroom.commit(decision.mutations)
    expect(article.parse(newsroom.document('kerry')).firstPublishedAt).toBe(due)
    const {stage, publishAt, history} = editorialState.parse(newsroom.document('editorial.kerry'))
    expect({stage, publishAt, history}).toEqual({
      stage: 'live',
      publishAt: undefined,
      history: [
        {
          _type: 'historyEntry',
          _key: 'key-1',
          at: due,
          by: 'scheduler',
          action: 'publishScheduled',
          from: 'scheduled',
          to: 'live',
        },
      ],
    })
  })

  test('that is overdue goes live, and its history says how late', () => {
    const decision = decided({at: '2026-11-24T16:07:30.000Z', timeZone: 'Europe/Moscow'})
    expect(decision).toMatchObject({
      kind: 'publish',
      note: 'Was due at 24 Nov 2026, 17:05 GMT+3, went live 2 h 2 min later.',
    })
    expect(JSON.stringify(decision)).toContain('went live 2 h 2 min later')
  })

  test.each<[string, Partial<Asking>, string]>([
    [
      'was changed after its approval',
      {draft: {...draft, _rev: 'newer'}},
      'Changed since approval.',
    ],
    ['has an error', {errors: ['Write a headline.']}, 'Write a headline.'],
    ['lacks a lede', {draft: {...draft, lede: []}}, 'The lede is empty.'],
    ['has lost its draft', {draft: undefined}, 'There is no draft'],
    [
      'came under an embargo',
      {draft: {...draft, embargoUntil: '2026-12-24T07:00:00.000Z'}},
      'This story is under embargo until 24 Dec 2026, 07:00 UTC.',
    ],
  ])('that %s goes back to approved and says why', (_what, asking, sentence) => {
    const decision = decided(asking)
    expect(decision).toMatchObject({kind: 'fail', sentence: expect.stringContaining(sentence)})
    const newsroom = newsroomInMemory(draft, scheduled)
    if ('mutations' in decision) newsroom.commit(decision.mutations)
    expect(newsroom.ids()).toEqual(['drafts.kerry', 'editorial.kerry'])
    expect(newsroom.document('editorial.kerry')).toMatchObject({
      stage: 'approved',
      lastFailure: expect.stringContaining(sentence),
    })
    expect(newsroom.document('editorial.kerry')).not.toHaveProperty('publishAt')
  })

  test.each<[string, Partial<Asking>]>([
    ['was taken off the schedule', {state: {...scheduled, stage: 'approved'}}],
    ['was killed', {state: {...scheduled, stage: 'killed'}}],
    ['went live meanwhile', {live: liveStory()}],
    ['lost its date', {state: {...scheduled, publishAt: undefined}}],
    ['never had a state', {state: undefined}],
  ])('that %s is left alone', (_what, asking) => {
    expect(decided(asking)).toEqual({kind: 'none'})
  })
})

test('a delay is told from a minute on, in hours and minutes', () => {
  const late = (seconds: number) => delayNote(due, new Date(Date.parse(due) + seconds * 1000))
  expect([late(0), late(59.999)]).toEqual([undefined, undefined])
  expect([late(60), late(3600), late(90_061)]).toEqual([
    'Was due at 24 Nov 2026, 14:05 UTC, went live 1 min later.',
    'Was due at 24 Nov 2026, 14:05 UTC, went live 1 h later.',
    'Was due at 24 Nov 2026, 14:05 UTC, went live 25 h 1 min later.',
  ])
})

test('a timer waits for the first time that is ahead', () => {
  const now = new Date(due)
  expect(nextDue([due, '2027-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z', null], now)).toBe(
    '2026-12-31T23:59:59.999Z',
  )
  expect(nextDue([due, undefined], now)).toBe(undefined)
})
