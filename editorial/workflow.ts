import {stages, type Stage} from './documents.ts'
import type {Need} from './needs.ts'
import type {RoleName} from './roles.ts'

/** One row of the table: what may be done at which stage, by whom at least, where it leads and what it needs. */
export type Step = {
  action: WorkflowAction
  from: readonly Stage[]
  to: Stage
  least: RoleName
  needs: readonly Need[]
  /** What becomes of what readers see; left out where they see no change. */
  page?: 'made' | 'replaced' | 'relabelled' | 'buried' | 'removed'
}

/** What moves a story, or is done to it, by the name it has in the story's history. */
export const workflowActions = [
  'submit',
  'return',
  'approve',
  'publish',
  'publishNow',
  'schedule',
  'unschedule',
  'publishScheduled',
  'scheduleFailed',
  'submitChange',
  'returnChange',
  'republish',
  'clearUpdateLabel',
  'unpublish',
  'kill',
  'revive',
  'assign',
] as const
export type WorkflowAction = (typeof workflowActions)[number]

/**
 * The newsroom's workflow. Whatever is not in this table is refused, by the Studio's buttons (`allowed`), by
 * the functions that write (`mustBeAllowed`) and by the store behind them (`guards.ts`, which reads it too).
 * At each stage an action has at most one row.
 */
export const workflow: readonly Step[] = [
  {
    action: 'submit',
    from: ['draft', 'returned'],
    to: 'review',
    least: 'reporter',
    needs: ['draft', 'valid'],
  },
  {
    // A text that was changed after its approval goes back to be looked at again.
    action: 'submit',
    from: ['approved'],
    to: 'review',
    least: 'reporter',
    needs: ['draft', 'changedText', 'valid'],
  },
  {
    action: 'return',
    from: ['review', 'approved'],
    to: 'returned',
    least: 'editor',
    needs: ['note'],
  },
  {
    action: 'approve',
    from: ['review'],
    to: 'approved',
    least: 'editor',
    needs: ['draft', 'otherThanSubmitter'],
  },
  {
    action: 'publish',
    from: ['approved'],
    to: 'live',
    least: 'editor',
    needs: ['draft', 'approvedText', 'embargoPassed', 'valid'],
    page: 'made',
  },
  {
    action: 'publishNow',
    from: ['draft', 'returned', 'review'],
    to: 'live',
    least: 'publisher',
    needs: ['draft', 'reason', 'embargoPassed', 'valid'],
    page: 'made',
  },
  {
    action: 'schedule',
    from: ['approved'],
    to: 'scheduled',
    least: 'editor',
    needs: ['draft', 'approvedText', 'futureTime'],
  },
  {action: 'unschedule', from: ['scheduled'], to: 'approved', least: 'editor', needs: []},
  {
    action: 'publishScheduled',
    from: ['scheduled'],
    to: 'live',
    least: 'editor',
    needs: ['due', 'draft', 'approvedText', 'embargoPassed', 'valid'],
    page: 'made',
  },
  {
    action: 'scheduleFailed',
    from: ['scheduled'],
    to: 'approved',
    least: 'editor',
    needs: ['due', 'reason'],
  },
  {
    action: 'submitChange',
    from: ['live'],
    to: 'live',
    least: 'reporter',
    needs: ['draft', 'note'],
  },
  {
    action: 'returnChange',
    from: ['live'],
    to: 'live',
    least: 'editor',
    needs: ['changeWaits', 'note'],
  },
  {
    action: 'republish',
    from: ['live'],
    to: 'live',
    least: 'editor',
    needs: ['draft', 'answer', 'embargoPassed', 'valid'],
    page: 'replaced',
  },
  {
    action: 'clearUpdateLabel',
    from: ['live'],
    to: 'live',
    least: 'editor',
    needs: [],
    page: 'relabelled',
  },
  {
    action: 'unpublish',
    from: ['live'],
    to: 'draft',
    least: 'editor',
    needs: ['noLiveLease', 'reason'],
    page: 'removed',
  },
  {
    action: 'kill',
    from: ['live'],
    to: 'killed',
    least: 'publisher',
    needs: ['notice'],
    page: 'buried',
  },
  {
    action: 'kill',
    from: ['review', 'approved', 'scheduled'],
    to: 'killed',
    least: 'publisher',
    needs: ['reason'],
  },
  {
    action: 'revive',
    from: ['killed'],
    to: 'draft',
    least: 'publisher',
    needs: ['reason'],
    page: 'removed',
  },
  // Who looks after a story, and until when, moves nothing; it is told in the history all the same.
  ...stages.map((stage): Step => ({
    action: 'assign',
    from: [stage],
    to: stage,
    least: 'reporter',
    needs: ['assignment'],
  })),
]

/** The row for an action at a stage; undefined when the table does not have it. */
export function stepFor(action: WorkflowAction, from: Stage): Step | undefined {
  return workflow.find((step) => step.action === action && step.from.includes(from))
}

/** The actions that do this to what readers see. */
export function actionsThat(...pages: readonly NonNullable<Step['page']>[]): WorkflowAction[] {
  return workflow.flatMap(({action, page}) => (page && pages.includes(page) ? [action] : []))
}
