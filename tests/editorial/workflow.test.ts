import {expect, test} from 'vitest'
import {editorialState} from '../../editorial/documents.ts'
import {historyEntryOf, stageOf, stateFor, workflow} from '../../editorial/workflow.ts'

test('without a state, what readers see decides where a story stands', () => {
  expect([stageOf(undefined, false), stageOf(null, true), stageOf(undefined, {})]).toEqual([
    'draft',
    'live',
    'live',
  ])
})

test('a state that speaks of a page that is not there gives way to what readers see', () => {
  expect([
    stageOf({stage: 'review'}, false),
    stageOf({stage: 'live'}, false),
    stageOf({stage: 'draft'}, true),
    stageOf({stage: 'killed'}, true),
    stageOf({stage: 'killed'}, false),
  ]).toEqual(['review', 'draft', 'live', 'killed', 'killed'])
})

test('the importer’s state is a sound document', () => {
  const state = stateFor('kerry', {
    stage: 'live',
    questions: [{_key: 'q1', question: 'When was it published?', assumed: '2016-03-23'}],
    history: [
      historyEntryOf({
        key: 'h1',
        at: '2026-11-24T14:05:00.000Z',
        by: 'import',
        action: 'import',
        to: 'live',
      }),
    ],
  })
  expect(editorialState.parse(state)).toEqual({
    _id: 'editorial.kerry',
    _type: 'editorialState',
    article: {_type: 'reference', _ref: 'kerry', _weak: true},
    stage: 'live',
    questions: [{_key: 'q1', question: 'When was it published?', assumed: '2016-03-23'}],
    history: [
      {
        _type: 'historyEntry',
        _key: 'h1',
        at: '2026-11-24T14:05:00.000Z',
        by: 'import',
        action: 'import',
        to: 'live',
      },
    ],
  })
})

test('every action leads somewhere for someone', () => {
  expect(
    workflow.map(({action, from, to, least}) => `${action}: ${from.join(', ')} → ${to}, ${least}`),
  ).toEqual([
    'publish: draft, returned, review, approved → live, editor',
    'republish: live → live, editor',
    'clearUpdateLabel: live → live, editor',
  ])
})
