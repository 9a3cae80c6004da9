import {z} from 'zod'

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

/** Reads a row of `changeColumns`. */
export function toLoggedChange(row: unknown): LoggedChange {
  const found = changeRow.parse(row)
  return {...toHead(row), position: found.position, ...parseDetail(found.detail)}
}
