import {expect, test} from 'vitest'

import {ReadTurns} from './readTurns.ts'

/** Keeps everybody waiting for so many milliseconds. */
function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test('whoever comes while many read is heard before all of them are answered; readers are answered in order', async () => {
  const turns = new ReadTurns()
  const happened: string[] = []
  const reads = Array.from({length: 20}, (_, number) =>
    turns.run(() => {
      busyFor(1)
      happened.push(`read ${number}`)
    }),
  )
  setImmediate(() => happened.push('write'))
  await Promise.all(reads)
  const answered = happened.filter((what) => what !== 'write')
  expect(answered).toEqual(reads.map((_, number) => `read ${number}`))
  expect(happened.indexOf('write')).toBeGreaterThan(-1)
  expect(happened.indexOf('write')).toBeLessThan(10)
})

test('reads that take no time are not kept waiting for a turn each', async () => {
  const turns = new ReadTurns()
  let loops = 0
  const count = () => {
    loops += 1
    if (loops < 1_000) setImmediate(count)
  }
  setImmediate(count)
  await turns.run(() => busyFor(3))
  await Promise.all(Array.from({length: 500}, (_, number) => turns.run(() => number)))
  expect(loops).toBeLessThan(100)
})

test('a read that fails fails alone', async () => {
  const turns = new ReadTurns()
  const outcomes = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((number) =>
      turns.run(() => {
        busyFor(1)
        if (number % 2 === 0) throw new Error(`no ${number}`)
        return number
      }),
    ),
  )
  expect(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'no')),
  ).toEqual([1, 'no', 3, 'no', 5])
})
