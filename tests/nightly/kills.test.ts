import {join} from 'node:path'

import {expect, test} from 'vitest'

import {killDuringBurst} from '../durability/support/killedBurst.ts'
import {temporaryFolder} from '../scripts/support/files.ts'

test(
  'twenty kills at random moments of twenty bursts, on one data folder',
  {timeout: 1_200_000},
  async () => {
    const data = join(temporaryFolder(), 'data')
    for (let kill = 1; kill <= 20; kill++) {
      const moment = 1 + Math.floor(Math.random() * 998)
      const name = `kill-${kill}-at-${moment}`
      expect(await killDuringBurst(data, {name, moment})).toEqual({stored: 1000})
    }
  },
)
