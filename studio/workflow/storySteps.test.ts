import {expect, test} from 'vitest'

import {actionsAt} from '../../editorial/allowed.ts'
import {stages, type Stage} from '../../editorial/documents.ts'
import type {Facts} from '../../editorial/needs.ts'
import {roleNames, type RoleName} from '../../editorial/roles.ts'
import {refusalOf} from './refusal.ts'
import {inMenu, menuSteps, nextStep, stepWords, wordsOf} from './storySteps.ts'

const facts: Facts = {
  now: new Date('2026-11-28T10:00:00.000Z'),
  by: 'ann',
  draft: {_rev: '2'},
  approvedRevision: '2',
}
const changed = {...facts, draft: {_rev: '3'}}

/** What stands in the footer: the primary step, then the menu. */
function offered(stage: Stage, role: RoleName, known = facts): string[] {
  const primary = nextStep(stage, role, known)
  const menu = [...menuSteps.first, ...menuSteps.last].filter((step) =>
    inMenu(step, stage, primary),
  )
  return [primary, ...menu]
}

test('the next step is the primary one, the rest stand in the menu', () => {
  expect(Object.fromEntries(stages.map((stage) => [stage, offered(stage, 'publisher')]))).toEqual({
    draft: ['submit', 'publishNow'],
    review: ['approve', 'publishNow', 'return', 'kill'],
    returned: ['submit', 'publishNow'],
    approved: ['publish', 'return', 'schedule', 'kill'],
    scheduled: ['unschedule', 'kill'],
    live: ['republish', 'submitChange', 'returnChange', 'clearUpdateLabel', 'unpublish', 'kill'],
    killed: ['revive'],
  })
})

test('a text that was changed after its approval is submitted again; publishing it says why not', () => {
  expect(offered('approved', 'editor', changed)).toEqual([
    'submit',
    'publish',
    'return',
    'schedule',
    'kill',
  ])
  expect(wordsOf('submit', 'approved').label).toBe('Submit again')
  expect(refusalOf({stage: 'approved', role: 'editor', facts: changed}, 'publish')).toMatch(
    /^Changed since approval\. Submit it again/,
  )
})

test('a reporter’s next step on a live story is to submit the change', () => {
  expect(offered('live', 'reporter').slice(0, 2)).toEqual(['submitChange', 'republish'])
})

test('every action that the table has for a person at a stage has its button there', () => {
  const workers = new Set(['assign', 'publishScheduled', 'scheduleFailed'])
  for (const stage of stages) {
    for (const role of roleNames) {
      for (const known of [facts, changed]) {
        const steps = actionsAt(stage, role).filter((action) => !workers.has(action))
        const shown = new Set(offered(stage, role, known))
        const missing = steps.filter((step) => !shown.has(step))
        // An approved text that nobody changed has nothing to be submitted for.
        expect(missing).toEqual(
          stage === 'approved' && known === facts && role !== 'viewer' ? ['submit'] : [],
        )
      }
    }
  }
})

const everyStep = [
  ...menuSteps.first,
  ...menuSteps.last,
  'submit',
  'approve',
  'unschedule',
  'revive',
] as const
const asked = stages.flatMap((stage) => {
  const desk = {stage, role: 'administrator', facts: {...facts, change: 'review'}} as const
  return everyStep
    .filter((step) => refusalOf(desk, step) === undefined && wordsOf(step, stage).dialog)
    .map((step) => ({stage, step, desk}))
})

test.each(asked)(
  'the dialog of “$step” at “$stage” asks for what the rules need',
  ({stage, step, desk}) => {
    const {dialog} = wordsOf(step, stage)
    const words = dialog?.question && {[dialog.question.words]: 'Because.'}
    const time = dialog?.time && {at: '2026-11-28T12:00:00.000Z'}
    expect(refusalOf(desk, step, {...words, ...time})).toBeUndefined()
    const nothing = {note: '', reason: '', notice: '', at: ''}
    expect(refusalOf(desk, step, nothing)).toEqual(expect.any(String))
  },
)

test('one shortcut never means two steps of one stage', () => {
  for (const stage of stages) {
    const shortcuts = new Set(offered(stage, 'administrator')).values()
    const used = [...shortcuts].flatMap((step) =>
      Object.entries(stepWords).flatMap(([name, {shortcut}]) =>
        name === step && shortcut !== undefined ? [shortcut] : [],
      ),
    )
    expect(new Set(used).size).toBe(used.length)
  }
})

test('killing asks for a notice where there are readers, else for a reason', () => {
  expect(wordsOf('kill', 'live').dialog?.question?.words).toBe('notice')
  expect(wordsOf('kill', 'review').dialog?.question?.words).toBe('reason')
})
