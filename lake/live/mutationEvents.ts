import type {Caller} from '../access/caller.ts'
import type {Commit, DocumentChange} from '../documents/commit.ts'
import type {DocumentFilter} from '../query/filter.ts'
import {formatEventId} from './eventId.ts'
import {frameText} from './frames.ts'
import type {ListenRequest} from './listenRequest.ts'

/** A commit with the JSON of its parts, made at most once however many listeners get it. */
export type WrittenCommit = {commit: Commit; changes: readonly WrittenChange[]}

type WrittenChange = {
  change: DocumentChange
  mutations(): string
  effects(): string
  previous(): string
  result(): string
  /** What the change is to each filter that has been asked. */
  transitions: Map<DocumentFilter, Transition | undefined>
}

/** Who is listening to what. Audiences with the same filter object are told the same of every document. */
export type Audience = {
  request: ListenRequest
  filter: DocumentFilter
  caller: Caller
}

type Transition = 'appear' | 'update' | 'disappear'

/** Prepares a commit for any number of listeners. */
export function writeCommit(commit: Commit): WrittenCommit {
  const changes = commit.changes.map((change) => ({
    change,
    mutations: once(() => change.mutations),
    effects: once(() => change.effects),
    previous: once(() => change.previous ?? null),
    result: once(() => change.result ?? null),
    transitions: new Map<DocumentFilter, Transition | undefined>(),
  }))
  return {commit, changes}
}

/**
 * The `mutation` events of one commit for one listener, as the text of their frames; empty when none concerns it.
 * One event a document, numbered among those that this listener gets: the Studio holds a transaction back until it
 * has as many events as were announced. Only the last event's id is one to resume after.
 */
export function mutationEvents(written: WrittenCommit, audience: Audience, now: Date): string {
  const scope = {identity: audience.caller.userId, now}
  const concerned = written.changes.flatMap((one) => {
    const transition = transitionFor(one, audience, scope)
    return transition === undefined ? [] : [{one, transition}]
  })
  const {sequence, transactionId} = written.commit
  return concerned
    .map(({one, transition}, index) =>
      frameText({
        event: 'mutation',
        id: formatEventId({sequence, transactionId, torn: index < concerned.length - 1}),
        data: eventText(written.commit, one, transition, audience.request, {
          transactionTotalEvents: concerned.length,
          transactionCurrentEvent: index + 1,
        }),
      }),
    )
    .join('')
}

function transitionFor(
  {change, transitions}: WrittenChange,
  {request, filter, caller}: Audience,
  scope: {identity: string; now: Date},
): Transition | undefined {
  if (caller.reads === 'public' && change.documentId.includes('.')) return undefined
  if (request.publishedOnly && /^(drafts|versions)\./.test(change.documentId)) return undefined
  if (!transitions.has(filter)) transitions.set(filter, transitionOf(change, filter, scope))
  return transitions.get(filter)
}

function transitionOf(
  {previous, result}: DocumentChange,
  filter: DocumentFilter,
  scope: {identity: string; now: Date},
): Transition | undefined {
  const before = previous !== undefined && filter.matches(previous, scope)
  const after = result !== undefined && filter.matches(result, scope)
  if (after) return before ? 'update' : 'appear'
  return before ? 'disappear' : undefined
}

function eventText(
  commit: Commit,
  {change, mutations, effects, previous, result}: WrittenChange,
  transition: Transition,
  request: ListenRequest,
  count: {transactionTotalEvents: number; transactionCurrentEvent: number},
): string {
  const fields = {
    eventId: `${commit.transactionId}#${change.documentId}`,
    documentId: change.documentId,
    transactionId: commit.transactionId,
    transition,
    identity: commit.author,
    // JSON leaves the key out when there was no document; a null would break the client's chain of revisions.
    previousRev: change.previous?._rev,
    resultRev: change.result?._rev ?? commit.transactionId,
    timestamp: commit.timestamp,
    visibility: 'query',
    ...count,
  }
  const parts = [JSON.stringify(fields).slice(1, -1)]
  if (request.includeMutations) parts.push(`"mutations":${mutations()}`)
  if (request.includeEffects) parts.push(`"effects":${effects()}`)
  if (request.includePreviousRevision) parts.push(`"previous":${previous()}`)
  if (request.includeResult && change.result) parts.push(`"result":${result()}`)
  return `{${parts.join(',')}}`
}

function once(value: () => unknown): () => string {
  let text: string | undefined
  return () => (text ??= JSON.stringify(value()))
}
