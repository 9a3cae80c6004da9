import {setTimeout} from 'node:timers/promises'

import {z} from 'zod'

import {liveLeaseFilter} from '../editorial/breaking.ts'
import {publisher, type Publisher} from './breaking/publisher.ts'
import {withReaders, type Delays, type Readers} from './breaking/readers.ts'
import {now} from './breaking/readersMessages.ts'
import {
  openFilesLimit,
  withProbedProduct,
  type Memory,
  type ProbedProduct,
} from './breaking/server.ts'
import {listen} from './load/people.ts'
import type {Table} from './support/results.ts'
import {asMilliseconds, median, percentile} from './support/statistics.ts'
import {writer} from './support/writer.ts'

const toggles = 50
const pollPause = 5_000
const pollSeconds = 30
/** What every process has open beside its readers' connections. */
const otherFiles = 500
const stalledReaders = 20

const head = [
  'readers',
  'first',
  'median',
  '99 %',
  'last',
  'the desk itself',
  'heap and external a reader',
  'resident a reader',
  'processor a toggle',
]
const pollHead = [
  'readers who ask every 5 s',
  'requests a minute',
  'processor seconds a minute',
  'median',
  '99 %',
  'last',
]
/** How long a toggle is waited for, and what lies between two, in milliseconds. */
const longestWait = 20_000
const pauseBetween = 150

/**
 * From the publisher's confirm to readers' connections, beside readers who ask every five seconds: with as many readers as
 * `counts` says, one run after another, each on a product of its own.
 */
export async function measureBreaking(counts: readonly number[]): Promise<Table[]> {
  const lines: string[][] = []
  const pollLines: string[][] = []
  for (const count of counts) {
    const limit = openFilesLimit()
    if (count + otherFiles > limit) {
      console.log(
        `  ${count} readers need ${count + otherFiles} open files, and a process may have ${limit} here. Raise it (ulimit -n) and run again.`,
      )
      continue
    }
    const {streamed, polled} = await withProbedProduct((product) => measure(product, count))
    lines.push(...streamed)
    pollLines.push(polled)
  }
  return [
    {head, lines},
    {head: pollHead, lines: pollLines},
  ]
}

async function measure(product: ProbedProduct, count: number) {
  const client = await writer(product.origin, product.dataDirectory)
  const {id} = z.object({id: z.string()}).parse(await client.request({url: '/users/me'}))
  const {port} = new URL(product.origin)
  const desk = (label: string) => publisher(client, id, label)
  const heardAtDesk: number[] = []
  const listener = await listen(
    {origin: product.origin, token: client.config().token ?? ''},
    '*[_type in ["breakingNews", "breakingLog", "breakingDesk"]]',
    () => heardAtDesk.push(now()),
  )
  // What only the first readers and the first toggles bring about shall be there.
  await withReaders({port, count: 50}, (readers) =>
    toggle(desk('warm'), readers, {count: 50, times: 10}),
  )

  const before = await product.memory()
  const stream = await withReaders({port, count}, async (readers) => {
    const connected = await product.memory()
    const cpu = product.cpuSeconds()
    const sent = await toggle(desk('stream'), readers, {count, times: toggles})
    const processor = product.cpuSeconds() - cpu
    const delays = await readers.report(sent)
    const deskDelays = sent.map((at) => (heardAtDesk.find((time) => time > at) ?? NaN) - at)
    readers.stall(stalledReaders)
    const besideStalled = await toggle(desk('stalled'), readers, {
      count,
      times: 10,
      after: toggles,
    })
    const all = [...sent, ...besideStalled]
    const stalled = await readers.report(all, toggles)
    return {connected, processor, delays, deskDelays, stalled}
  })

  const path = `/v2025-02-19/data/query/production?${new URLSearchParams({query: plainQuery})}`
  const poll = {path, pause: pollPause}
  const polled = await withReaders({port, count, poll}, async (readers) => {
    const cpu = product.cpuSeconds()
    const began = now()
    const sent: number[] = []
    const publishing = desk('poll')
    while (now() - began < pollSeconds * 1000) {
      const number = sent.length + 1
      sent.push(await publishing.on(number))
      await setTimeout(pollPause * 1.2)
      await publishing.off(number)
    }
    const minutes = (now() - began) / 60_000
    const processor = product.cpuSeconds() - cpu
    return {minutes, processor, delays: await readers.report(sent)}
  })
  listener.close()
  const line = {count, before, ...stream}
  return {streamed: [streamLine(line), stalledLine(line)], polled: pollLine(count, polled)}
}

/** The question that every reader would ask: the same filter as everywhere, by the lake's own clock. */
const plainQuery = `*[_type == "breakingNews" && ${liveLeaseFilter.replaceAll('$now', 'now()')}]{headline, level, until}`

/** On and off in turn, each once every reader has heard of the one before. Answers when each was confirmed. */
async function toggle(
  desk: Publisher,
  readers: Readers,
  {count, times, after = 0}: {count: number; times: number; after?: number},
): Promise<number[]> {
  const sent: number[] = []
  for (let number = 1; number <= times; number++) {
    const item = Math.ceil(number / 2)
    sent.push(await (number % 2 === 1 ? desk.on(item) : desk.off(item)))
    const deadline = now() + longestWait
    while ((await readers.heard(after + number)) < count && now() < deadline) await setTimeout(50)
    await setTimeout(pauseBetween)
  }
  return sent
}

type Streamed = {
  count: number
  before: Memory
  connected: Memory
  processor: number
  delays: Delays
  deskDelays: number[]
  stalled: Delays
}

function streamLine({count, before, connected, processor, delays, deskDelays}: Streamed) {
  const each = (kind: keyof Memory) =>
    `${((connected[kind] - before[kind]) / count / 1024).toFixed(1)} kB`
  const lost = count * toggles - delays.heard
  return [
    `${count.toLocaleString('en')}${lost > 0 ? ` (${lost} not heard, ${delays.broken} broken off)` : ''}`,
    ...figuresOf(delays),
    `${asMilliseconds(median(deskDelays))}, ${asMilliseconds(percentile(deskDelays, 0.99))}`,
    each('heapAndExternal'),
    each('resident'),
    asMilliseconds((processor * 1000) / toggles),
  ]
}

function stalledLine({count, stalled}: Streamed): string[] {
  const what = `${count.toLocaleString('en')} beside ${stalledReaders} who do not read`
  return [what, ...figuresOf(stalled), '', '', '', '']
}

function pollLine(count: number, {minutes, processor, delays}: Polled): string[] {
  const missed = count * Math.round((minutes * 60_000) / (pollPause * 1.2)) - delays.heard
  return [
    `${count.toLocaleString('en')}${missed > 0 ? ` (${missed.toLocaleString('en')} never heard)` : ''}`,
    Math.round(delays.requests / minutes).toLocaleString('en'),
    (processor / minutes).toFixed(1),
    ...figuresOf(delays).slice(1),
  ]
}

type Polled = {minutes: number; processor: number; delays: Delays}

function figuresOf({first, median, ninetyNinth, last}: Delays): string[] {
  return [first, median, ninetyNinth, last].map(asMilliseconds)
}
