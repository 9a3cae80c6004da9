import fc from 'fast-check'

import {nightly} from './nightly.ts'

/**
 * `npm test` asks the same generated cases every time, so that what fails is what somebody has changed. The night asks
 * new ones, and prints the seed of a case that fails.
 */
if (!nightly) fc.configureGlobal({seed: 23_03_2016})
