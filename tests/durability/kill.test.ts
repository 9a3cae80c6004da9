import {join} from 'node:path'

import {expect, test} from 'vitest'

import {temporaryFolder} from '../scripts/support/files.ts'
import {killDuringBurst} from './support/killedBurst.ts'

test(
  'kill -9 in a burst of 1,000 mutations by two clients loses nothing that was acknowledged',
  {timeout: 120_000},
  async () => {
    const moment = 1 + Math.floor(Math.random() * 998)
    const data = join(temporaryFolder(), 'data')
    expect(await killDuringBurst(data, {name: `killed-at-${moment}`, moment})).toEqual({
      stored: 1000,
    })
  },
)
