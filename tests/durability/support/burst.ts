import {ClientError, type SanityClient} from '@sanity/client'

/** One transaction of a burst: it makes a note and adds one to its writer's tally, both or neither. */
export type Entry = {transactionId: string; noteId: string; tallyId: string}

const inFlightPerWriter = 5

/** What the writers `anna` and `ben` will send in a burst, half each, under names that no other burst uses. */
export function plannedBurst(name: string, size: number): Entry[][] {
  return ['anna', 'ben'].map((writer) =>
    Array.from({length: size / 2}, (_, index) => {
      const transactionId = `${name}-${writer}-${index}`
      return {transactionId, noteId: `note-${transactionId}`, tallyId: tallyOf(name, writer)}
    }),
  )
}

export function tallyOf(name: string, writer: string): string {
  return `tally-${name}-${writer}`
}

/**
 * Sends each writer's entries by its own client, several at a time, until all are answered or the server is gone.
 * Resolves to those that were acknowledged: answered with success, or with the answer that a transaction of that
 * name is there already. `onAcknowledged` is told their number as it grows.
 */
export async function sendBurst(
  writers: readonly {client: SanityClient; entries: readonly Entry[]}[],
  onAcknowledged: (count: number) => void,
): Promise<Entry[]> {
  const acknowledged: Entry[] = []
  const sendAll = async (client: SanityClient, waiting: Entry[]) => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      try {
        await send(client, entry)
      } catch (error) {
        if (error instanceof ClientError && error.statusCode !== 409) throw error
        if (!(error instanceof ClientError)) return
      }
      acknowledged.push(entry)
      onAcknowledged(acknowledged.length)
    }
  }
  await Promise.all(
    writers.flatMap(({client, entries}) => {
      const waiting = [...entries]
      return Array.from({length: inFlightPerWriter}, () => sendAll(client, waiting))
    }),
  )
  return acknowledged
}

async function send(client: SanityClient, {transactionId, noteId, tallyId}: Entry): Promise<void> {
  await client
    .transaction()
    .transactionId(transactionId)
    .create({_id: noteId, _type: 'note', tally: tallyId})
    .createIfNotExists({_id: tallyId, _type: 'tally', count: 0})
    .patch(tallyId, (patch) => patch.inc({count: 1}))
    .commit({visibility: 'sync', returnDocuments: false})
}
