import type {SanityClient} from '@sanity/client'

import type {Stage} from '../../editorial/documents.ts'
import {historyEntryOf} from '../../editorial/state.ts'
import {draftOf, liveStory} from './stories.ts'

/** A time that has passed. */
export const past = '2026-11-24T08:00:00.000Z'

/**
 * Writes a story that stands at a stage, with everything about it that an action could need. `administrator` is a
 * client whose token may pass the guards. Where a worker runs, a scheduled story that is due does not stay one for long.
 */
export async function writeStoryAt(
  administrator: SanityClient,
  stage: Stage,
  {
    id,
    headline = 'Kerry in the Kremlin',
    publishAt = past,
  }: {id: string; headline?: string; publishAt?: string},
): Promise<void> {
  const transactionId = `written-${id}`
  const documents = documentsAt(stage, {id, headline, publishAt, transactionId})
  await administrator.request({
    method: 'POST',
    url: `/data/mutate/${administrator.config().dataset ?? ''}`,
    query: {skipGuards: 'true', skipGuardsReason: 'A story for a test'},
    body: {transactionId, mutations: documents.map((create) => ({create}))},
  })
}

function documentsAt(
  stage: Stage,
  {
    id,
    headline,
    publishAt,
    transactionId,
  }: {id: string; headline: string; publishAt: string; transactionId: string},
) {
  const slug = {_type: 'slug' as const, current: id}
  const live = liveStory({_id: id, slug, update: true})
  const {_rev: _liveRevision, ...published} = live
  const {_rev: _draftRevision, ...draft} = draftOf(live, {headline})
  const {headline: _headline, lede: _lede, firstPublishedAt: _first, ...left} = published
  const tombstone = {...left, update: undefined, killed: {at: past, notice: 'A notice.'}}
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
    ...(stage === 'scheduled' ? {publishAt} : {}),
    ...(stage === 'live' ? {change: 'review'} : {}),
  }
  const {firstPublishedAt: _again, ...unpublished} = draft
  const pages = {live: [published, draft], killed: [tombstone, unpublished]}
  return [...(stage === 'live' || stage === 'killed' ? pages[stage] : [unpublished]), state]
}
