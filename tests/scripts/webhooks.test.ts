import {randomUUID} from 'node:crypto'

import {decodeSignatureHeader, isValidRequest} from '@sanity/webhook'
import {describe, expect, onTestFinished, test, vi} from 'vitest'

import {breakStory} from '../../editorial/breaking.ts'
import {breakingLog, breakingNews} from '../../editorial/documents.ts'
import {webhookDelivery} from '../../editorial/webhookDocuments.ts'
import {withdrawBreaking} from '../../editorial/withdrawing.ts'
import {keepWebhooks, type WebhookOptions} from '../../scripts/webhooks/keepWebhooks.ts'
import {articleDocument, minutesAgo, noon} from '../queries/support/stories.ts'
import {lakeInProcess} from './support/lakeInProcess.ts'
import {openReceiver, type Received} from './support/webhookReceiver.ts'

const secret = 'a secret of the partner’s'
const site = 'https://news.example'

/** A newsroom in this process, whose clock a test sets; it stands at noon. */
async function newsroom() {
  let now = new Date(noon)
  const clock = {now: () => now}
  const {clientOf} = await lakeInProcess({clock, publicUrl: site, guarded: false})
  const editor = clientOf('ann', 'administrator')
  const log: string[] = []
  const keep = (_fields: object, message: string) => log.push(message)
  /** A process that tells webhooks, until it is closed or the test is over. */
  const tell = (options: Partial<WebhookOptions> = {}) => {
    const webhooks = keepWebhooks({
      client: clientOf('webhooks', 'administrator'),
      site,
      clock,
      logger: {info: keep, warn: keep},
      settings: {
        secret: (name) => (name === 'PARTNER' ? secret : undefined),
        allowPrivate: true,
      },
      random: () => 0,
      ...options,
    })
    onTestFinished(() => webhooks.close())
    return webhooks
  }
  const publisher = {
    async breakFlash(leaseId: string) {
      const {mutations} = breakStory({
        headline: `News of ${leaseId}`,
        level: 'flash',
        minutes: 30,
        now,
        by: 'ann',
        leaseId,
        deskRevision: (await editor.getDocument('newsroom.breakingDesk'))?._rev,
        live: [],
      })
      await editor.mutate(mutations)
    },
    async withdraw(leaseId: string) {
      const {mutations} = withdrawBreaking({
        lease: breakingNews.parse(await editor.getDocument(leaseId)),
        log: breakingLog.parse(await editor.getDocument(`newsroom.lease.${leaseId}`)),
        deskRevision: (await editor.getDocument('newsroom.breakingDesk'))?._rev,
        now,
        by: 'ann',
        reason: 'It was false.',
        sentence: 'There was none.',
      })
      await editor.mutate(mutations)
    },
  }
  return {
    editor,
    publisher,
    tell,
    log,
    setClock: (time: string) => {
      now = new Date(time)
    },
    /** Lets whoever tells webhooks look at the clock again. */
    nudge: () => editor.patch('newsroom.webhooks').set({nudged: randomUUID()}).commit(),
    deliveries: async () => {
      const found = await editor.fetch('*[_type == "webhookDelivery"] | order(at asc, _id asc)')
      return webhookDelivery.array().parse(found)
    },
    async addresses(...urls: readonly string[]) {
      await editor.createOrReplace({
        _id: 'newsroom.webhooks',
        _type: 'newsroomWebhooks',
        addresses: urls.map((url, index) => ({
          _type: 'webhookAddress',
          _key: `address-${index}`,
          name: `Partner ${index}`,
          url,
          on: ['breaking', 'withdrawn', 'publish', 'update', 'correction', 'kill'],
          secretName: 'PARTNER',
          enabled: true,
          since: minutesAgo(60),
        })),
      })
    },
  }
}

/** Waits for something on a busy machine. */
const until = <Found>(look: () => Found | Promise<Found>) =>
  vi.waitUntil(look, {timeout: 15_000, interval: 20})

const correct = async ({headers, body}: Received) => await isValidRequest({headers, body}, secret)

describe('what happens is told', () => {
  test('at once, signed as @sanity/webhook verifies it, by what readers see', async () => {
    const {editor, publisher, addresses, tell, deliveries} = await newsroom()
    const receiver = await openReceiver()
    await addresses(receiver.url)
    tell()
    await publisher.breakFlash('flash')
    await until(() => receiver.received.length === 1)
    const [first] = receiver.received
    if (first === undefined) throw new Error('Nothing was received.')
    expect(await correct(first)).toBe(true)
    expect(await isValidRequest({headers: first.headers, body: first.body}, 'another')).toBe(false)
    expect(await correct({...first, body: first.body.replace('flash', 'trick')})).toBe(false)
    const signature = String(first.headers['sanity-webhook-signature'])
    expect(decodeSignatureHeader(signature).timestamp).toBe(Date.parse(noon))
    expect(first.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'dateline-event': 'breaking',
      'idempotency-key': expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(first.message).toEqual({
      id: 'breaking:flash',
      event: 'breaking',
      at: noon,
      site,
      breaking: {
        id: 'flash',
        level: 'flash',
        headline: 'News of flash',
        startsAt: noon,
        until: minutesAgo(-30),
        storyId: null,
      },
    })

    await publisher.withdraw('flash')
    await until(() => receiver.received.length === 2)
    expect(receiver.received[1]?.message).toMatchObject({
      id: 'withdrawn:flash',
      event: 'withdrawn',
      text: 'There was none.',
    })

    const story = articleDocument('story', {firstPublishedAt: minutesAgo(1)})
    await editor.create(story)
    await until(() => receiver.received.length === 3)
    await editor
      .patch('story')
      .set({
        lastUpdatedAt: noon,
        updates: [{_type: 'articleUpdate', _key: 'u1', number: 1, at: noon, note: 'More.'}],
        corrections: [
          {_type: 'correction', _key: 'c1', kind: 'correction', at: noon, text: 'Less.'},
        ],
      })
      .commit()
    await until(() => receiver.received.length === 5)
    const {_id, _type, slug, language} = story
    await editor.createOrReplace({
      _id,
      _type,
      slug,
      language,
      killed: {at: noon, notice: 'It named a child.'},
    })
    await until(() => receiver.received.length === 6)
    expect(receiver.received.slice(2).map(({message: {event, text}}) => [event, text])).toEqual([
      ['publish', undefined],
      ['update', 'More.'],
      ['correction', 'Less.'],
      ['kill', 'It named a child.'],
    ])
    await until(async () => (await deliveries()).every(({state}) => state === 'delivered'))
    expect(JSON.stringify(receiver.received)).not.toContain('It was false.')
  })

  test('to those who asked for it and since they did, never twice, whoever else tells', async () => {
    const {editor, publisher, addresses, tell, deliveries, setClock} = await newsroom()
    const [all, some] = [await openReceiver(), await openReceiver()]
    await editor.create(articleDocument('old', {firstPublishedAt: minutesAgo(90)}))
    await editor.create(articleDocument('older', {firstPublishedAt: minutesAgo(60 * 48)}))
    await addresses(all.url, some.url)
    await editor
      .patch('newsroom.webhooks')
      .set({'addresses[_key == "address-1"].on': ['withdrawn']})
      .unset(['addresses[_key == "address-0"].since'])
      .commit()
    tell()
    tell()
    tell()
    setClock(minutesAgo(-1))
    await publisher.breakFlash('flash')
    await until(() => all.received.length === 1)
    await publisher.withdraw('flash')
    await editor.create(articleDocument('drafts.story', {firstPublishedAt: minutesAgo(-1)}))
    await until(async () => {
      const known = await deliveries()
      return known.length === 3 && known.every(({state}) => state === 'delivered')
    })
    expect(new Set(all.events())).toEqual(new Set(['withdrawn', 'breaking']))
    expect([all.received.length, some.events()]).toEqual([2, ['withdrawn']])
  })
})

describe('an address that fails', () => {
  test('is tried again ever less often, with the same key and words, and given up after a day', async () => {
    const {publisher, addresses, tell, deliveries, setClock, nudge, log} = await newsroom()
    const receiver = await openReceiver(() => 500)
    await addresses(receiver.url)
    tell()
    await publisher.breakFlash('flash')
    /** The delivery once that many attempts have failed. */
    const failed = async (attempts: number) => {
      const isNoted = async () => {
        const [one] = await deliveries()
        return one?.attempts === attempts && one.failure !== undefined ? one : undefined
      }
      const one = await until(isNoted)
      if (one === undefined) throw new Error('There is no delivery.')
      return one
    }
    const pauses: number[] = []
    let instant = noon
    let delivery = await failed(1)
    while (delivery.state === 'waiting') {
      const next = delivery.nextAttemptAt ?? ''
      pauses.push((Date.parse(next) - Date.parse(instant)) / 1000)
      instant = next
      setClock(next)
      await nudge()
      delivery = await failed(pauses.length + 1)
    }
    expect(pauses.slice(0, 6)).toEqual([5, 10, 20, 40, 80, 160])
    expect(Math.max(...pauses)).toBe(3600)
    const day = pauses.reduce((sum, pause) => sum + pause, 0)
    expect(day).toBeGreaterThan(22.9 * 3600)
    expect(day).toBeLessThanOrEqual(24 * 3600)
    expect(delivery).toMatchObject({state: 'gaveUp', status: 500, failure: 'It answered 500.'})
    expect(new Set(receiver.received.map(({body}) => body)).size).toBe(1)
    const keys = receiver.received.map(({headers}) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
    expect(await Promise.all(receiver.received.map(correct))).not.toContain(false)
    expect(log.at(-1)).toBe('A webhook was not told. It answered 500. It is given up.')
  })

  test('holds nobody else up, and is told in the order of what happened to one flash', async () => {
    const {publisher, addresses, tell, setClock, nudge, deliveries} = await newsroom()
    const [silent, well] = [await openReceiver(() => undefined), await openReceiver()]
    await addresses(silent.url, well.url)
    const first = tell({patience: 400})
    await publisher.breakFlash('one')
    await until(() => silent.received.length === 1)
    await publisher.withdraw('one')
    await publisher.breakFlash('two')
    await until(() => well.received.length === 3)
    await until(() => silent.received.length === 2)
    expect(silent.received.map(({message}) => message.id)).toEqual(['breaking:one', 'breaking:two'])
    await until(async () => {
      const failed = (await deliveries()).filter(({failure}) => failure?.includes('0.4 seconds'))
      return failed.length === 2
    })
    silent.answers(() => 200)
    setClock(minutesAgo(-2))
    await nudge()
    await until(() => silent.received.length === 5)
    const ids = silent.received.slice(2).map(({message}) => message.id)
    expect(ids.filter((id) => id.endsWith('one'))).toEqual(['breaking:one', 'withdrawn:one'])
    await first.close()
  })

  test('leads nowhere by a redirect, and says when to come again', async () => {
    const {publisher, addresses, tell, deliveries} = await newsroom()
    const elsewhere = await openReceiver()
    const moved = await openReceiver(() => ({status: 307, headers: {location: elsewhere.url}}))
    const busy = await openReceiver(() => ({status: 429, headers: {'retry-after': '120'}}))
    await addresses(moved.url, busy.url)
    tell()
    await publisher.breakFlash('flash')
    await until(async () => {
      const known = await deliveries()
      return known.length === 2 && known.every(({failure}) => failure)
    })
    const known = await deliveries()
    const to = (name: string) => known.find((one) => one.to === name)
    expect(to('Partner 0')?.failure).toBe(
      'It answered 307, which leads elsewhere. Enter the final address.',
    )
    expect(to('Partner 1')?.nextAttemptAt).toBe(minutesAgo(-2))
    expect(elsewhere.received).toEqual([])
  })
})

describe('a process that ends', () => {
  test('leaves what was not delivered to the next one, even while it was being sent', async () => {
    const {publisher, addresses, tell, setClock, deliveries} = await newsroom()
    const receiver = await openReceiver(() => undefined)
    await addresses(receiver.url)
    tell({patience: 3000})
    await publisher.breakFlash('flash')
    await until(() => receiver.received.length === 1)
    // As if it had been killed here: what it took belongs to nobody after a while.
    receiver.answers(() => 200)
    tell()
    await publisher.breakFlash('other')
    await until(() => receiver.received.length === 2)
    expect(receiver.received[1]?.message.id).toBe('breaking:other')
    await until(async () => (await deliveries()).some(({state}) => state === 'delivered'))
    setClock(minutesAgo(-1.1))
    tell()
    await until(() => receiver.received.length === 3)
    expect(receiver.received[2]?.message.id).toBe('breaking:flash')
    await until(async () => (await deliveries()).every(({state}) => state === 'delivered'))
  })

  test('misses nothing that happens while it is away, and forgets in a week what it told', async () => {
    const {publisher, addresses, tell, setClock, deliveries} = await newsroom()
    const receiver = await openReceiver()
    await addresses(receiver.url)
    await tell().close()
    await publisher.breakFlash('meanwhile')
    setClock(minutesAgo(-60 * 20))
    const second = tell()
    await until(() => receiver.events().length === 1)
    await until(async () => (await deliveries()).every(({state}) => state === 'delivered'))
    await second.close()
    setClock(minutesAgo(-60 * 24 * 9))
    tell()
    await until(async () => (await deliveries()).length === 0)
    expect(receiver.events()).toEqual(['breaking'])
  })
})

describe('it is not sent', () => {
  test.each([
    ['without a secret', {}, /Set DATELINE_WEBHOOK_SECRET_PARTNER and start again\.$/],
    ['to this machine', {}, /127\.0\.0\.1, which is not on the public internet\./],
  ])('%s', async (what, _options, sentence) => {
    const {publisher, addresses, tell, deliveries} = await newsroom()
    const receiver = await openReceiver()
    await addresses(receiver.url)
    const without = what === 'without a secret'
    tell({settings: {secret: () => (without ? undefined : secret), allowPrivate: without}})
    await publisher.breakFlash('flash')
    await until(async () => (await deliveries())[0]?.failure !== undefined)
    expect((await deliveries())[0]?.failure).toMatch(sentence)
    expect(receiver.received).toEqual([])
  })

  test('to a name that leads to a private address, be it one of several or only the second time', async () => {
    const {publisher, addresses, tell, deliveries} = await newsroom()
    const receiver = await openReceiver()
    await addresses(
      `http://several.example:${receiver.port}/`,
      `http://turns.example:${receiver.port}/`,
    )
    const asked: string[] = []
    const resolve = async (name: string) => {
      asked.push(name)
      const first = {address: '192.0.0.9', family: 4} as const
      const home = {address: '127.0.0.1', family: 4} as const
      const elsewhere = {address: '93.184.215.14', family: 4} as const
      if (name === 'several.example') return [elsewhere, home]
      return asked.filter((one) => one === name).length === 1 ? [elsewhere] : [first, home]
    }
    tell({settings: {secret: () => secret, allowPrivate: false}, resolve, patience: 300})
    await publisher.breakFlash('flash')
    await until(async () => {
      const known = await deliveries()
      return known.length === 2 && known.every(({failure}) => failure)
    })
    const failures = (await deliveries()).map(({to, failure}) => [to, failure]).sort()
    expect(failures[0]?.[1]).toContain('several.example leads to 127.0.0.1')
    // Connected to the address that was checked, which nobody here answers at; not asked for again.
    expect(failures[1]?.[1]).toMatch(/did not answer within|could not be reached/)
    expect(asked.filter((name) => name === 'turns.example')).toHaveLength(1)
    expect(receiver.received).toEqual([])
  })
})
