import {mustBeAllowed} from './allowed.ts'
import {documentId, type Article, type EditorialState, type Stage} from './documents.ts'
import {EditorialError} from './errors.ts'
import type {Facts} from './needs.ts'
import type {RoleName} from './roles.ts'
import {stageOf} from './stages.ts'
import {historyEntryOf, submitterOf, type HistoryEntry} from './state.ts'
import {storedTimeOf} from './time.ts'
import type {WorkflowAction} from './workflow.ts'

/** A story as it was read, who asks and when: what every transaction of the workflow is computed from. */
export type Asking = {
  /** The three documents as `/data/doc` returned them, revisions included. */
  draft?: Article | null | undefined
  live?: Article | null | undefined
  state?: EditorialState | null | undefined
  /** The server's time, never a browser's: it decides what readers see. */
  now: Date
  /** User id of whoever asks, for the private history. */
  by: string
  role: RoleName
  /** Makes the `_key` of an array member; called once for each. */
  newKey: () => string
  /** As in `Facts`: what is known of the draft, for sentences and for what needs a valid one. */
  changed?: Facts['changed']
  errors?: Facts['errors']
  timeZone?: string | undefined
}

/** The words and times that came with an action. */
type Words = Pick<Facts, 'note' | 'reason' | 'notice' | 'at' | 'assignment' | 'leases'>

/** What the rules judge by, from a story as it was read. */
export function factsOf(asking: Omit<Asking, 'newKey' | 'role'>, words: Words = {}): Facts {
  const {draft, state, now, by, changed, errors, timeZone} = asking
  return {
    ...words,
    now,
    by,
    draft,
    changed,
    errors,
    timeZone,
    approvedRevision: state?.approvedRevision,
    submittedBy: submitterOf(state),
    change: state?.change,
    publishAt: state?.publishAt,
  }
}

/**
 * The id of the story that documents belong to. Throws `EditorialError` when they are of two stories
 * (`otherStory`), or when there are none.
 */
export function storyOf({draft, live, state}: Pick<Asking, 'draft' | 'live' | 'state'>): string {
  const ids = [draft?._id, live?._id, state?._id.replace(/^editorial\./, '')].flatMap((id) =>
    id === undefined ? [] : [documentId.published(id)],
  )
  const [id] = ids
  if (id === undefined) {
    throw new EditorialError(
      'draftMissing',
      'There is no such story. Somebody may have deleted it meanwhile.',
    )
  }
  if (ids.some((other) => other !== id)) {
    throw new EditorialError('otherStory', 'The draft and the live story are not the same story.')
  }
  return id
}

/** Where a story stands that was read. */
export function stageAsRead({live, state}: Pick<Asking, 'live' | 'state'>): Stage {
  return live?.killed ? 'killed' : stageOf(state, live)
}

/**
 * Judges an action by the table and makes its line of the history. Throws `EditorialError` with the sentence
 * why not.
 */
export function stepOf(
  asking: Asking,
  action: WorkflowAction,
  words: Words = {},
  /** What the history says beside who, when and what. */
  said: {note?: string | undefined; assignee?: string; dueAt?: string} = {},
): HistoryEntry {
  const from = stageAsRead(asking)
  const {to} = mustBeAllowed(from, asking.role, action, factsOf(asking, words))
  const note = said.note ?? words.note ?? words.reason ?? words.notice
  return historyEntryOf({
    key: asking.newKey(),
    at: storedTimeOf(asking.now),
    by: asking.by,
    action,
    from,
    to,
    ...said,
    note: note?.trim() || undefined,
  })
}
