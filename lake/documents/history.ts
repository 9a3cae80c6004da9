import type {ChangeHead, LoggedChange} from '../store/changeRows.ts'
import type {DatasetReader} from '../store/datasetReader.ts'
import {isLakeDocument} from '../store/bodies.ts'
import type {Commit, DocumentChange} from './commit.ts'
import type {TransactionLogRequest} from './dataset.ts'
import type {LakeDocument} from './document.ts'
import {groupIdOf, kindOf} from './ids.ts'
import {applyMendoza} from './mendoza.ts'

type Moment = {revision: string} | {time: string} | {last: true}

/**
 * One document as it was at a moment; `undefined` when it was not there, or the moment is unknown. Rebuilt by
 * walking back from the present. A revision is any transaction of the dataset: what counts is the state after it.
 */
export async function documentAt(
  reader: DatasetReader,
  id: string,
  moment: Moment,
): Promise<LakeDocument | undefined> {
  const head = (await reader.headsOf(id)).find(await isBy(reader, moment))
  if (head === undefined || head.deleted) return undefined
  const {present, changes} = await reader.wayBack(id, head.sequence)
  return changes.reduce(stateBefore, present)
}

/**
 * The same, and for a draft that was not there when its published document was written: what was published, under
 * the draft's id. The Studio shows a story's history with its draft open and asks every entry for the draft, a
 * publication without one (an import) included; without an answer such an entry could not be looked at or restored.
 */
export async function versionAt(
  reader: DatasetReader,
  id: string,
  moment: Moment,
): Promise<LakeDocument | undefined> {
  const document = await documentAt(reader, id, moment)
  if (document !== undefined || kindOf(id) !== 'draft' || !('revision' in moment)) return document
  const published = await documentAt(reader, groupIdOf(id), moment)
  return published?._rev === moment.revision ? {...published, _id: id} : undefined
}

/** Whether a change is the one that led to the state at a moment, when asked newest first. */
async function isBy(reader: DatasetReader, moment: Moment): Promise<(head: ChangeHead) => boolean> {
  if ('last' in moment) return ({deleted}) => !deleted
  if ('time' in moment) return ({timestamp}) => timestamp <= moment.time
  const place = await reader.sequenceOf(moment.revision)
  return ({sequence}) => place !== undefined && sequence <= place
}

function stateBefore(
  state: LakeDocument | undefined,
  change: LoggedChange,
): LakeDocument | undefined {
  if (change.previousRev === undefined) return undefined
  const {_rev, ...rest} = state ?? {}
  const reverted = applyMendoza(state === undefined ? undefined : rest, change.effects.revert)
  const document = reverted && {...reverted, _rev: change.previousRev}
  if (isLakeDocument(document)) return document
  throw new Error(`The history of ${change.documentId} cannot be read before ${change.sequence}.`)
}

/** Transactions that touched the asked documents, in the asked order and bounds. A bound that is not in the log encloses nothing. */
export async function loggedTransactions(
  reader: DatasetReader,
  request: TransactionLogRequest,
): Promise<Commit[]> {
  const {fromTransaction, toTransaction, fromTime = '', toTime, authors} = request
  const from = fromTransaction === undefined ? 0 : await reader.sequenceOf(fromTransaction)
  const to = toTransaction === undefined ? Infinity : await reader.sequenceOf(toTransaction)
  if (from === undefined || to === undefined) return []
  const heads = (await Promise.all(request.documentIds.map((id) => reader.headsOf(id)))).flat()
  const wanted = heads.filter(
    ({sequence, timestamp, author}) =>
      sequence >= from &&
      sequence <= to &&
      timestamp >= fromTime &&
      (toTime === undefined || timestamp <= toTime) &&
      (authors === undefined || authors.includes(author)),
  )
  const sequences = [...new Set(wanted.map(({sequence}) => sequence))].sort((a, b) => a - b)
  const ordered = request.reverse ? sequences.toReversed() : sequences
  const page = ordered.slice(0, request.limit)
  const changes = await reader.changesIn(page)
  return commitsOf(changes.map((change) => [change, undefined, undefined])).sort(
    (one, other) => page.indexOf(one.sequence) - page.indexOf(other.sequence),
  )
}

/** Commits after a place in the log with their documents' bodies, oldest first, for listeners that resume. */
export async function commitsAfter(
  reader: DatasetReader,
  sequence: number,
  limit: number,
): Promise<Commit[]> {
  const end = sequence + limit
  const found: LoggedState[] = []
  for (const id of await reader.documentsChangedAfter(sequence, limit)) {
    const {present, changes} = await reader.wayBack(id, sequence)
    let state = present
    for (const change of changes) {
      const previous = stateBefore(state, change)
      if (change.sequence <= end) found.push([change, previous, change.deleted ? undefined : state])
      state = previous
    }
  }
  return commitsOf(found)
}

type LoggedState = [
  change: LoggedChange,
  previous: LakeDocument | undefined,
  result: LakeDocument | undefined,
]

/** Puts changes together by transaction, in the order of the log. */
function commitsOf(states: readonly LoggedState[]): Commit[] {
  const inOrder = states.toSorted(
    ([one], [other]) => one.sequence - other.sequence || one.position - other.position,
  )
  const commits = new Map<number, Commit & {changes: DocumentChange[]}>()
  for (const [change, previous, result] of inOrder) {
    const {sequence, transactionId, timestamp, author, documentId, mutations, effects} = change
    const commit = commits.get(sequence) ?? {
      sequence,
      transactionId,
      timestamp,
      author,
      changes: [],
    }
    commit.changes.push({documentId, previous, result, mutations, effects})
    commits.set(sequence, commit)
  }
  return [...commits.values()]
}
