import type {Stage} from './documents.ts'
import {EditorialError, type EditorialErrorCode} from './errors.ts'
import {needs, type Facts, type Need} from './needs.ts'
import {atLeast, roleReason, type RoleName} from './roles.ts'
import {stageTitles} from './stages.ts'
import {stepFor, workflow, type Step, type WorkflowAction} from './workflow.ts'

type Refusal = {code: EditorialErrorCode; sentence: string}

/**
 * Whether somebody with `role` may do `action` to a story at `stage`: true, or the sentence that says what is
 * wrong and what to do next. Whatever the table does not have is refused. Facts that are not known yet are
 * not judged, so a button may ask before its dialog has asked for words.
 */
export function allowed(
  stage: Stage,
  role: RoleName,
  action: WorkflowAction,
  facts: Facts,
): true | string {
  const judged = judge(stage, role, action, facts)
  return 'sentence' in judged ? judged.sentence : true
}

/** The step that an action takes. Throws `EditorialError` with the sentence of `allowed` when it is refused. */
export function mustBeAllowed(
  stage: Stage,
  role: RoleName,
  action: WorkflowAction,
  facts: Facts,
): Step {
  const judged = judge(stage, role, action, facts)
  if ('sentence' in judged) throw new EditorialError(judged.code, judged.sentence)
  return judged
}

/** The actions that somebody may think of at a stage, in the order of the table: those that the table has. */
export function actionsAt(stage: Stage, role: RoleName): WorkflowAction[] {
  return workflow
    .filter(({from, least}) => from.includes(stage) && atLeast(role, least))
    .map(({action}) => action)
}

/** What an action is, after "you cannot" and "it cannot". */
export const deeds: Record<WorkflowAction, {do: string; become: string}> = {
  submit: {do: 'submit a story', become: 'be submitted for review'},
  return: {do: 'return a story', become: 'be returned'},
  approve: {do: 'approve a story', become: 'be approved'},
  publish: {do: 'publish', become: 'be published for the first time'},
  publishNow: {
    do: 'publish without a review',
    become: 'be published without a review',
  },
  schedule: {do: 'schedule a story', become: 'be scheduled'},
  unschedule: {do: 'take a story off the schedule', become: 'be taken off the schedule'},
  publishScheduled: {do: 'publish', become: 'go live by its schedule'},
  scheduleFailed: {do: 'take a story off the schedule', become: 'fail to go live by its schedule'},
  submitChange: {do: 'submit a change', become: 'have a change submitted for review'},
  returnChange: {do: 'return a change', become: 'have a change returned'},
  republish: {do: 'publish a change', become: 'be published as a change to a live story'},
  clearUpdateLabel: {do: 'clear the update label', become: 'lose its update label'},
  unpublish: {do: 'unpublish a story', become: 'be unpublished'},
  kill: {do: 'kill a story', become: 'be killed'},
  revive: {do: 'revive a story', become: 'be revived'},
  assign: {do: 'assign a story', become: 'be assigned'},
}

const codes: Partial<Record<Need, EditorialErrorCode>> = {
  draft: 'draftMissing',
  note: 'noteMissing',
  notice: 'noteMissing',
  reason: 'noteMissing',
}

function judge(stage: Stage, role: RoleName, action: WorkflowAction, facts: Facts): Step | Refusal {
  const step = stepFor(action, stage)
  if (!step) return {code: 'wrongStage', sentence: wrongStage(action, stage)}
  const roleSentence = roleReason(role, step.least, deeds[action].do)
  if (roleSentence !== undefined) return {code: 'roleTooLow', sentence: roleSentence}
  const publishes = atLeast(role, 'publisher')
  for (const need of step.needs) {
    const sentence = needs[need].lacks(facts, {publishes})
    if (sentence !== undefined) return {code: codes[need] ?? 'refused', sentence}
  }
  return step
}

/** Names the stages from which it would go; that somebody moved the story meanwhile is the usual reason. */
function wrongStage(action: WorkflowAction, stage: Stage): string {
  const from = workflow
    .filter((step) => step.action === action)
    .flatMap((step) => step.from)
    .map((other) => `“${stageTitles[other]}”`)
  const last = from.pop()
  const stages = from.length === 0 ? last : `${from.join(', ')} or ${last}`
  return `This story is “${stageTitles[stage]}”, and from there it cannot ${deeds[action].become}; that takes a story that is ${stages}. Look at where the story stands now.`
}
