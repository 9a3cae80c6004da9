import type {z} from 'zod'

import {documentId, type EditorialState, type Stage, type historyEntry} from './documents.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {weakReference} from './references.ts'

export type HistoryEntry = z.infer<typeof historyEntry>

/** One line of a story's history, made in one place so that all of them look alike. */
export function historyEntryOf(entry: {
  key: string
  at: string
  by: string
  action: string
  from?: Stage
  to: Stage
  note?: string | undefined
  assignee?: string | undefined
  dueAt?: string | undefined
}): HistoryEntry {
  const {key, ...said} = entry
  const known = Object.entries(said).filter(([, value]) => value !== undefined)
  const {at, by, action, to} = entry
  return {...Object.fromEntries(known), _type: 'historyEntry', _key: key, at, by, action, to}
}

/**
 * A story's state document, for stories that come with a stage (the importer's) and for those that move
 * for the first time. It refers to the story weakly, so that it never stands in the way of a deletion.
 */
export function stateFor(articleId: string, content: StateContent): EditorialState {
  return {
    ...content,
    _id: documentId.editorialState(articleId),
    _type: 'editorialState',
    article: weakReference(articleId),
  }
}

/** What may change in a state beside its stage and its history. */
export type StateChange = Partial<
  Pick<
    EditorialState,
    'approvedRevision' | 'change' | 'publishAt' | 'lastFailure' | 'record' | 'assignee' | 'dueAt'
  >
>

type StateContent = StateChange &
  Pick<EditorialState, 'stage'> & {
    questions?: EditorialState['questions']
    history?: EditorialState['history']
  }

/**
 * Moves a story's state by exactly one history entry: a patch guarded by the revision that was read, or a
 * `create` where there is no state yet, which fails when somebody else makes one meanwhile.
 * `set` is what holds from now on, `clear` names what no longer does.
 */
export function moveState(move: {
  articleId: string
  state: EditorialState | null | undefined
  entry: HistoryEntry
  set?: StateChange
  clear?: readonly (keyof StateChange)[]
}): Mutation {
  const {articleId, state, entry, set = {}, clear = []} = move
  if (!state) return {create: stateFor(articleId, {...set, stage: entry.to, history: [entry]})}
  return {
    patch: {
      id: state._id,
      ifRevisionID: revisionOf(state),
      set: {...set, stage: entry.to},
      setIfMissing: {history: []},
      ...(clear.length > 0 ? {unset: [...clear]} : {}),
      insert: {after: 'history[-1]', items: [entry]},
    },
  }
}

/** What waited and waits no more when a story goes before readers, is taken down or begins anew. */
export const settled = ['approvedRevision', 'change', 'publishAt', 'lastFailure'] as const

/** User id of whoever submitted a story last; undefined when nobody did. */
export function submitterOf(state: EditorialState | null | undefined): string | undefined {
  return state?.history?.findLast(({action}) => action === 'submit')?.by
}
