import type {ChangeHead} from '../store/changeRows.ts'
import type {DatasetReader} from '../store/datasetReader.ts'
import type {HistoryEvent} from './dataset.ts'
import type {JsonObject} from './document.ts'
import {groupIdOf, kindOf, releaseOf} from './ids.ts'

/** Revisions of a story's two documents; absent where a document is not there. */
type State = {published: string | undefined; version: string | undefined}

/** A change of that state, and whose it is. */
type Step = {
  before: State
  after: State
  publishedWritten: boolean
  transactionId: string
  versionId: string
}

/**
 * What happened to a story's documents, newest first: made, published, taken back, removed. Edits are not among
 * them: the Studio reads those from the transaction log. Told from what became of the published document and of
 * its draft (or the version that is asked for) in each transaction, whichever way it was written, so that a
 * publication by raw mutations reads as one (HTTP API, "History events").
 */
export async function documentEvents(
  reader: DatasetReader,
  documentId: string,
): Promise<HistoryEvent[]> {
  const publishedId = groupIdOf(documentId)
  const versionId = kindOf(documentId) === 'published' ? `drafts.${publishedId}` : documentId
  const publishedHeads = bySequence(await reader.headsOf(publishedId))
  const versionHeads = bySequence(await reader.headsOf(versionId))
  const sequences = new Set([...publishedHeads.keys(), ...versionHeads.keys()])
  let before: State = {published: undefined, version: undefined}
  const events: HistoryEvent[] = []
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    const published = publishedHeads.get(sequence)
    const version = versionHeads.get(sequence)
    const head = published ?? version
    if (head === undefined) continue
    const {transactionId, timestamp, author} = head
    const after: State = {
      published: revisionAfter(published, before.published),
      version: revisionAfter(version, before.version),
    }
    const publishedWritten = published !== undefined
    const told = eventOf({before, after, publishedWritten, transactionId, versionId})
    if (told) events.push({...told, timestamp, author, documentId: publishedId})
    before = after
  }
  return events.reverse()
}

function eventOf(step: Step): (JsonObject & {type: string}) | undefined {
  const {before, after, publishedWritten, transactionId, versionId} = step
  const releaseId = releaseOf(versionId)
  const version = {versionId, ...(releaseId === undefined ? {} : {releaseId})}
  const versionMade = before.version === undefined && after.version !== undefined
  const versionGone = before.version !== undefined && after.version === undefined
  if (publishedWritten && after.published !== undefined) {
    if (versionGone) {
      return {
        type: 'publishDocumentVersion',
        ...version,
        revisionId: transactionId,
        versionRevisionId: before.version,
        publishCause: releaseId === undefined ? 'document.publish' : 'release.publish',
      }
    }
    const type = before.published === undefined ? 'createLiveDocument' : 'updateLiveDocument'
    return {type, revisionId: transactionId}
  }
  if (before.published !== undefined && after.published === undefined) {
    if (after.version === undefined) return {type: 'deleteDocumentGroup'}
    return {type: 'unpublishDocument', ...version, versionRevisionId: after.version}
  }
  if (versionMade) {
    return {type: 'createDocumentVersion', ...version, versionRevisionId: transactionId}
  }
  if (versionGone) {
    return {type: 'deleteDocumentVersion', ...version, versionRevisionId: before.version}
  }
  return undefined
}

function revisionAfter(head: ChangeHead | undefined, before: string | undefined) {
  if (head === undefined) return before
  return head.deleted ? undefined : head.transactionId
}

function bySequence(heads: readonly ChangeHead[]): Map<number, ChangeHead> {
  return new Map(heads.map((head) => [head.sequence, head]))
}
