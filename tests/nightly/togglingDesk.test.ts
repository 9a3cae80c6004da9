import {join} from 'node:path'

import {expect, test} from 'vitest'

import {toggleForAWhile} from '../durability/support/togglingDesk.ts'
import {temporaryFolder} from '../scripts/support/files.ts'

test(
  'two publishers who toggle for a minute while ten editors write lose no change that was accepted',
  {timeout: 240_000},
  async () => {
    const {accepted, refused, typed} = await toggleForAWhile(
      join(temporaryFolder(), 'data'),
      60_000,
    )
    expect(accepted).toBeGreaterThan(20)
    expect(refused).toBeGreaterThan(0)
    expect(typed).toBeGreaterThan(100)
  },
)
