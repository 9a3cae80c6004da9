import {join} from 'node:path'

import {isValidRequest} from '@sanity/webhook'
import {expect, test, vi} from 'vitest'

import {breakStory} from '../../editorial/breaking.ts'
import {temporaryFolder} from './support/files.ts'
import {clientFor, startProduct} from './support/product.ts'
import {runScript} from './support/script.ts'
import {openReceiver} from './support/webhookReceiver.ts'

const secret = 'of the partner’s own'
const env = {DATELINE_WEBHOOK_SECRET_PARTNER: secret, DATELINE_WEBHOOK_PRIVATE: 'allow'}
const until = <Found>(look: () => Found | Promise<Found>) =>
  vi.waitUntil(look, {timeout: 30_000, interval: 50})

test(
  'what a webhook was not told when the server was killed it is told by the next one',
  {timeout: 150_000},
  async () => {
    const data = join(temporaryFolder(), 'data')
    const webhook = (...args: string[]) => runScript('webhook', [...args, '--data', data])
    const receiver = await openReceiver(() => undefined)
    const first = await startProduct(['--data', data, '--no-seed'], {env})
    const how = ['--on', 'breaking,withdrawn', '--secret', 'PARTNER']
    const added = await webhook('add', 'Partner', receiver.url, ...how)
    expect(added.out).toBe(
      '“Partner” is told of breaking, withdrawn from now on. The server signs with the secret in DATELINE_WEBHOOK_SECRET_PARTNER.\n',
    )
    const client = await clientFor(first, data)
    // Whoever tells has seen the new address when it has noted since when.
    await until(async () => {
      const found = await client.getDocument('newsroom.webhooks')
      return found?.['addresses']?.[0]?.since !== undefined
    })
    const {id: by} = await client.request<{id: string}>({url: '/users/me'})
    const {mutations} = breakStory({
      headline: 'Harbour closed',
      level: 'flash',
      minutes: 30,
      now: new Date(),
      by,
      leaseId: 'harbour',
      deskRevision: undefined,
      live: [],
    })
    await client.mutate(mutations)
    await until(() => receiver.received.length === 1)
    first.script.kill('SIGKILL')
    await first.script.ended

    receiver.answers(() => 200)
    const second = await startProduct(['--data', data, '--no-seed'], {env})
    // As soon as nobody can be sending it any more.
    await vi.waitUntil(() => receiver.received.length === 2, {timeout: 75_000, interval: 200})
    const [before, after] = receiver.received
    expect(after?.body).toBe(before?.body)
    expect(after?.headers['idempotency-key']).toBe(before?.headers['idempotency-key'])
    expect(await isValidRequest({headers: after?.headers ?? {}, body: after?.body}, secret)).toBe(
      true,
    )
    await until(async () => (await webhook('log')).out.includes('delivered  2×'))
    expect((await webhook('remove', 'Partner')).out).toBe('“Partner” is told nothing more.\n')
    expect((await webhook('list')).out).toBe('There are no webhooks yet.\n')
    expect(await second.stop()).toMatchObject({code: 0})
  },
)

test('a webhook that could not work is not added, and the sentence says why', async () => {
  const data = join(temporaryFolder(), 'data')
  const add = async (...args: string[]) => {
    const {code, err} = await runScript('webhook', ['add', ...args, '--data', data])
    return [code, err.trim()]
  }
  expect(await add('a', 'ftp://a.example', '--on', 'kill', '--secret', 'A')).toEqual([
    1,
    '“ftp://a.example” is no address. Begin it with https://.',
  ])
  expect(await add('a', 'https://a.example', '--on', 'lunch', '--secret', 'A')).toEqual([
    1,
    '--on takes some of breaking,withdrawn,publish,update,correction,kill, as in --on breaking.',
  ])
  expect(await add('a', 'https://a.example', '--on', 'kill')).toEqual([
    1,
    '--secret takes a name of capital letters, digits and _.',
  ])
})
