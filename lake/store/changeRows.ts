import {z} from 'zod'

import {withoutRevision, type JsonObject} from '../documents/document.ts'
import {applyMendoza} from '../documents/mendoza.ts'
import {parseDetail, type ChangeDetail} from './history.ts'

/** That a transaction changed a document, without what it changed. */
export type ChangeHead = {
  sequence: number
  transactionId: string
  timestamp: string
  author: string
  documentId: string
  /** Absent when the transaction made the document. */
  previousRev: string | undefined
  deleted: boolean
}

/** One line of the log without the documents' bodies. */
export type LoggedChange = ChangeHead &
  ChangeDetail & {
    /** Place among the transaction's changes, from 0. */
    position: number
  }

export const headColumns =
  'sequence, transaction_id, timestamp, author, document_id, previous_rev, deleted'
export const changeColumns = `${headColumns}, position, detail`

const headRow = z.object({
  sequence: z.number(),
  transaction_id: z.string(),
  timestamp: z.string(),
  author: z.string(),
  document_id: z.string(),
  previous_rev: z.string().nullable(),
  deleted: z.number(),
})
const changeRow = headRow.extend({
  position: z.number(),
  detail: z.union([z.string(), z.instanceof(Uint8Array)]),
})

/** Reads a row of `headColumns`. */
export function toHead(row: unknown): ChangeHead {
  const found = headRow.parse(row)
  return {
    sequence: found.sequence,
    transactionId: found.transaction_id,
    timestamp: found.timestamp,
    author: found.author,
    documentId: found.document_id,
    previousRev: found.previous_rev ?? undefined,
    deleted: found.deleted === 1,
  }
}

/** Reads a row of `changeColumns`. `after`: the document after the change without its revision, where it is needed. */
export function toLoggedChange(row: unknown, after: () => JsonObject | undefined): LoggedChange {
  const found = changeRow.parse(row)
  return {...toHead(row), position: found.position, ...parseDetail(found.detail, after)}
}

/** Reads all rows of `changeColumns` of one document after a place in the log, newest first; `present`: as it is now. */
export function toWayBack(
  rows: readonly unknown[],
  present: JsonObject | undefined,
): LoggedChange[] {
  const changes: LoggedChange[] = []
  let walked = 0
  let state = withoutRevision(present)
  const after = () => {
    for (const change of changes.slice(walked)) state = stateBefore(state, change)
    walked = changes.length
    return state
  }
  for (const row of rows) changes.push(toLoggedChange(row, after))
  return changes
}

/** The document before a change, given the one after it; both without their revisions. */
export function stateBefore(
  after: JsonObject | undefined,
  {effects, previousRev}: LoggedChange,
): JsonObject | undefined {
  return previousRev === undefined ? undefined : applyMendoza(after, effects.revert)
}
