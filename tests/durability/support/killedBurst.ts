import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import {expect} from 'vitest'

import {eventReader} from '../../lake/live/eventReader.ts'
import {clientFor, startProduct} from '../../scripts/support/product.ts'
import {runScript} from '../../scripts/support/script.ts'
import {plannedBurst, sendBurst, tallyOf, type Entry} from './burst.ts'
import {readLog} from './log.ts'

const size = 1000

type Stored = {_id: string; _rev: string}
type Tally = Stored & {count: number}

/**
 * Starts the product, kills it with signal 9 when `moment` of a burst's 1,000 transactions are acknowledged,
 * starts it again, sends what was not acknowledged once more, and checks at each step that nothing that was
 * acknowledged is missing, nothing is half there, and the history is whole. Resolves to how many are stored then.
 */
export async function killDuringBurst(
  data: string,
  {name, moment}: {name: string; moment: number},
): Promise<{stored: number}> {
  const planned = plannedBurst(name, size)
  const first = await startProduct(['--data', data, '--no-seed'])
  const clients = [
    await clientFor(first, data, {name: `${name} anna`}),
    await clientFor(first, data, {name: `${name} ben`}),
  ] as const
  const listener = await follow(clients[0], name)
  const writers = clients.map((client, index) => ({client, entries: planned[index] ?? []}))
  const acknowledged = await sendBurst(writers, (count) => {
    if (count === moment) first.script.kill('SIGKILL')
  })
  expect(await first.script.ended).toMatchObject({code: null, signal: 'SIGKILL'})
  expect(acknowledged.length).toBeGreaterThanOrEqual(moment)
  const seen = await listener.rest()
  await expectHealthy(data)

  const second = await startProduct(['--data', data, '--no-seed'])
  const later = clients.map((client) => client.withConfig({apiHost: second.origin}))
  const [reading] = later
  if (reading === undefined) throw new Error('There is no client to read with.')
  const notes = await expectWhole(reading, {name, acknowledged})

  const missed = await follow(reading, name, listener.lastId())
  const answered = new Set(acknowledged)
  const again = later.map((client, index) => ({
    client,
    entries: (planned[index] ?? []).filter((entry) => !answered.has(entry)),
  }))
  const resent = await sendBurst(again, () => undefined)
  expect(resent).toHaveLength(size - acknowledged.length)
  expect(await expectWhole(reading, {name, acknowledged: planned.flat()})).toHaveLength(size)

  const all = [...seen, ...(await missed.take(size - seen.length))]
  expect(all.slice(0, notes.length).toSorted()).toEqual(notes.map(({_rev}) => _rev).toSorted())
  expect(await second.stop()).toMatchObject({code: 0})
  await expectHealthy(data)
  const log = readLog(join(data, 'datasets', 'production.sqlite'))
  expect(log.filter((transactionId) => transactionId.startsWith(`${name}-`))).toEqual(all)
  return {stored: all.length}
}

/** The doctor finds nothing, as the process left the folder. */
async function expectHealthy(data: string): Promise<void> {
  const {code, out, err} = await runScript('doctor', ['--data', data, '--thorough'])
  expect({code, err, found: out.split('\n').slice(1)}).toEqual({
    code: 0,
    err: '',
    found: ['Nothing is wrong.', ''],
  })
}

/** Checks what the burst left, and resolves to its notes. */
export async function expectWhole(
  client: SanityClient,
  {name, acknowledged}: {name: string; acknowledged: readonly Entry[]},
): Promise<Stored[]> {
  const written: Stored[] = []
  for (const tallyId of [tallyOf(name, 'anna'), tallyOf(name, 'ben')]) {
    const notes = await client.fetch<Stored[]>(
      '*[_type == "note" && tally == $tallyId]{_id, _rev}',
      {tallyId},
    )
    const revisions = new Map(notes.map(({_id, _rev}) => [_id, _rev]))
    for (const {noteId, transactionId} of acknowledged.filter(
      (entry) => entry.tallyId === tallyId,
    )) {
      expect(revisions.get(noteId), `${noteId} was acknowledged`).toBe(transactionId)
    }
    if (notes.length > 0) await expectUnbroken(client, tallyId, notes)
    written.push(...notes)
  }
  return written
}

/** A tally's history names each of its notes' transactions once, and each revision counts one more than the one before. */
async function expectUnbroken(
  client: SanityClient,
  tallyId: string,
  notes: readonly Stored[],
): Promise<void> {
  const tally = await client.getDocument<Tally>(tallyId)
  const revisions = await transactionsOf(client, tallyId)
  expect({count: tally?.count, revision: tally?._rev}).toEqual({
    count: notes.length,
    revision: revisions.at(-1),
  })
  expect(revisions.toSorted()).toEqual(notes.map(({_rev}) => _rev).toSorted())
  for (const index of [0, Math.floor(revisions.length / 2), revisions.length - 1]) {
    const revision = revisions[index] ?? ''
    const {documents} = await client.request<{documents: Tally[]}>({
      url: `/data/history/production/documents/${tallyId}?revision=${revision}`,
    })
    expect(documents).toEqual([expect.objectContaining({_rev: revision, count: index + 1})])
  }
}

/** Ids of the transactions that changed a document, oldest first. */
async function transactionsOf(client: SanityClient, documentId: string): Promise<string[]> {
  const path = `/data/history/production/transactions/${documentId}?excludeContent=true&limit=${size}`
  const answer = await fetch(client.getUrl(path), {headers: authorization(client)})
  const lines = (await answer.text()).trim().split('\n')
  return lines.map((line) => String(Object(JSON.parse(line)).id))
}

/** Reads which transactions change a burst's tallies, as each of them does once; after an event, if one is named. */
export async function follow(client: SanityClient, name: string, lastEventId?: string) {
  const search = new URLSearchParams({
    query: '*[_type == "tally" && _id match $burst]',
    $burst: JSON.stringify(`tally-${name}-*`),
    includeMutations: 'false',
    enableResume: 'true',
  })
  const response = await fetch(client.getUrl(`/data/listen/production?${search}`), {
    headers: {...authorization(client), ...(lastEventId && {'last-event-id': lastEventId})},
  })
  const events = eventReader(response)
  const greeting = await events.next()
  expect(greeting.event).toBe(lastEventId ? 'welcomeback' : 'welcome')
  let lastId = greeting.id
  const seen: string[] = []
  const readOne = async () => {
    const {id, data} = await events.next()
    lastId = id
    seen.push(String(Object(data).transactionId))
  }
  return {
    /** Where to go on from. */
    lastId: () => lastId,
    async take(count: number): Promise<string[]> {
      while (seen.length < count) await readOne()
      return seen
    },
    /** Everything until the stream breaks. */
    async rest(): Promise<string[]> {
      try {
        for (;;) await readOne()
      } catch {
        return seen
      }
    },
  }
}

function authorization(client: SanityClient): {authorization: string} {
  return {authorization: `Bearer ${client.config().token}`}
}
