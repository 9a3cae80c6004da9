import {afterEach, expect, test, vi} from 'vitest'

import {subscribeBreaking, type BreakingState} from '../../queries/subscribeBreaking.ts'
import {memoryLake, type MemoryLake} from './support/memoryLake.ts'
import {leaseDocument, minutesAgo, noon} from './support/stories.ts'

let stop = () => {}
afterEach(() => stop())

/** A clock, and timers that do not hang on it: time passes when the test says so, and clocks get set. */
function handTime(start = noon) {
  let now = Date.parse(start)
  let jumped = 0
  const timers = new Set<{at: number; run: () => void}>()
  return {
    clock: {now: () => new Date(now + jumped)},
    schedule: (milliseconds: number, run: () => void) => {
      const timer = {at: now + milliseconds, run}
      timers.add(timer)
      return () => timers.delete(timer)
    },
    /** Somebody sets the clock; timers go on as they were. */
    jump(milliseconds: number) {
      jumped += milliseconds
    },
    pass(milliseconds: number) {
      this.set(new Date(now + milliseconds).toISOString())
    },
    timerCount: () => timers.size,
    /** Sets the clock and fires what is due by then. */
    set(time: string) {
      now = Date.parse(time)
      for (const timer of [...timers].sort((one, other) => one.at - other.at)) {
        if (timer.at <= now && timers.delete(timer)) timer.run()
      }
    },
  }
}

function follow(lake: MemoryLake, time = handTime()) {
  const told: {at: string; banners: string[]}[] = []
  const errors: unknown[] = []
  stop = subscribeBreaking(
    lake.client,
    {...time, onError: (error) => errors.push(error)},
    ({banners, at}: BreakingState) =>
      told.push({at: at.toISOString(), banners: banners.map(({text}) => text)}),
  )
  return {told, errors, time}
}

test('tells what is live, and what becomes and ceases to be live as time passes', async () => {
  const lake = memoryLake(
    leaseDocument('now', {headline: 'Now', until: minutesAgo(-25)}),
    leaseDocument('soon', {headline: 'Soon', startsAt: minutesAgo(-10), until: minutesAgo(-40)}),
  )
  const {told, time} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  for (const instant of [minutesAgo(-10), minutesAgo(-25), minutesAgo(-40), minutesAgo(-41)]) {
    time.set(new Date(Date.parse(instant) - 1).toISOString())
    time.set(instant)
  }
  expect(told).toEqual([
    {at: noon, banners: ['Now']},
    {at: minutesAgo(-10), banners: ['Soon', 'Now']},
    {at: minutesAgo(-25), banners: ['Soon']},
    {at: minutesAgo(-40), banners: []},
  ])
  expect(lake.questions).toHaveLength(1)
})

test('tells of nothing when nothing is live, once', async () => {
  const lake = memoryLake()
  const {told, time} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  lake.write(leaseDocument('over', {until: minutesAgo(1)}))
  await vi.waitUntil(() => lake.questions.length === 2)
  time.set(minutesAgo(-60))
  expect(told).toEqual([{at: noon, banners: []}])
})

test('tells every change by an editor', async () => {
  const lake = memoryLake()
  const {told} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  lake.write(leaseDocument('lease', {headline: 'Storm'}))
  await vi.waitUntil(() => told.length === 2)
  lake.write(leaseDocument('lease', {headline: 'Storm nears'}))
  await vi.waitUntil(() => told.length === 3)
  lake.write(leaseDocument('lease', {headline: 'Storm nears', endedAt: noon}))
  await vi.waitUntil(() => told.length === 4)
  expect(told.map(({banners}) => banners)).toEqual([[], ['Storm'], ['Storm nears'], []])
})

test('finds after a broken stream what it missed', async () => {
  const lake = memoryLake()
  const {told} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  lake.breakStreams()
  lake.writeUnheard(leaseDocument('lease', {headline: 'Storm'}))
  await vi.waitUntil(() => told.length === 2, {timeout: 10_000})
  expect(told.map(({banners}) => banners)).toEqual([[], ['Storm']])
})

test('asks again when the lake refuses, and says so to whoever looks after it', async () => {
  const lake = memoryLake()
  const {told, errors, time} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  lake.refuse(true)
  lake.write(leaseDocument('lease', {headline: 'Storm'}))
  await vi.waitUntil(() => errors.length > 0)
  lake.refuse(false)
  await vi.waitUntil(() => {
    time.set(new Date(time.clock.now().getTime() + 1000).toISOString())
    return told.length === 2
  })
  expect(told.at(-1)?.banners).toEqual(['Storm'])
})

test('a clock that jumps an hour forward and back is followed within ten seconds, both times', async () => {
  const lake = memoryLake(leaseDocument('lease', {headline: 'Storm', until: minutesAgo(-30)}))
  const {told, time} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  time.jump(60 * 60_000)
  time.pass(10_000)
  time.jump(-60 * 60_000)
  time.pass(10_000)
  time.jump(-60 * 60_000)
  time.pass(10_000)
  time.jump(60 * 60_000)
  time.pass(10_000)
  expect(told.map(({banners}) => banners)).toEqual([['Storm'], [], ['Storm'], [], ['Storm']])
  expect(lake.questions).toHaveLength(1)
})

test('stops: no timer, no listener, no further word', async () => {
  const lake = memoryLake(leaseDocument('lease', {headline: 'Storm'}))
  const {told, time} = follow(lake)
  await vi.waitUntil(() => told.length === 1)
  stop()
  await vi.waitUntil(() => lake.listenerCount() === 0)
  expect(time.timerCount()).toBe(0)
  lake.write(leaseDocument('lease', {endedAt: noon}))
  time.set(minutesAgo(-60))
  expect(told).toHaveLength(1)
})
