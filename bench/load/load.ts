import {setTimeout} from 'node:timers/promises'

import {newsroom} from '../newsroom/newsroom.ts'
import {storyId} from '../newsroom/stories.ts'
import {listenQueries} from '../lake/listenQueries.ts'
import {lakePathOf} from '../lake/reads.ts'
import {worksAmong} from '../lake/works.ts'
import {residentMegabytes, withProduct} from '../support/product.ts'
import type {Table} from '../support/results.ts'
import {writerToken} from '../support/writer.ts'
import {connectTo} from '../support/connection.ts'
import {Minutes} from './minutes.ts'
import {edit, listen, read, Unheard} from './people.ts'

const stories = 1_000
const perTransaction = 100
const storiesADraft = 50
const minute = 60_000

const editors = {people: 8, pause: 200}
const queryReaders = {people: 40, pause: 500}
const pageReaders = {people: 20, pause: 1_000}
const otherListeners = 200

/**
 * Editors who type, readers of queries and of pages, and listeners, all at once on the product as `npm start` runs it: how
 * long each waits and what memory the server has, minute by minute.
 */
export function measureLoad(minutesLong: number): Promise<Table> {
  return withProduct(async ({origin, pid}, dataDirectory) => {
    const token = await writerToken(dataDirectory)
    await fill(origin, token)
    const minutes = new Minutes()
    const stop = new AbortController()
    const place = {origin, token, minutes, stopping: stop.signal}
    const unheard = new Unheard()
    const hear = (transactionId: string) => {
      const milliseconds = unheard.hear(transactionId)
      if (milliseconds !== undefined) minutes.add('heard', milliseconds)
    }
    const drafts = Array.from(
      {length: editors.people},
      (_, number) => `drafts.${storyId(number * storiesADraft)}`,
    )
    const listening = [
      ...drafts.map((draft) => `*[_id == "${draft}"]`),
      ...listenQueries(drafts[0] ?? '').slice(10, 10 + otherListeners),
    ]
    const connections = await Promise.all(listening.map((query) => listen(place, query, hear)))
    const queries = worksAmong(stories).map(lakePathOf)
    const pages = await pagesOf(origin)
    const people = [
      ...drafts.map((draft) => edit(place, {draft, pause: editors.pause, unheard})),
      ...many(queryReaders, ({pause}) => read(place, {kind: 'query', paths: queries, pause})),
      ...many(pageReaders, ({pause}) => read(place, {kind: 'page', paths: pages, pause})),
    ]
    const all = Promise.all(people)
    for (let number = 0; number < minutesLong; number++) {
      await Promise.race([setTimeout(minute), all])
      minutes.end(residentMegabytes(pid))
    }
    stop.abort()
    await all
    await setTimeout(1_000)
    for (const connection of connections) connection.close()
    const lost = unheard.size
    return {
      head: ['minute', 'keystroke', 'heard by a listener', 'query', 'page', 'memory'],
      lines: [
        ...minutes.lines(),
        minutes.total(),
        ['keystrokes that no listener heard of', String(lost), '', '', '', ''],
      ],
    }
  })
}

function many<Kind extends {people: number}>(
  kind: Kind,
  start: (kind: Kind) => Promise<void>,
): Promise<void>[] {
  return Array.from({length: kind.people}, () => start(kind))
}

/** Stories that were made elsewhere are restored, past the check that editors wait for. */
const restoring = '/v2025-02-19/data/mutate/production?skipGuards=true&skipGuardsReason=Filling'

async function fill(origin: string, token: string): Promise<void> {
  const connection = connectTo(origin, token)
  let batch: object[] = []
  const write = async () => {
    await connection.post(restoring, {mutations: batch})
    batch = []
  }
  for (const document of newsroom(stories)) {
    batch.push({createOrReplace: document})
    if (batch.length === perTransaction) await write()
  }
  await write()
  connection.close()
}

/** The front page and the newest stories. */
async function pagesOf(origin: string): Promise<string[]> {
  const page = await (await fetch(`${origin}/`)).text()
  const stories = [...page.matchAll(/href="(?:https?:\/\/[^/"]+)?(\/a\/[^"]+)"/g)]
  return ['/', ...new Set(stories.flatMap(([, path]) => (path === undefined ? [] : [path])))]
}
