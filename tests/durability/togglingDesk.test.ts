import {join} from 'node:path'

import {expect, test} from 'vitest'

import {temporaryFolder} from '../scripts/support/files.ts'
import {toggleForAWhile} from './support/togglingDesk.ts'

// The night does it for a minute: tests/nightly/togglingDesk.test.ts.

test(
  'two publishers who toggle while ten editors write lose no change that was accepted',
  {timeout: 120_000},
  async () => {
    const {accepted, typed} = await toggleForAWhile(join(temporaryFolder(), 'data'), 4000)
    expect(accepted).toBeGreaterThan(2)
    expect(typed).toBeGreaterThan(10)
  },
)
