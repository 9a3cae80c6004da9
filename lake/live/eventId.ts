/**
 * A place in a dataset's log as an event id carries it. `transactionId` tells whether the log at `sequence` is
 * still the same one (a backup may have been put back since); it is empty at the start of an empty log.
 * `torn` marks all but the last event of a transaction: a reader that stopped there holds half of it.
 */
export type EventPosition = {sequence: number; transactionId: string; torn: boolean}

/** The id of an event, in the form `SEQUENCE:TRANSACTION` or, inside a transaction, `SEQUENCE:TRANSACTION:torn`. */
export function formatEventId({sequence, transactionId, torn}: EventPosition): string {
  const name = transactionId.replaceAll(/[^\w.-]/g, '')
  return `${sequence}:${name}${torn ? ':torn' : ''}`
}

/** Reads what `formatEventId` made; `undefined` for anything else, such as another server's ids. */
export function parseEventId(id: string): EventPosition | undefined {
  const [, sequence, transactionId, torn] = /^(\d{1,15}):([\w.-]*)(:torn)?$/.exec(id) ?? []
  if (sequence === undefined || transactionId === undefined) return undefined
  return {sequence: Number(sequence), transactionId, torn: torn !== undefined}
}
