import {stages, type Stage} from './documents.ts'
import type {Need} from './needs.ts'
import type {RoleName} from './roles.ts'

type Row = {
  from: readonly Stage[]
  to: Stage
  least: RoleName
  needs: readonly Need[]
  /** What becomes of what readers see; left out where they see no change. */
  page?: 'made' | 'replaced' | 'relabelled' | 'buried' | 'removed'
}

type Action = {
  /** What it is, after "you cannot". */
  do: string
  /** What it is, after "this story cannot". */
  become: string
  steps: readonly Row[]
}

/**
 * The newsroom's workflow: what moves a story, or is done to it, by the name it has in the story's history.
 * Whatever is not in this table is refused, by the Studio's buttons (`allowed`), by the functions that write
 * (`mustBeAllowed`) and by the store behind them (`guards.ts`, which reads it too). At each stage an action
 * has at most one row.
 */
const table = {
  submit: {
    do: 'submit a story',
    become: 'be submitted for review',
    steps: [
      {
        from: ['draft', 'returned'],
        to: 'review',
        least: 'reporter',
        needs: ['draft', 'valid'],
      },
      {
        // A text that was changed after its approval goes back to be looked at again.
        from: ['approved'],
        to: 'review',
        least: 'reporter',
        needs: ['draft', 'changedText', 'valid'],
      },
    ],
  },
  return: {
    do: 'return a story',
    become: 'be returned',
    steps: [
      {
        from: ['review', 'approved'],
        to: 'returned',
        least: 'editor',
        needs: ['note'],
      },
    ],
  },
  approve: {
    do: 'approve a story',
    become: 'be approved',
    steps: [
      {
        from: ['review'],
        to: 'approved',
        least: 'editor',
        needs: ['draft', 'otherThanSubmitter'],
      },
    ],
  },
  publish: {
    do: 'publish',
    become: 'be published for the first time',
    steps: [
      {
        from: ['approved'],
        to: 'live',
        least: 'editor',
        needs: ['draft', 'approvedText', 'embargoPassed', 'valid'],
        page: 'made',
      },
    ],
  },
  publishNow: {
    do: 'publish without a review',
    become: 'be published without a review',
    steps: [
      {
        from: ['draft', 'returned', 'review'],
        to: 'live',
        least: 'publisher',
        needs: ['draft', 'reason', 'embargoPassed', 'valid'],
        page: 'made',
      },
    ],
  },
  schedule: {
    do: 'schedule a story',
    become: 'be scheduled',
    steps: [
      {
        from: ['approved'],
        to: 'scheduled',
        least: 'editor',
        needs: ['draft', 'approvedText', 'futureTime'],
      },
    ],
  },
  unschedule: {
    do: 'take a story off the schedule',
    become: 'be taken off the schedule',
    steps: [{from: ['scheduled'], to: 'approved', least: 'editor', needs: []}],
  },
  publishScheduled: {
    do: 'publish',
    become: 'go live by its schedule',
    steps: [
      {
        from: ['scheduled'],
        to: 'live',
        least: 'editor',
        needs: ['due', 'draft', 'approvedText', 'embargoPassed', 'valid'],
        page: 'made',
      },
    ],
  },
  scheduleFailed: {
    do: 'take a story off the schedule',
    become: 'fail to go live by its schedule',
    steps: [
      {
        from: ['scheduled'],
        to: 'approved',
        least: 'editor',
        needs: ['due', 'reason'],
      },
    ],
  },
  submitChange: {
    do: 'submit a change',
    become: 'have a change submitted for review',
    steps: [
      {
        from: ['live'],
        to: 'live',
        least: 'reporter',
        needs: ['draft', 'note'],
      },
    ],
  },
  returnChange: {
    do: 'return a change',
    become: 'have a change returned',
    steps: [
      {
        from: ['live'],
        to: 'live',
        least: 'editor',
        needs: ['changeWaits', 'note'],
      },
    ],
  },
  republish: {
    do: 'publish a change',
    become: 'be published as a change to a live story',
    steps: [
      {
        from: ['live'],
        to: 'live',
        least: 'editor',
        needs: ['draft', 'answer', 'embargoPassed', 'valid'],
        page: 'replaced',
      },
    ],
  },
  clearUpdateLabel: {
    do: 'clear the update label',
    become: 'lose its update label',
    steps: [
      {
        from: ['live'],
        to: 'live',
        least: 'editor',
        needs: [],
        page: 'relabelled',
      },
    ],
  },
  unpublish: {
    do: 'unpublish a story',
    become: 'be unpublished',
    steps: [
      {
        from: ['live'],
        to: 'draft',
        least: 'editor',
        needs: ['noLiveLease', 'reason'],
        page: 'removed',
      },
    ],
  },
  kill: {
    do: 'kill a story',
    become: 'be killed',
    steps: [
      {
        from: ['live'],
        to: 'killed',
        least: 'publisher',
        needs: ['notice'],
        page: 'buried',
      },
      {
        from: ['review', 'approved', 'scheduled'],
        to: 'killed',
        least: 'publisher',
        needs: ['reason'],
      },
    ],
  },
  revive: {
    do: 'revive a story',
    become: 'be revived',
    steps: [
      {
        from: ['killed'],
        to: 'draft',
        least: 'publisher',
        needs: ['reason'],
        page: 'removed',
      },
    ],
  },
  // Who looks after a story, and until when, moves nothing; it is told in the history all the same.
  assign: {
    do: 'assign a story',
    become: 'be assigned',
    steps: stages.map((stage) => ({
      from: [stage],
      to: stage,
      least: 'reporter' as const,
      needs: ['assignment' as const],
    })),
  },
} as const satisfies {[action: string]: Action}

export type WorkflowAction = keyof typeof table

/** Every action by its name. */
export const actions: {readonly [Name in WorkflowAction]: Action} = table

/** One row of the table: what may be done at which stage, by whom at least, where it leads and what it needs. */
export type Step = Row & {action: WorkflowAction}

/** The names of the actions, in the order of the table. */
export const workflowActions: readonly WorkflowAction[] = Object.keys(table).filter(isAction)

/** The table, row by row. */
export const workflow: readonly Step[] = workflowActions.flatMap((action) =>
  actions[action].steps.map((step) => ({...step, action})),
)

function isAction(name: string): name is WorkflowAction {
  return Object.hasOwn(table, name)
}

/** The row for an action at a stage; undefined when the table does not have it. */
export function stepFor(action: WorkflowAction, from: Stage): Step | undefined {
  return workflow.find((step) => step.action === action && step.from.includes(from))
}

/** The actions that do this to what readers see. */
export function actionsThat(...pages: readonly NonNullable<Step['page']>[]): WorkflowAction[] {
  return workflow.flatMap(({action, page}) => (page && pages.includes(page) ? [action] : []))
}
