import {beforeEach, describe, expect, test} from 'vitest'

import type {Carrier} from './carrier.ts'
import {createChannelCarrier} from './channelCarrier.ts'

type Sent = {url: string; body: unknown}

/** The other side of a carrier: answers its requests, and keeps the hands of its clock. */
function createLake() {
  const sent: Sent[] = []
  const timers = new Map<() => void, number>()
  const encoder = new TextEncoder()
  let channel: ReadableStreamDefaultController<Uint8Array> | undefined
  let channelStatus = 200
  let changeStatus = 200
  let ids = 0

  async function fetch(url: string, {method, body, signal}: RequestInit): Promise<Response> {
    sent.push({url, body: typeof body === 'string' ? JSON.parse(body) : undefined})
    if (method === 'POST') return Response.json({error: 'As told'}, {status: changeStatus})
    if (channelStatus === 0) throw new TypeError('fetch failed')
    if (channelStatus !== 200) return Response.json({error: 'As told'}, {status: channelStatus})
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        channel = controller
        signal?.addEventListener('abort', () => controller.error(signal.reason))
      },
    })
    return new Response(stream)
  }

  return {
    sent,
    surroundings: {
      fetch,
      newId: () => `id-${(ids += 1)}`,
      setTimer(callback: () => void, milliseconds: number) {
        timers.set(callback, milliseconds)
        return () => {
          timers.delete(callback)
        }
      },
    },
    /** Lets a timer of this length run out, once there is one. */
    async elapse(milliseconds: number) {
      const due = () => [...timers].find(([, length]) => length === milliseconds)?.[0]
      await expect.poll(due).toBeDefined()
      const callback = due()
      if (!callback) throw new Error('The timer was taken back.')
      timers.delete(callback)
      callback()
    },
    timers: () => [...timers.values()],
    say: (text: string) => channel?.enqueue(encoder.encode(text)),
    hangUp: () => channel?.close(),
    answerChannelsWith: (status: number) => (channelStatus = status),
    answerChangesWith: (status: number) => (changeStatus = status),
  }
}

const gather = 5
const retry = 250
const silence = 45_000
const address = (search: string, dataset = 'production') =>
  `http://localhost:4200/v2025-02-19/data/listen/${dataset}?${search}`
const change = 'http://localhost:4200/v2025-02-19/data/channel/production/id-1'

let lake: ReturnType<typeof createLake>
let carrier: Carrier

beforeEach(() => {
  lake = createLake()
  carrier = createChannelCarrier('http://localhost:4200', lake.surroundings)
})

/** Opens a listener and keeps what it is told. */
function open(url: string, lastEventId?: string) {
  const told: string[] = []
  const stop = carrier.open(
    {url, ...(lastEventId === undefined ? {} : {lastEventId})},
    {
      respond: (status, body) => told.push(`respond ${status} ${body}`.trim()),
      send: (text) => told.push(text),
      end: () => told.push('end'),
    },
  )
  return {told, stop}
}

/** Lets the gathering run out and waits for so many requests in all. */
async function requests(count: number): Promise<Sent[]> {
  await expect.poll(() => lake.sent.length).toBe(count)
  return lake.sent
}

async function connected() {
  await lake.elapse(gather)
  await requests(1)
  await lake.elapse(gather)
  await requests(2)
}

test('opens one channel, asks for all that waits in one request, and passes on each listener its own', async () => {
  const first = open(address('query=*'))
  const second = open(address('query=*[0]'), '7:tx')

  await connected()

  expect(lake.sent).toEqual([
    {url: 'http://localhost:4200/v2025-02-19/data/channel/production?id=id-1', body: undefined},
    {
      url: change,
      body: {
        open: [
          {listener: '1', search: '?query=*'},
          {listener: '2', search: '?query=*[0]', lastEventId: '7:tx'},
        ],
        close: [],
      },
    },
  ])
  const text =
    'retry: 1000\n\n:\n\nlistener: 2\ncontrol: opened\ndata: {}\n\nlistener: 1\ncontrol: opened\ndata: {}\n\n' +
    'listener: 2\nid: 8:tx\nevent: mutation\ndata: {"a":"\\n"}\n\nlistener: 9\nevent: x\ndata: {}\n\n'
  for (const letter of text) lake.say(letter)
  await expect
    .poll(() => second.told)
    .toEqual(['respond 200', 'id: 8:tx\nevent: mutation\ndata: {"a":"\\n"}\n\n'])
  expect(first.told).toEqual(['respond 200'])
})

test('asks for listeners of another dataset over the same channel', async () => {
  open(address('query=*'))
  open(address('query=*', 'archive'))
  await connected()

  await lake.elapse(gather)

  const [, , last] = await requests(3)
  expect(last?.url).toBe('http://localhost:4200/v2025-02-19/data/channel/archive/id-1')
})

test('takes back what is stopped, and does not ask for what was stopped before', async () => {
  const kept = open(address('query=*'))
  const early = open(address('query=*[1]'))
  early.stop()
  await connected()
  expect(lake.sent[1]?.body).toMatchObject({open: [{listener: '1'}]})
  lake.say('listener: 1\ncontrol: opened\ndata: {}\n\n')
  await expect.poll(() => kept.told).toEqual(['respond 200'])

  kept.stop()
  await lake.elapse(gather)

  const [, , last] = await requests(3)
  expect(last).toEqual({url: change, body: {open: [], close: ['1']}})
  lake.say('listener: 1\nevent: late\ndata: {}\n\n')
  await lake.elapse(5000)
  await expect.poll(lake.timers).toContain(retry)
  expect(kept.told).toEqual(['respond 200'])
})

test('passes a refusal on as the answer to that listener alone', async () => {
  const refused = open(address('query='))
  const other = open(address('query=*'))
  await connected()

  lake.say('listener: 1\ncontrol: refused\ndata: {"status":400,"body":{"statusCode":400}}\n\n')
  lake.say('listener: 2\ncontrol: opened\ndata: {}\n\n')

  await expect.poll(() => other.told).toEqual(['respond 200'])
  expect(refused.told).toEqual(['respond 400 {"statusCode":400}'])
})

describe('when the channel is lost', () => {
  test.each([
    ['ends', () => lake.hangUp()],
    ['is silent for three keep-alives', () => lake.elapse(silence)],
  ])(
    'because it %s, open listeners end and unanswered ones are asked for again',
    async (_how, lose) => {
      const answered = open(address('query=*'))
      const unanswered = open(address('query=*[0]'))
      await connected()
      lake.say('listener: 1\ncontrol: opened\ndata: {}\n\n')
      await expect.poll(() => answered.told).toEqual(['respond 200'])

      await lose()
      await expect.poll(() => answered.told).toEqual(['respond 200', 'end'])
      await lake.elapse(retry)
      await requests(3)
      await lake.elapse(gather)

      const [, , , last] = await requests(4)
      expect(last).toEqual({
        url: change.replace('id-1', 'id-2'),
        body: {open: [{listener: '2', search: '?query=*[0]'}], close: []},
      })
      expect(unanswered.told).toEqual([])
    },
  )

  test('because the lake does not know it, or it belongs to somebody else now, a new one is opened', async () => {
    lake.answerChangesWith(410)
    const {told} = open(address('query=*'))
    await connected()

    lake.answerChangesWith(200)
    await lake.elapse(retry)
    await requests(3)
    await lake.elapse(gather)

    const [, , , last] = await requests(4)
    expect(last?.url).toBe(change.replace('id-1', 'id-2'))
    expect(told).toEqual([])
  })
})

test.each([0, 500, 503, 429])(
  'waits ever longer, up to five seconds, while the lake answers %i',
  async (status) => {
    lake.answerChannelsWith(status)
    const {told} = open(address('query=*'))
    await lake.elapse(gather)

    for (const [index, wait] of [250, 500, 1000, 2000, 4000, 5000, 5000].entries()) {
      await requests(index + 1)
      await lake.elapse(wait)
    }

    expect(told).toEqual([])
    lake.answerChannelsWith(200)
    await requests(8)
  },
)

test.each([401, 403, 404])(
  'passes a channel refused with %i on to its listeners',
  async (status) => {
    lake.answerChannelsWith(status)
    const {told} = open(address('query=*'))

    await lake.elapse(gather)

    await expect.poll(() => told).toEqual([`respond ${status} {"error":"As told"}`])
  },
)

test('passes a change refused with 401 on to the listeners that it asked for', async () => {
  lake.answerChangesWith(401)
  const {told} = open(address('query=*'))

  await connected()

  await expect.poll(() => told).toEqual(['respond 401 {"error":"As told"}'])
})
