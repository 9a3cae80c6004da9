import {randomBytes} from 'node:crypto'
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import sharp from 'sharp'
import {expect, test, vi} from 'vitest'

import {eventReader} from '../lake/live/eventReader.ts'
import {errorOf} from '../lake/support/errorOf.ts'
import {temporaryFolder} from '../scripts/support/files.ts'
import {clientFor, startProduct} from '../scripts/support/product.ts'
import {runScript} from '../scripts/support/script.ts'
import {limitFiles} from './support/diskLimit.ts'
import {readLog} from './support/log.ts'
import {refuseCalls} from './support/refusingDisk.ts'

vi.setConfig({testTimeout: 120_000})

const full = refusal(
  'The disk that holds the data folder is full. Nothing of this request was stored; it can be sent again once there is space.',
)
const failing = refusal(
  'The disk that holds the data folder answers with errors. Nothing of this request was stored; look at the disk before you go on.',
)

function refusal(message: string) {
  return {status: 503, statusCode: 503, error: 'Service Unavailable', message}
}

/** The product on a new data folder, with one note in it. */
async function productWithNote() {
  const data = join(temporaryFolder(), 'data')
  const product = await startProduct(['--data', data, '--no-seed'])
  const client = await clientFor(product, data)
  await note(client, 'before')
  return {data, product, client, file: join(data, 'datasets', 'production.sqlite')}
}

function note(client: SanityClient, id: string): Promise<unknown> {
  return client
    .transaction()
    .transactionId(`t-${id}`)
    .create({_id: id, _type: 'note'})
    .commit({returnDocuments: false})
}

const names = Array.from({length: 20}, (_, index) => `note-${String(index).padStart(2, '0')}`)
const noteIds = '*[_type == "note"] | order(_id)._id'

async function expectHealthy(data: string): Promise<void> {
  expect(await runScript('doctor', ['--data', data, '--thorough'])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('\nNothing is wrong.\n'),
  })
}

/** A stream of the transactions that change notes. */
async function followNotes(client: SanityClient) {
  const search = new URLSearchParams({query: '*[_type == "note"]', includeMutations: 'false'})
  const {token} = client.config()
  const events = eventReader(
    await fetch(client.getUrl(`/data/listen/production?${search}`), {
      headers: {authorization: `Bearer ${token}`},
    }),
  )
  await events.next()
  return {
    async take(count: number): Promise<string[]> {
      const taken = await events.take(count)
      return taken.map(({data}) => String(Object(data).transactionId))
    },
    close: () => events.close(),
  }
}

test.each([
  {error: 'ENOSPC', calls: 'pwrite64', refused: full},
  {error: 'EROFS', calls: 'pwrite64', refused: failing},
  {error: 'EIO', calls: 'fsync,fdatasync', refused: failing},
])(
  'while the disk answers $calls with $error writers get 503, readers read, and it goes on as if nothing had been',
  async ({error, calls, refused}) => {
    const {data, product, client, file} = await productWithNote()
    const listener = await followNotes(client)
    const disk = await refuseCalls(product.script.pid, {
      calls,
      error,
      files: [file, `${file}-wal`],
    })
    const answers = await Promise.all(names.map((name) => errorOf(note(client, name))))
    expect(answers).toEqual(names.map(() => refused))
    expect(await client.fetch(noteIds)).toEqual(['before'])
    expect(await client.getDocuments(names)).toEqual(names.map(() => null))

    await disk.recover()
    await note(client, 'after')
    for (const name of names) await note(client, name)
    const order = ['t-after', ...names.map((name) => `t-${name}`)]
    expect(await client.fetch(noteIds)).toEqual(['after', 'before', ...names])
    expect(await listener.take(order.length)).toEqual(order)
    await listener.close()
    expect(await product.stop()).toMatchObject({code: 0})
    await expectHealthy(data)
    expect(readLog(file)).toEqual(['t-before', ...order])
  },
)

test('what a disk refused to synchronise is not there after a kill either', async () => {
  const {data, product, client, file} = await productWithNote()
  await refuseCalls(product.script.pid, {
    calls: 'fsync,fdatasync',
    error: 'EIO',
    files: [file, `${file}-wal`],
  })
  expect(await errorOf(note(client, 'refused'))).toEqual(failing)
  product.script.kill('SIGKILL')
  await product.script.ended

  await expectHealthy(data)
  const second = await startProduct(['--data', data, '--no-seed'])
  const reading = client.withConfig({apiHost: second.origin})
  expect(await reading.fetch(noteIds)).toEqual(['before'])
  await note(reading, 'refused')
  expect(await second.stop()).toMatchObject({code: 0})
  expect(readLog(file)).toEqual(['t-before', 't-refused'])
})

test('without space for more an upload is refused, what is there is served, and the product stops and starts', async () => {
  const {data, product, client, file} = await productWithNote()
  const small = await client.assets.upload('file', Buffer.from('small'), {filename: 'small.txt'})
  limitFiles(product.script.pid, 4096)
  const large = Buffer.alloc(1_000_000, 'large ')
  expect(await errorOf(client.assets.upload('file', large))).toEqual(failing)
  expect(await errorOf(note(client, 'refused'))).toEqual(failing)
  const address = (origin: string) => new URL(String(small['path']), origin)
  expect(await (await fetch(address(product.origin))).text()).toBe('small')
  expect(await client.fetch(noteIds)).toEqual(['before'])
  expect(await product.stop()).toMatchObject({code: 0})
  await expectHealthy(data)

  const second = await startProduct(['--data', data, '--no-seed'])
  const later = client.withConfig({apiHost: second.origin})
  await note(later, 'refused')
  const uploaded = await later.assets.upload('file', large)
  expect(uploaded.size).toBe(large.byteLength)
  expect(await (await fetch(address(second.origin))).text()).toBe('small')
  expect(await second.stop()).toMatchObject({code: 0})
  await expectHealthy(data)
  expect(readLog(file)).toEqual(['t-before', small._rev, 't-refused', uploaded._rev])
})

test('a picture that the disk cannot keep in another size is shown all the same, and kept once there is space', async () => {
  const {data, product, client} = await productWithNote()
  const size = {width: 200, height: 100}
  const pixels = randomBytes(size.width * size.height * 3)
  const noise = await sharp(pixels, {raw: {...size, channels: 3}})
    .png()
    .toBuffer()
  const picture = await client.assets.upload('image', noise)
  const smaller = new URL(`${String(picture['path'])}?w=100`, product.origin)
  const widthShown = async () => {
    const answer = await fetch(smaller)
    return (await sharp(await answer.arrayBuffer()).metadata()).width
  }
  const variants = join(data, 'assets', 'production', 'variants')

  limitFiles(product.script.pid, 4096)
  expect(await widthShown()).toBe(100)
  expect(await readdir(variants)).toEqual([])
  limitFiles(product.script.pid, undefined)
  expect(await widthShown()).toBe(100)
  expect(await readdir(variants)).toHaveLength(1)
  expect(await product.stop()).toMatchObject({code: 0})
})
