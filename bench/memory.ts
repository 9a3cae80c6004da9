import {setTimeout} from 'node:timers/promises'

import {load} from './support/load.ts'
import {residentMegabytes, withProduct} from './support/product.ts'
import type {Row} from './support/results.ts'
import {storyAddress} from './support/storyAddress.ts'

const restMilliseconds = 10_000

/** Resident memory of the server's process when nobody asks for anything. */
export function measureMemory(): Promise<Row[]> {
  return withProduct(async ({origin, pid}) => {
    await setTimeout(restMilliseconds)
    const afterStart = residentMegabytes(pid)
    const story = await storyAddress(origin)
    await load(story, {requests: 2000, atOnce: 16})
    await setTimeout(restMilliseconds)
    return [
      {what: 'ten seconds after a start with one story', result: `${afterStart} MB`},
      {
        what: 'ten seconds after 2,000 story pages, 16 at once',
        result: `${residentMegabytes(pid)} MB`,
      },
    ]
  })
}
