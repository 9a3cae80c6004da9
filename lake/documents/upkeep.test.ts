import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setImmediate} from 'node:timers/promises'

import Database from 'better-sqlite3'
import {expect, onTestFinished, test, vi} from 'vitest'

import type {Caller} from '../access/caller.ts'
import {openDataset} from './openDataset.ts'

const writer: Caller = {
  kind: 'internal',
  userId: 'e-writer',
  displayName: 'Writer',
  roles: [],
  reads: 'everything',
  may: () => true,
}

/** A dataset whose clock stands, and how many of its documents the text index has not taken in. */
async function datasetInStandingTime() {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']})
  const folder = mkdtempSync(join(tmpdir(), 'lake-upkeep-'))
  const file = join(folder, 'production.sqlite')
  const quiet = () => undefined
  let ids = 0
  const dataset = await openDataset({
    name: 'production',
    projectId: 'testing',
    file,
    environment: {
      clock: {now: () => new Date('2026-03-01T12:00:00.000Z')},
      logger: {debug: quiet, info: quiet, warn: quiet, error: quiet},
      newId: () => `id-${++ids}`,
    },
  })
  const reading = new Database(file, {readonly: true})
  onTestFinished(async () => {
    vi.useRealTimers()
    reading.close()
    await dataset.close()
    rmSync(folder, {recursive: true, force: true})
  })
  const waiting = reading.prepare('SELECT count(*) FROM text_waiting').pluck()
  const pieces = reading.prepare('SELECT count(DISTINCT segid) FROM text_index_idx').pluck()
  return {
    write: (count = 1) =>
      dataset.mutate(
        Array.from({length: count}, () => ({create: {_type: 'note', text: 'Pact closes schools'}})),
        {},
        writer,
      ),
    waiting: () => Number(waiting.get()),
    /** Of how many pieces the text index is made. */
    pieces: () => Number(pieces.get()),
    settled: () => dataset.settled(),
    matches: async () =>
      (
        await dataset.query(
          {query: 'count(*[text match "pact"])', params: {}, perspective: ['raw']},
          writer,
        )
      ).result,
    /** Lets time pass, and whatever became due begin. */
    async pass(milliseconds: number) {
      vi.advanceTimersByTime(milliseconds)
      await setImmediate()
      await setImmediate()
    },
    async indexed() {
      while (Number(waiting.get()) > 0) await setImmediate()
    },
  }
}

test('what was written is taken into the text index once nobody has written for a quarter of a second', async () => {
  const {write, waiting, pass, indexed} = await datasetInStandingTime()
  await pass(250)
  await write()
  await pass(200)
  await write()
  await pass(200)
  expect(waiting()).toBe(2)
  await pass(50)
  await indexed()
})

test('a writer who never pauses puts it off for ten seconds at most', async () => {
  const {write, waiting, pass, indexed} = await datasetInStandingTime()
  await pass(250)
  for (let second = 0; second < 10; second += 0.2) {
    await write()
    expect(waiting()).toBe(Math.round(second * 5) + 1)
    if (second < 9.7) await pass(200)
  }
  await pass(200)
  await indexed()
})

test('a writer who comes while it is taken in puts the rest off', async () => {
  const {write, waiting, pass, indexed} = await datasetInStandingTime()
  await pass(250)
  await write(100)
  vi.advanceTimersByTime(250)
  await write()
  await pass(0)
  const left = waiting()
  expect(left).toBeGreaterThan(0)
  await pass(249)
  expect(waiting()).toBe(left)
  await pass(1)
  await indexed()
})

test('what was taken in bit by bit is merged into one piece, and found all the same', async () => {
  const {write, pieces, settled, matches} = await datasetInStandingTime()
  for (let time = 1; time <= 12; time++) {
    await write()
    expect(await matches()).toBe(time)
  }
  expect(pieces()).toBeGreaterThan(1)
  await settled()
  expect(pieces()).toBe(1)
  expect(await matches()).toBe(12)
})
