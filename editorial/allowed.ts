import type {Stage} from './documents.ts'
import {EditorialError, type EditorialErrorCode} from './errors.ts'
import {needs, type Facts, type Need} from './needs.ts'
import {atLeast, roleReason, type RoleName} from './roles.ts'
import {stageTitle} from './stages.ts'
import {actions, stepFor, workflow, type Step, type WorkflowAction} from './workflow.ts'

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

const codes: Partial<Record<Need, EditorialErrorCode>> = {
  draft: 'draftMissing',
  note: 'noteMissing',
  notice: 'noteMissing',
  reason: 'noteMissing',
}

function judge(stage: Stage, role: RoleName, action: WorkflowAction, facts: Facts): Step | Refusal {
  const step = stepFor(action, stage)
  if (!step) return {code: 'wrongStage', sentence: wrongStage(action, stage)}
  const roleSentence = roleReason(role, step.least, actions[action].do)
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
    .map((other) => `“${stageTitle(other)}”`)
  const last = from.pop()
  const stages = from.length === 0 ? last : `${from.join(', ')} or ${last}`
  return `This story is “${stageTitle(stage)}”, and from there it cannot ${actions[action].become}; that takes a story that is ${stages}. Look at where the story stands now.`
}
