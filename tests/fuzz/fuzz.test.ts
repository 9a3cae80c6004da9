import {join} from 'node:path'

import {expect, test} from 'vitest'

import {temporaryFolder} from '../scripts/support/files.ts'
import {fuzz} from './support/fuzz.ts'

/** MiB that the server may take: it starts with about 160. */
const muchMemory = 500

// Ten minutes with ever new seeds are in tests/nightly/fuzz.test.ts.
test(
  'made-up requests at every endpoint break nothing and are never answered with 500',
  {timeout: 120_000},
  async () => {
    const data = join(temporaryFolder(), 'data')
    const {memory, ...found} = await fuzz(data, {seeds: [1, 2, 3], size: 500})
    expect(found).toMatchObject({failures: [], complaints: [], faults: []})
    expect(Math.max(...memory)).toBeLessThan(muchMemory)
  },
)
