import {documentId, type BreakingLog, type BreakingNews} from './documents.ts'
import {revisionOf, type Mutation} from './mutations.ts'
import {weakReference} from './references.ts'
import {storedTimeOf} from './time.ts'

/** One line of a lease's log, before it has its key. */
export type LogLine = {
  at: string
  by: string
  did: BreakingLog['log'][number]['did']
  until?: string
  reason?: string
}

/** The key says what and when, so that a line written twice is the same line. */
function logLine(line: LogLine): BreakingLog['log'][number] {
  return {_type: 'leaseLogEntry', _key: `${line.did}-${line.at.replace(/\D/g, '')}`, ...line}
}

/** A log with its first line; `planned` while the lease is nowhere in public. */
export function newLog(
  leaseId: string,
  owner: string,
  line: LogLine,
  planned?: BreakingLog['planned'],
): BreakingLog {
  return {
    _id: documentId.lease(leaseId),
    _type: 'breakingLog',
    lease: weakReference(leaseId),
    owner,
    ...(planned === undefined ? {} : {planned}),
    log: [logLine(line)],
  }
}

/** One line more in a lease's log, guarded by the revision that was read. */
export function logged(
  lease: Pick<BreakingNews, '_id'>,
  log: BreakingLog | null | undefined,
  line: LogLine,
): Mutation {
  if (!log) return {create: newLog(lease._id, line.by, line)}
  return {patch: {...lineOf(log, line)}}
}

/** The same, and the plan goes: it was carried out. */
export function loggedWithoutPlan(log: BreakingLog, line: LogLine): Mutation {
  return {patch: {...lineOf(log, line), unset: ['planned']}}
}

/** The same, and the plan is given up: its words stay with its log, so that people know which it was. */
export function loggedAsGivenUp(log: BreakingLog, line: LogLine): Mutation {
  if (!log.planned) return loggedWithoutPlan(log, line)
  const {headline, level} = log.planned
  return {patch: {...lineOf(log, line), set: {givenUp: {headline, level}}, unset: ['planned']}}
}

function lineOf(log: BreakingLog, line: LogLine) {
  return {
    id: log._id,
    ifRevisionID: revisionOf(log),
    setIfMissing: {log: []},
    insert: {after: 'log[-1]', items: [logLine(line)]},
  }
}

/** Every breaking transaction passes here, so that two publishers never pass each other unseen. */
export function moveDesk(revision: string | null | undefined, now: Date, by: string): Mutation {
  const moved = {changedAt: storedTimeOf(now), changedBy: by}
  return revision
    ? {patch: {id: documentId.breakingDesk, ifRevisionID: revision, set: moved}}
    : {create: {_id: documentId.breakingDesk, _type: 'breakingDesk', ...moved}}
}
