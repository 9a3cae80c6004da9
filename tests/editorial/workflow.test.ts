import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {actionsAt, allowed} from '../../editorial/allowed.ts'
import {editorialState, stages, type Stage} from '../../editorial/documents.ts'
import type {Facts} from '../../editorial/needs.ts'
import {atLeast, roleNames, type RoleName} from '../../editorial/roles.ts'
import {stageOf} from '../../editorial/stages.ts'
import {historyEntryOf, stateFor} from '../../editorial/state.ts'
import {workflow, workflowActions, type WorkflowAction} from '../../editorial/workflow.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const before = '2026-11-24T14:04:59.999Z'
const after = '2026-11-24T14:05:00.001Z'

/** A story that lacks nothing. */
const sound: Facts = {
  now,
  by: 'ann',
  submittedBy: 'rob',
  draft: {_rev: 'r1'},
  approvedRevision: 'r1',
  errors: [],
  change: 'review',
  publishAt: before,
  note: 'A note.',
  reason: 'A reason.',
  notice: 'A notice.',
  at: after,
  assignment: {assignee: 'rob'},
}

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

describe('the table', () => {
  test('says what the design says', () => {
    expect(
      workflow
        .filter(({action}) => action !== 'assign')
        .map(({action, from, to, least}) => `${action}: ${from.join(', ')} → ${to}, ${least}`),
    ).toEqual([
      'submit: draft, returned → review, reporter',
      'submit: approved → review, reporter',
      'return: review, approved → returned, editor',
      'approve: review → approved, editor',
      'publish: approved → live, editor',
      'publishNow: draft, returned, review → live, publisher',
      'schedule: approved → scheduled, editor',
      'unschedule: scheduled → approved, editor',
      'publishScheduled: scheduled → live, editor',
      'scheduleFailed: scheduled → approved, editor',
      'submitChange: live → live, reporter',
      'returnChange: live → live, editor',
      'republish: live → live, editor',
      'clearUpdateLabel: live → live, editor',
      'unpublish: live → draft, editor',
      'kill: live → killed, publisher',
      'kill: review, approved, scheduled → killed, publisher',
      'revive: killed → draft, publisher',
    ])
  })

  test('has one row at most for an action at a stage, and one somewhere for every action', () => {
    const places = workflow.flatMap(({action, from}) => from.map((stage) => `${action} ${stage}`))
    expect(new Set(places).size).toBe(places.length)
    expect(new Set(workflow.map(({action}) => action))).toEqual(new Set(workflowActions))
  })

  test('lets whoever is high enough do what it has, and refuses all else with a sentence', () => {
    const asked = fc.record({
      stage: fc.constantFrom(...stages),
      role: fc.constantFrom(...roleNames),
      action: fc.constantFrom(...workflowActions),
    })
    fc.assert(
      fc.property(asked, ({stage, role, action}) => {
        const step = workflow.find((row) => row.action === action && row.from.includes(stage))
        // The one thing that a sound story cannot have: a text that was changed after its approval.
        const facts = step?.needs.includes('changedText') ? {...sound, draft: {_rev: 'r2'}} : sound
        const answer = allowed(stage, role, action, facts)
        expect(answer === true).toBe(step !== undefined && atLeast(role, step.least))
        expect(answer === true || /^(This story is “|You cannot ).+\.$/.test(answer)).toBe(true)
      }),
    )
  })

  test('names what somebody may think of', () => {
    expect(actionsAt('live', 'reporter')).toEqual(['submitChange', 'assign'])
    expect(actionsAt('review', 'publisher')).toEqual([
      'return',
      'approve',
      'publishNow',
      'kill',
      'assign',
    ])
    expect(stages.flatMap((stage) => actionsAt(stage, 'viewer'))).toEqual([])
  })
})

describe('a refusal says what is wrong and what to do next', () => {
  const changed = {draft: {_rev: 'r2'}, changed: {by: 'Rob', at: before}}
  const embargo = {draft: {_rev: 'r1', embargoUntil: after}}
  test.each<[WorkflowAction, Stage, RoleName, Partial<Facts>, string]>([
    [
      'publish',
      'draft',
      'editor',
      {},
      'This story is “Draft”, and from there it cannot be published for the first time; that takes a story that is “Approved”. Look at where the story stands now.',
    ],
    [
      'kill',
      'live',
      'editor',
      {},
      'You cannot kill a story: that takes the role publisher, and yours is editor. Ask a publisher.',
    ],
    [
      'submit',
      'draft',
      'reporter',
      {draft: null},
      'There is no draft, so there is nothing to hand on. Write something first.',
    ],
    ['submit', 'draft', 'reporter', {errors: ['Write a headline.']}, 'Write a headline.'],
    [
      'submit',
      'draft',
      'reporter',
      {errors: ['Write a headline.', 'Write a lede.']},
      '2 things must be put right first, such as: Write a headline.',
    ],
    [
      'submit',
      'approved',
      'reporter',
      {},
      'This text is approved already. Publish or schedule it, or return it with a note.',
    ],
    [
      'publish',
      'approved',
      'publisher',
      changed,
      'Changed since approval by Rob at 24 Nov 2026, 14:04 UTC. Submit it again, so that the new text is approved.',
    ],
    [
      'schedule',
      'approved',
      'editor',
      {...changed, timeZone: 'Europe/Moscow', changed: {at: before}},
      'Changed since approval at 24 Nov 2026, 17:04 GMT+3. Submit it again, so that the new text is approved.',
    ],
    [
      'approve',
      'review',
      'editor',
      {submittedBy: 'ann'},
      'You submitted this story yourself. Ask another editor to approve it.',
    ],
    [
      'publish',
      'approved',
      'editor',
      embargo,
      'This story is under embargo until 24 Nov 2026, 14:05 UTC. Wait, schedule it for then, or clear the embargo.',
    ],
    [
      'schedule',
      'approved',
      'editor',
      {at: '2026-11-24T14:05:00.000Z'},
      'This time has passed. Choose a later one, or publish the story now.',
    ],
    [
      'schedule',
      'approved',
      'editor',
      {at: after, draft: {_rev: 'r1', embargoUntil: '2026-12-24T07:00:00.000Z'}},
      'This story is under embargo until 24 Dec 2026, 07:00 UTC. Choose that time or a later one.',
    ],
    [
      'publishScheduled',
      'scheduled',
      'administrator',
      {publishAt: after},
      'This story goes live at 24 Nov 2026, 14:05 UTC. Take it off the schedule to publish it before.',
    ],
    [
      'returnChange',
      'live',
      'editor',
      {change: undefined},
      'No change to this story waits for review, so there is none to return.',
    ],
    [
      'unpublish',
      'live',
      'editor',
      {leases: [{startsAt: before, until: after}]},
      'This story is up as breaking news, which sends readers to it. End that first.',
    ],
    [
      'return',
      'review',
      'editor',
      {note: ' '},
      'Write a note, so that your colleagues know what to do next.',
    ],
    [
      'publishNow',
      'draft',
      'publisher',
      {reason: ''},
      'Give a reason; it stands in the story’s history.',
    ],
    [
      'kill',
      'live',
      'publisher',
      {notice: ''},
      'Write a notice: readers find it at the story’s address, instead of the story.',
    ],
    [
      'assign',
      'live',
      'reporter',
      {assignment: {}},
      'Nothing was changed. Choose a person, or a time by which the story is due.',
    ],
  ])('%s at %s', (action, stage, role, facts, sentence) => {
    expect(allowed(stage, role, action, {...sound, ...facts})).toBe(sentence)
  })

  test('what nobody was asked yet is not judged', () => {
    const bare: Facts = {now, by: 'ann', draft: {_rev: 'r1'}, approvedRevision: 'r1'}
    expect(allowed('live', 'publisher', 'kill', bare)).toBe(true)
    expect(allowed('approved', 'editor', 'schedule', bare)).toBe(true)
  })

  test('a publisher may approve what they submitted', () => {
    expect(allowed('review', 'publisher', 'approve', {...sound, submittedBy: 'ann'})).toBe(true)
  })

  test('an embargo ends at its instant, and a schedule may fire at it', () => {
    const at = '2026-11-24T14:05:00.000Z'
    const facts = {...sound, draft: {_rev: 'r1', embargoUntil: at}, publishAt: at}
    expect(allowed('approved', 'editor', 'publish', facts)).toBe(true)
    expect(allowed('scheduled', 'editor', 'publishScheduled', facts)).toBe(true)
  })
})
