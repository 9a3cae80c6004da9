import {setTimeout} from 'node:timers/promises'

import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {deskCountsQuery, followUpCountQuery} from '../queries/desk.ts'
import {newsroomNow, story} from './newsroom/stories.ts'
import {asset, author, surroundingsOf, topic, type NewDocument} from './newsroom/surroundings.ts'
import {describeLoad, load} from './support/load.ts'
import {processorSeconds, withProduct} from './support/product.ts'
import type {Row} from './support/results.ts'
import {asMilliseconds, median} from './support/statistics.ts'
import {writer} from './support/writer.ts'

const sizes = [100, 1_000, 10_000, 100_000] as const
const largest = Math.max(...sizes)
const perTransaction = 100
const askedOnce = 30

/** What readers and editors wait for as the archive grows, once the lake has built the indexes that their questions ask for. */
export function measureArchive(): Promise<Row[]> {
  return withProduct(async ({origin, pid}, dataDirectory) => {
    const client = await writer(origin, dataDirectory, {filling: true})
    await write(client, surroundings())
    const rows: Row[] = []
    let stored = 0
    for (const size of sizes) {
      await write(client, stories(stored, size))
      stored = size
      const address = `${origin}/a/${slugOf(story(Math.floor(size / 2), largest))}`
      const pages = {'front page': `${origin}/`, 'story page': address}
      for (const url of Object.values(pages)) await load(url, {requests: 1, atOnce: 1})
      await timesOf(client, deskCountsQuery)
      await timesOf(client, followUpCountQuery)
      await quiet(pid)
      const among = `among ${size.toLocaleString('en')} published stories`
      for (const [what, url] of Object.entries(pages)) {
        const answers = await load(url, {requests: askedOnce, atOnce: 1})
        rows.push({what: `${what} ${among}`, result: describeLoad(answers, 1)})
      }
      const counts = asMilliseconds(median(await timesOf(client, deskCountsQuery)))
      const followUp = asMilliseconds(median(await timesOf(client, followUpCountQuery)))
      rows.push({
        what: `the desk's counts ${among}`,
        result: `median ${counts}, of follow-up ${followUp}`,
      })
    }
    return rows
  })
}

function* surroundings(): Generator<NewDocument> {
  const {topics, authors, assets} = surroundingsOf(largest)
  for (let rank = 0; rank < topics; rank++) yield topic(rank)
  for (let number = 0; number < authors; number++) yield author(number)
  for (let number = 0; number < assets; number++) yield asset(number)
}

function* stories(from: number, to: number): Generator<NewDocument> {
  for (let number = from; number < to; number++) yield story(number, largest)
}

async function write(client: SanityClient, documents: Iterable<NewDocument>): Promise<void> {
  let waiting: NewDocument[] = []
  const send = async () => {
    const mutations = waiting.map((document) => ({createOrReplace: document}))
    waiting = []
    await client.mutate(mutations, {visibility: 'async', returnDocuments: false})
  }
  for (const document of documents) {
    waiting.push(document)
    if (waiting.length === perTransaction) await send()
  }
  if (waiting.length > 0) await send()
}

/** Milliseconds of a question of the desk, asked again and again. */
async function timesOf(client: SanityClient, query: string): Promise<number[]> {
  const now = newsroomNow.toISOString()
  const params = {me: 'nobody', today: now, labelsSince: now}
  const times: number[] = []
  for (let asked = 0; asked < askedOnce; asked++) {
    const began = performance.now()
    await client.fetch(query, params)
    times.push(performance.now() - began)
  }
  return times
}

/** Resolves when the lake has done for itself what there was to do, which it does while nobody asks anything. */
async function quiet(pid: number): Promise<void> {
  let before = -1
  while (before < processorSeconds(pid)) {
    before = processorSeconds(pid)
    await setTimeout(4_000)
  }
}

function slugOf({slug}: NewDocument): string {
  return z.object({current: z.string()}).parse(slug).current
}
