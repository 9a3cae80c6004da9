import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {createVariantCache} from './variantCache.ts'

const limits = {bytes: 250, together: 2, waiting: 1}
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'variants-'))
})

afterEach(() => rm(folder, {recursive: true}))

/** A way to make something, that waits until it is let go. */
function held(bytes = 100) {
  const {promise, resolve} = Promise.withResolvers<Buffer>()
  let made = 0
  return {
    make: () => {
      made += 1
      return promise
    },
    finish: () => resolve(Buffer.alloc(bytes)),
    made: () => made,
  }
}

const make = async () => Buffer.alloc(100)
const notAgain = () => Promise.reject(new Error('It was made again.'))

test('makes what is asked for at once only once, and never again', async () => {
  const cache = createVariantCache(folder, limits)
  const work = held()

  const both = Promise.all([cache.get('a', work.make), cache.get('a', work.make)])
  work.finish()

  expect((await both).map(({byteLength}) => byteLength)).toEqual([100, 100])
  expect(work.made()).toBe(1)
  expect((await cache.get('a', notAgain)).byteLength).toBe(100)
  const afterRestart = createVariantCache(folder, limits)
  expect((await afterRestart.get('a', notAgain)).byteLength).toBe(100)
})

test('drops what was not asked for longest when the folder is full', async () => {
  const cache = createVariantCache(folder, limits)
  await cache.get('a', make)
  await cache.get('b', make)
  await cache.get('a', notAgain)

  await cache.get('c', make)

  await cache.get('a', notAgain)
  await expect(cache.get('b', notAgain)).rejects.toThrow('It was made again.')
  expect(await readdir(folder)).toHaveLength(2)
})

test('turns away what would wait too long, and works on afterwards', async () => {
  const cache = createVariantCache(folder, limits)
  const work = held()
  const admitted = ['a', 'b', 'c'].map((name) => cache.get(name, work.make))
  await expect.poll(work.made).toBe(2)

  await expect(cache.get('d', make)).rejects.toMatchObject({code: 'tooBusy', status: 503})

  work.finish()
  await Promise.all(admitted)
  expect((await cache.get('d', make)).byteLength).toBe(100)
})

test('does not remember what failed', async () => {
  const cache = createVariantCache(folder, limits)

  await expect(cache.get('a', notAgain)).rejects.toThrow('It was made again.')

  expect((await cache.get('a', make)).byteLength).toBe(100)
})

test('clears away what an interrupted process left half made', async () => {
  await writeFile(join(folder, `${'0'.repeat(64)}.1.part`), 'half')
  const cache = createVariantCache(folder, limits)

  await cache.get('a', make)

  expect(await readdir(folder)).toHaveLength(1)
})
