import {closeSync, fdatasyncSync, openSync, writeSync} from 'node:fs'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'

import {withProduct} from './support/product.ts'
import type {Row} from './support/results.ts'
import {asMilliseconds, median, percentile} from './support/statistics.ts'
import {writer} from './support/writer.ts'

const count = 500

/** How long an editor's keystroke takes until it is on disk and answered, beside what the disk alone needs. */
export function measureMutations(): Promise<Row[]> {
  return withProduct(async ({origin}, dataDirectory) => {
    const client = await writer(origin, dataDirectory)
    await client.createOrReplace({_id: 'drafts.bench', _type: 'article', headline: ''})
    await patchInTurn(client, 50)
    const one = await patchInTurn(client, count)
    const began = performance.now()
    await Promise.all(Array.from({length: 4}, () => patchInTurn(client, count / 4)))
    const perSecond = count / ((performance.now() - began) / 1000)
    const disk = syncTimes(join(dataDirectory, 'bench.tmp'))
    return [
      {what: `a patch of a draft, ${count}, one after another`, result: describe(one)},
      {
        what: 'the same by four writers of one draft at once',
        result: `${Math.round(perSecond)} a second`,
      },
      {what: 'writing 4 KB to the same disk and syncing it', result: describe(disk)},
    ]
  })
}

async function patchInTurn(client: SanityClient, times: number): Promise<number[]> {
  const taken: number[] = []
  for (let number = 0; number < times; number++) {
    const began = performance.now()
    await client
      .patch('drafts.bench')
      .set({headline: `A headline that grows ${number}`})
      .commit({visibility: 'async', returnDocuments: false})
    taken.push(performance.now() - began)
  }
  return taken
}

function syncTimes(file: string): number[] {
  const descriptor = openSync(file, 'w')
  const bytes = Buffer.alloc(4096, 1)
  const taken = Array.from({length: count}, () => {
    const began = performance.now()
    writeSync(descriptor, bytes)
    fdatasyncSync(descriptor)
    return performance.now() - began
  })
  closeSync(descriptor)
  return taken
}

function describe(times: readonly number[]): string {
  return `median ${asMilliseconds(median(times))}, 95 % within ${asMilliseconds(percentile(times, 0.95))}`
}
