import {randomUUID} from 'node:crypto'

import {ClientError} from '@sanity/client'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {allowed} from '../../editorial/allowed.ts'
import {factsOf, type Asking} from '../../editorial/asking.ts'
import {article, editorialState, stages, type Stage} from '../../editorial/documents.ts'
import {newsroomGuards} from '../../editorial/guards.ts'
import {moveOf} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf} from '../../editorial/publishing.ts'
import {newsroomRoles, roleNames, type RoleName} from '../../editorial/roles.ts'
import {historyEntryOf} from '../../editorial/state.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {workflow, workflowActions, type WorkflowAction} from '../../editorial/workflow.ts'
import {startLake, type RunningLake} from '../lake/support/startLake.ts'
import {draftOf, liveStory} from './stories.ts'

let lake: RunningLake
beforeAll(async () => {
  lake = await startLake({
    projectId: 'dateline',
    roles: newsroomRoles,
    guards: newsroomGuards,
  })
})
afterAll(() => lake.close())

const words = {note: 'A note.', reason: 'A reason.', notice: 'A notice.'}
const past = '2026-11-24T08:00:00.000Z'
const later = '2099-01-01T00:00:00.000Z'

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

let story = 0

/** A story that stands at a stage, with everything about it that an action could need. */
async function storyAt(stage: Stage): Promise<string> {
  story += 1
  const id = `story-${story}`
  const slug = {_type: 'slug' as const, current: id}
  const live = liveStory({_id: id, slug, update: true})
  const {_rev: _liveRevision, ...published} = live
  const {_rev: _draftRevision, ...draft} = draftOf(live, {headline: 'Kerry in the Kremlin'})
  const {headline: _headline, lede: _lede, firstPublishedAt: _first, ...left} = published
  const tombstone = {...left, update: undefined, killed: {at: past, notice: words.notice}}
  const transactionId = `written-${id}`
  const submitted = historyEntryOf({
    key: 'submitted',
    at: past,
    by: 'rob',
    action: 'submit',
    from: 'draft',
    to: 'review',
  })
  const state = {
    _id: `editorial.${id}`,
    _type: 'editorialState',
    article: {_type: 'reference', _ref: id, _weak: true},
    stage,
    history: [submitted],
    ...(['approved', 'scheduled'].includes(stage) ? {approvedRevision: transactionId} : {}),
    ...(stage === 'scheduled' ? {publishAt: past} : {}),
    ...(stage === 'live' ? {change: 'review'} : {}),
  }
  const {firstPublishedAt: _again, ...unpublished} = draft
  const documents = {
    live: [published, draft],
    killed: [tombstone, unpublished],
  }
  const pages = stage === 'live' || stage === 'killed' ? documents[stage] : [unpublished]
  const administrator = await lake.clientFor('administrator', {perspective: 'raw'})
  await administrator.request({
    method: 'POST',
    url: '/data/mutate/production',
    query: {skipGuards: 'true', skipGuardsReason: 'A story for a test'},
    body: {transactionId, mutations: [...pages, state].map((create) => ({create}))},
  })
  return id
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

type Outcome = 'done' | 'refused'

async function attempt(
  action: WorkflowAction,
  stage: Stage,
  role: RoleName,
): Promise<{table: Outcome; store: Outcome; sent: boolean}> {
  const id = await storyAt(stage)
  const client = await lake.clientFor(role, {perspective: 'raw'})
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
  const table = allowed(stage, role, action, facts) === true ? 'done' : 'refused'
  const mutations =
    table === 'done' ? transactions[action](asking).mutations : forged(action, asking, stage)
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

test('every action, at every stage, by every role: the table and the store give one answer', async () => {
  const different: string[] = []
  const lines = new Map<
    WorkflowAction,
    {cells: number; sent: number; allowed: number; agree: number}
  >()
  for (const action of workflowActions) {
    const line = {cells: 0, sent: 0, allowed: 0, agree: 0}
    for (const stage of stages) {
      for (const role of roleNames) {
        const {table, store, sent} = await attempt(action, stage, role)
        line.cells += 1
        if (sent) line.sent += 1
        if (table === 'done') line.allowed += 1
        if (table === store) line.agree += 1
        else different.push(`${action} at ${stage} by ${role}: table ${table}, store ${store}`)
      }
    }
    lines.set(action, line)
  }
  console.table(Object.fromEntries(lines))
  expect(different).toEqual([])
}, 120_000)

test.each(stages)(
  'at %s, the stock actions leave readers and stage as they are, whoever calls them',
  async (stage) => {
    for (const role of roleNames) {
      const id = await storyAt(stage)
      const client = await lake.clientFor(role, {perspective: 'raw'})
      const publicOf = () => client.getDocuments([id, `editorial.${id}`])
      const before = await publicOf()
      const ids = {publishedId: id, draftId: `drafts.${id}`}
      for (const action of [
        {actionType: 'sanity.action.document.publish', ...ids},
        {actionType: 'sanity.action.document.unpublish', ...ids},
      ] as const) {
        const outcome = client.action(action, {skipCrossDatasetReferenceValidation: true})
        await expect(outcome).rejects.toMatchObject({statusCode: expect.any(Number)})
      }
      expect(await publicOf()).toEqual(before)
    }
  },
)
