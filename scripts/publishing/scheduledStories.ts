import type {SanityClient} from '@sanity/client'

import type {Asking} from '../../editorial/asking.ts'
import {article, documentId, editorialState, type Article} from '../../editorial/documents.ts'
import {isApprovedText} from '../../editorial/needs.ts'
import {moveOf} from '../../editorial/moves.ts'
import {scheduleDecision, type ScheduleDecision} from '../../editorial/scheduling.ts'
import {commit, lakeTime, refusalOf, type DueOutcome, type Worker} from './dueWork.ts'

/**
 * Publishes one scheduled story as it was approved, or puts it back and says why; nothing when it is not due
 * any more. Throws the client's errors.
 */
export async function publishScheduled(
  id: string,
  worker: Worker,
  timeZone: string | undefined,
): Promise<DueOutcome | undefined> {
  const {asking, flaw} = await readAsking(id, worker, timeZone)
  const decision = decided(asking, flaw)
  if (decision.kind === 'none' || decision.kind === 'wait') return undefined
  const headline = asking.draft?.headline ?? id
  try {
    await commit(worker.client, decision.mutations)
  } catch (error) {
    return await refused(error, asking, {id, headline, worker, timeZone})
  }
  return decision.kind === 'fail'
    ? failure(id, headline, decision.sentence)
    : {
        id,
        did: 'published',
        sentence: [`“${headline}” is live.`, decision.note].filter(Boolean).join(' '),
      }
}

/** A draft that cannot be read cannot be published either, and fails in the same way. */
function decided(asking: Asking, flaw: string | undefined): ScheduleDecision {
  const decision = scheduleDecision(asking)
  if (decision.kind !== 'fail' || flaw === undefined) return decision
  const {mutations} = moveOf(asking, {action: 'scheduleFailed', reason: flaw})
  return {kind: 'fail', mutations, sentence: flaw}
}

function failure(id: string, headline: string, sentence: string): DueOutcome {
  return {id, did: 'failed', sentence: `“${headline}” did not go live. ${sentence}`}
}

async function readAsking(
  id: string,
  {client, by, newKey}: Worker,
  timeZone: string | undefined,
): Promise<{asking: Asking; flaw: string | undefined}> {
  const ids = [documentId.draft(id), id, documentId.editorialState(id)]
  const [[draftRead, liveRead, stateRead], now] = await Promise.all([
    client.getDocuments(ids),
    lakeTime(client),
  ])
  const read = article.nullish().safeParse(draftRead)
  const draft = read.data
  const state = editorialState.nullish().parse(stateRead)
  const approved = isApprovedText({draft, approvedRevision: state?.approvedRevision})
  const asking: Asking = {
    draft,
    live: article.nullish().parse(liveRead),
    state,
    now,
    by,
    // What the worker needs: the store holds it to the role that its token has.
    role: 'publisher',
    newKey,
    timeZone,
    ...(draft && approved ? {errors: await errorsOf(draft, client)} : {}),
    ...(draft?._updatedAt ? {changed: {at: draft._updatedAt}} : {}),
  }
  const field = read.error?.issues[0]?.path.join('.')
  return {
    asking,
    flaw:
      field === undefined
        ? undefined
        : `The draft cannot be used: “${field}” is not in its usual form. Correct it, or restore an older version.`,
  }
}

/** Loaded only when a story is due: the validator is large. */
async function errorsOf(draft: Article, client: SanityClient): Promise<string[]> {
  const {storyErrors} = await import('./storyErrors.ts')
  return await storyErrors(draft, client)
}

/** A refusal because of what others did meanwhile is theirs; any other is why the story does not go live. */
async function refused(
  error: unknown,
  before: Asking,
  {
    id,
    headline,
    worker,
    timeZone,
  }: {id: string; headline: string; worker: Worker; timeZone: string | undefined},
): Promise<DueOutcome> {
  const reason = refusalOf(error)
  if (reason === undefined) throw error
  const {asking: after} = await readAsking(id, worker, timeZone)
  const changed = (['draft', 'live', 'state'] as const).some(
    (name) => before[name]?._rev !== after[name]?._rev,
  )
  if (changed) {
    return {
      id,
      did: 'meanwhile',
      sentence: `Somebody else moved “${headline}” at the same moment.`,
    }
  }
  const sentence = `The lake refused it: ${reason}`
  await commit(worker.client, moveOf(after, {action: 'scheduleFailed', reason: sentence}).mutations)
  return failure(id, headline, sentence)
}
