import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

// Importing this file gives the importing file a lake of its own, and an editor's client and token.

export let lake: RunningLake
/** In perspective `raw`. */
export let client: SanityClient
export let token: string

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
})
afterAll(() => lake.close())
