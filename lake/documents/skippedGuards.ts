import type {DocumentChange} from './commit.ts'
import type {JsonObject} from './document.ts'
import {TransactionFault} from './fault.ts'

const recordType = 'system.skippedGuards'
const recordPrefix = '_.skippedGuards.'

/** The records of transactions that went past the guards, newest first. */
export const skippedGuardsQuery = `*[_type == "${recordType}"] | order(at desc)[0...1000]{transactionId, at, userId, reason, documentIds}`

/**
 * The document that says that a transaction went past the guards. It is written by the transaction itself: neither is there
 * without the other.
 */
export function skippingRecord(skipping: {
  id: string
  transactionId: string
  at: string
  userId: string
  reason: string
  changes: readonly DocumentChange[]
}): {id: string; attributes: JsonObject} {
  const {id, changes, ...told} = skipping
  const documentIds = changes.map(({documentId}) => documentId)
  return {id: recordPrefix + id, attributes: {_type: recordType, ...told, documentIds}}
}

/** A transaction that went past the guards: who sent it, when (ISO 8601 UTC), why, and the documents that it changed. */
export type SkippedGuards = {at: string; userId: string; reason: string; documentIds: string[]}

/** What a document records of guards that were skipped; undefined for every other document. */
export function skippedGuardsIn(document: JsonObject): SkippedGuards | undefined {
  const {_type, at, userId, reason, documentIds} = document
  if (_type !== recordType || !Array.isArray(documentIds)) return undefined
  if (typeof at !== 'string' || typeof userId !== 'string' || typeof reason !== 'string') {
    return undefined
  }
  return {at, userId, reason, documentIds: documentIds.map(String)}
}

/** Nobody changes those records, administrators neither. Throws `TransactionFault` 403. */
export function protectRecords(changes: readonly DocumentChange[]): void {
  const record = changes.find(({documentId}) => documentId.startsWith(recordPrefix))
  if (record === undefined) return
  throw new TransactionFault(403, {
    type: 'insufficientPermissionsError',
    permission: 'update',
    description: `"${record.documentId}" records that guards were skipped, and cannot be changed.`,
  })
}
