import {afterEach, beforeEach, expect, test, vi} from 'vitest'

import {createLakeClient} from '../../queries/client.ts'
import {subscribeBreaking, type BreakingState} from '../../queries/subscribeBreaking.ts'
import {openGate, type Gate} from '../e2e/support/gate.ts'
import {startLake, type RunningLake} from '../lake/support/startLake.ts'
import {leaseDocument} from './support/stories.ts'

let lake: RunningLake
let gate: Gate
let stop = () => {}

beforeEach(async () => {
  lake = await startLake()
  gate = await openGate(lake.url)
})
afterEach(async () => {
  stop()
  await gate.shut()
  await lake.close()
})

const until = <Found>(look: () => Found | Promise<Found>) =>
  vi.waitUntil(look, {timeout: 20_000, interval: 20})

function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString()
}

test('over HTTP, through a line that breaks again and again, every state is told once, in its order', async () => {
  const editor = await lake.clientFor('administrator', {perspective: 'raw'})
  const told: string[][] = []
  const {projectId, url} = lake
  const config = {
    lake: 'embedded',
    projectId,
    dataset: 'production',
    perspective: 'published',
  } as const
  expect(url).not.toBe(gate.origin)
  stop = subscribeBreaking(
    createLakeClient({...config, apiHost: gate.origin}),
    {clock: {now: () => new Date()}},
    ({banners}: BreakingState) => told.push(banners.map(({text}) => text)),
  )
  await until(() => told.length === 1)
  const expected: string[][] = [[]]
  for (const [round, away] of [false, true, false, true].entries()) {
    const lease = leaseDocument('lease', {
      headline: `Round ${round}`,
      startsAt: inMinutes(-1),
      until: inMinutes(30),
    })
    if (away) await gate.shut()
    await editor.createOrReplace(lease)
    if (away) await gate.reopen()
    expected.push([`Round ${round}`])
    await until(() => told.length === expected.length)
  }
  // What came and went while the line was down left nothing to tell.
  await gate.shut()
  await editor.createOrReplace(
    leaseDocument('unseen', {startsAt: inMinutes(-1), until: inMinutes(30)}),
  )
  await editor.delete('unseen')
  await gate.reopen()
  await editor
    .patch('lease')
    .set({endedAt: inMinutes(0)})
    .commit()
  expected.push([])
  await until(() => told.length >= expected.length)
  expect(told).toEqual(expected)
})

test('a lease begins and ends on its own, with nobody writing', async () => {
  const editor = await lake.clientFor('administrator', {perspective: 'raw'})
  const {projectId} = lake
  const config = {
    lake: 'embedded',
    projectId,
    dataset: 'production',
    perspective: 'published',
  } as const
  const startsAt = new Date(Date.now() + 1500).toISOString()
  const ends = new Date(Date.now() + 3000).toISOString()
  await editor.createOrReplace(leaseDocument('soon', {headline: 'Soon', startsAt, until: ends}))
  const told: {banners: string[]; at: string}[] = []
  stop = subscribeBreaking(
    createLakeClient({...config, apiHost: gate.origin}),
    {clock: {now: () => new Date()}},
    ({banners, at}) => told.push({banners: banners.map(({text}) => text), at: at.toISOString()}),
  )
  await until(() => told.length === 3)
  expect(told.map(({banners}) => banners)).toEqual([[], ['Soon'], []])
  const [, began, ended] = told.map(({at}) => at)
  expect([String(began) >= startsAt, String(ended) >= ends]).toEqual([true, true])
})
