import {documentId, type EditorialState, type Stage, type historyEntry} from './documents.ts'
import {EditorialError} from './errors.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {weakReference} from './references.ts'
import type {RoleName} from './roles.ts'
import type {z} from 'zod'

export type HistoryEntry = z.infer<typeof historyEntry>

/** What moves a story, or is done to it, in the words of its history. */
export type WorkflowAction = 'publish' | 'republish' | 'clearUpdateLabel'

type Step = {action: WorkflowAction; from: readonly Stage[]; to: Stage; least: RoleName}

/**
 * What may be done to a story at which stage, by whom at least, and where it stands afterwards.
 * Whatever is not in the table is refused.
 */
export const workflow: readonly Step[] = [
  {
    action: 'publish',
    from: ['draft', 'returned', 'review', 'approved'],
    to: 'live',
    least: 'editor',
  },
  {action: 'republish', from: ['live'], to: 'live', least: 'editor'},
  {action: 'clearUpdateLabel', from: ['live'], to: 'live', least: 'editor'},
]

/** What people call the stages. */
export const stageTitles: Record<Stage, string> = {
  draft: 'Draft',
  review: 'In review',
  returned: 'Returned',
  approved: 'Approved',
  scheduled: 'Scheduled',
  live: 'Live',
  killed: 'Killed',
}

/**
 * Where a story stands. Without a state document, or with one that speaks of a page that is not there
 * (published or unpublished by other means), what readers see decides: `live` when a published version
 * exists, else `draft`.
 */
export function stageOf(
  state: {stage: Stage} | null | undefined,
  published: boolean | object | null | undefined,
): Stage {
  const stage = state?.stage
  if (published) return stage === 'killed' ? 'killed' : 'live'
  return stage === undefined || stage === 'live' ? 'draft' : stage
}

/**
 * Where a story stands after an action.
 * Throws `EditorialError` (`wrongStage`) when the table does not allow the action from here.
 */
export function stageAfter(action: WorkflowAction, from: Stage): Stage {
  const step = workflow.find((row) => row.action === action && row.from.includes(from))
  if (!step) {
    throw new EditorialError(
      'wrongStage',
      `This story is “${stageTitles[from]}”, and from there it cannot ${sayings[action]}. Close this dialog and look at where the story stands now.`,
    )
  }
  return step.to
}

const sayings: Record<WorkflowAction, string> = {
  publish: 'be published for the first time',
  republish: 'be published as a change to a live story',
  clearUpdateLabel: 'lose its update label',
}

/** One line of a story's history, made in one place so that all of them look alike. */
export function historyEntryOf(entry: {
  key: string
  at: string
  by: string
  action: string
  from?: Stage
  to: Stage
  note?: string
}): HistoryEntry {
  const {key, ...said} = entry
  return {_type: 'historyEntry', _key: key, ...said}
}

/**
 * A story's state document, for stories that come with a stage (the importer's) and for those that move
 * for the first time. It refers to the story weakly, so that it never stands in the way of a deletion.
 */
export function stateFor(
  articleId: string,
  content: Pick<EditorialState, 'stage' | 'questions' | 'history' | 'assignee' | 'dueAt'>,
): EditorialState {
  return {
    ...content,
    _id: documentId.editorialState(articleId),
    _type: 'editorialState',
    article: weakReference(articleId),
  }
}

/**
 * Moves a story's state by exactly one history entry: a patch guarded by the revision that was read, or a
 * `create` where there is no state yet, which fails when somebody else makes one meanwhile.
 * `clear` names what no longer holds after the move.
 */
export function moveState(move: {
  articleId: string
  state: EditorialState | null | undefined
  entry: HistoryEntry
  clear?: readonly ('approvedRevision' | 'change' | 'publishAt' | 'lastFailure')[]
}): Mutation {
  const {articleId, state, entry, clear = []} = move
  if (!state) return {create: stateFor(articleId, {stage: entry.to, history: [entry]})}
  return {
    patch: {
      id: state._id,
      ifRevisionID: revisionOf(state),
      set: {stage: entry.to},
      setIfMissing: {history: []},
      ...(clear.length > 0 ? {unset: [...clear]} : {}),
      insert: {after: 'history[-1]', items: [entry]},
    },
  }
}
