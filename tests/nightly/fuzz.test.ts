import {join} from 'node:path'

import {expect, test} from 'vitest'

import {fuzz} from '../fuzz/support/fuzz.ts'
import {temporaryFolder} from '../scripts/support/files.ts'

const tenMinutes = 10 * 60 * 1000

/** New seeds, until the time is over. */
function* seedsFor(milliseconds: number): Generator<number> {
  const end = Date.now() + milliseconds
  while (Date.now() < end) yield Math.floor(Math.random() * 2 ** 31)
}

test(
  'ten minutes of made-up requests break nothing, are never answered with 500, and memory does not grow',
  {timeout: 3 * tenMinutes},
  async () => {
    const data = join(temporaryFolder(), 'data')
    const seeds = seedsFor(tenMinutes)
    const {memory, ...found} = await fuzz(data, {seeds, size: 500})
    expect(found).toMatchObject({failures: [], complaints: [], faults: []})
    const third = Math.floor(memory.length / 3)
    const early = Math.max(...memory.slice(0, third))
    expect(Math.max(...memory.slice(-third))).toBeLessThan(early + 150)
  },
)
