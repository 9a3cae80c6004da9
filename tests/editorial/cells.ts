import {randomUUID} from 'node:crypto'

import {ClientError, type SanityClient} from '@sanity/client'

import {allowed} from '../../editorial/allowed.ts'
import {factsOf, type Asking} from '../../editorial/asking.ts'
import {article, editorialState, type Stage} from '../../editorial/documents.ts'
import {moveOf} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf} from '../../editorial/publishing.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {workflow, type WorkflowAction} from '../../editorial/workflow.ts'
import {liveStory} from './stories.ts'
import {past, writeStoryAt} from './storiesAtStages.ts'

/** What became of an attempt: what the table of the workflow says, and what the store did. */
export type Attempt = {
  /** True, or the table's sentence. */
  table: true | string
  store: 'done' | 'refused'
  /** False when not even a forged transaction could be made of it. */
  sent: boolean
}

/** Tries an action on a new story at a stage, by a raw client of that role. `clientFor` answers a client of the lake. */
export async function attempt(
  clientFor: (role: RoleName) => Promise<SanityClient>,
  cell: {
    action: WorkflowAction
    stage: Stage
    role: RoleName
    id: string
    /** When a scheduled story is due. */
    publishAt?: string
  },
): Promise<Attempt> {
  const {action, stage, role, id, publishAt = past} = cell
  await writeStoryAt(await clientFor('administrator'), stage, {id, publishAt})
  const client = await clientFor(role)
  const {id: by} = await client.users.getById('me')
  const ids = [`drafts.${id}`, id, `editorial.${id}`]
  const [draft, live, state] = await client.getDocuments(ids)
  const asking: Asking = {
    draft: article.nullish().parse(draft),
    live: article.nullish().parse(live),
    state: editorialState.nullish().parse(state),
    now: new Date(),
    by,
    role,
    newKey: randomUUID,
    errors: [],
  }
  const facts = factsOf(asking, {...words, at: later, leases: [], assignment: {assignee: 'ann'}})
  const table = allowed(stage, role, action, facts)
  const mutations =
    table === true ? transactions[action](asking).mutations : forged(action, asking, stage)
  if (mutations === undefined) return {table, store: 'refused', sent: false}
  const store = await client.mutate(mutations, {visibility: 'sync', returnDocuments: false}).then(
    () => 'done' as const,
    (error: unknown) => {
      if (!(error instanceof ClientError && [403, 409].includes(error.statusCode))) throw error
      return 'refused' as const
    },
  )
  return {table, store, sent: true}
}

const words = {note: 'A note.', reason: 'A reason.', notice: 'A notice.'}
/** A time that nobody waits for. */
export const later = '2099-01-01T00:00:00.000Z'

/** What somebody writes who does an action, by the newsroom's own functions. */
const transactions: Record<WorkflowAction, (asking: Asking) => {mutations: Mutation[]}> = {
  submit: (asking) => moveOf(asking, {action: 'submit'}),
  return: (asking) => moveOf(asking, {action: 'return', note: words.note}),
  approve: (asking) => moveOf(asking, {action: 'approve'}),
  publish: (asking) => publicationOf({...asking, answer: {kind: 'first'}}),
  publishNow: (asking) => publicationOf({...asking, answer: {kind: 'now', reason: words.reason}}),
  schedule: (asking) => moveOf(asking, {action: 'schedule', at: later}),
  unschedule: (asking) => moveOf(asking, {action: 'unschedule'}),
  publishScheduled: (asking) => publicationOf({...asking, answer: {kind: 'scheduled'}}),
  scheduleFailed: (asking) => moveOf(asking, {action: 'scheduleFailed', reason: words.reason}),
  submitChange: (asking) => moveOf(asking, {action: 'submitChange', note: words.note}),
  returnChange: (asking) => moveOf(asking, {action: 'returnChange', note: words.note}),
  republish: (asking) => publicationOf({...asking, answer: {kind: 'update', note: words.note}}),
  clearUpdateLabel: (asking) => publicationOf({...asking, answer: {kind: 'clearUpdateLabel'}}),
  unpublish: (asking) => unpublicationOf({...asking, reason: words.reason, leases: []}),
  kill: (asking) => killOf({...asking, ...words, leases: []}),
  revive: (asking) => reviveOf({...asking, reason: words.reason}),
  assign: (asking) => moveOf(asking, {action: 'assign', assignee: 'ann'}),
}

/** The transaction as a button would send it that knew no table: by an administrator, from a stage where it goes. */
function forged(action: WorkflowAction, asking: Asking, stage: Stage): Mutation[] | undefined {
  const from = workflow.find((step) => step.action === action)?.from ?? []
  const pretended = from.includes(stage) ? stage : (from[0] ?? stage)
  const {live, state} = asking
  const needsPage = pretended === 'live' || pretended === 'killed'
  const page = live ?? (needsPage ? {...liveStory(), _id: asking.draft?._id.slice(7) ?? ''} : null)
  const {killed: _killed, ...alive} = page ?? liveStory()
  const pretending: Asking = {
    ...asking,
    role: 'administrator',
    by: `not ${asking.by}`,
    live: !needsPage ? null : pretended === 'killed' ? page : alive,
    state: state && {
      ...state,
      stage: pretended,
      ...(pretended === 'live' ? {change: 'review'} : {}),
      ...(action === 'submit' && pretended === 'approved' ? {approvedRevision: 'another'} : {}),
      ...(['approved', 'scheduled'].includes(pretended)
        ? {approvedRevision: asking.draft?._rev ?? ''}
        : {}),
      ...(pretended === 'scheduled' ? {publishAt: past} : {}),
    },
  }
  try {
    const {mutations} = transactions[action](pretending)
    const text = JSON.stringify(mutations).replaceAll(`not ${asking.by}`, asking.by)
    return JSON.parse(text.replaceAll(`"from":"${pretended}"`, `"from":"${stage}"`))
  } catch {
    // Not even an administrator at the right stage would do this to such a story.
    return undefined
  }
}
