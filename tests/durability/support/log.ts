import Database from 'better-sqlite3'
import {expect} from 'vitest'
import {z} from 'zod'

const logRow = z.object({sequence: z.number(), transaction_id: z.string(), timestamp: z.string()})
const changeRow = z.object({
  document_id: z.string(),
  previous_rev: z.string().nullable(),
  deleted: z.number(),
  transaction_id: z.string(),
})

/**
 * Reads a closed dataset's log past the program, and checks it: the file is sound, sequences have no gap, time goes
 * forward, and each change stands on the one before it. Resolves to the transactions' ids, in order.
 */
export function readLog(file: string): string[] {
  const database = new Database(file, {readonly: true})
  try {
    expect(database.pragma('integrity_check', {simple: true})).toBe('ok')
    expect(database.pragma('foreign_key_check')).toEqual([])
    const log = database
      .prepare('SELECT sequence, transaction_id, timestamp FROM log ORDER BY sequence')
      .all()
      .map((row) => logRow.parse(row))
    expect(log.map(({sequence}) => sequence)).toEqual(log.map((_, index) => index + 1))
    const times = log.map(({timestamp}) => timestamp)
    expect(times).toEqual([...new Set(times)].toSorted())
    const revisions = new Map<string, string>()
    const changes = database
      .prepare(
        'SELECT document_id, previous_rev, deleted, transaction_id FROM change JOIN log USING (sequence) ORDER BY sequence, position',
      )
      .all()
    for (const row of changes) {
      const change = changeRow.parse(row)
      expect(change.previous_rev).toBe(revisions.get(change.document_id) ?? null)
      if (change.deleted === 1) revisions.delete(change.document_id)
      else revisions.set(change.document_id, change.transaction_id)
    }
    return log.map(({transaction_id: transactionId}) => transactionId)
  } finally {
    database.close()
  }
}
