import {withHello} from './support/hello.ts'
import {describeLoad, load, type Load} from './support/load.ts'
import {withProduct} from './support/product.ts'
import type {Row} from './support/results.ts'
import {median} from './support/statistics.ts'
import {storyAddress} from './support/storyAddress.ts'

const runs = [
  {name: 'one after another', requests: 200, atOnce: 1},
  {name: '16 at once', requests: 2000, atOnce: 16},
] as const

/** A reader's story page, against the least that the same web framework can answer. */
export function measureStory(): Promise<Row[]> {
  return withProduct(({origin}) =>
    withHello(async (hello) => {
      const story = await storyAddress(origin)
      const rows: Row[] = []
      for (const {name, requests, atOnce} of runs) {
        const bare = await load(`${hello}/`, {requests, atOnce})
        const page = await load(story, {requests, atOnce})
        rows.push(
          {what: `story page, ${requests} requests, ${name}`, result: describeLoad(page, atOnce)},
          {
            what: `a bare page of the same web framework, ${name}`,
            result: `${describeLoad(bare, atOnce)}; the story page takes ${ratio(page, bare)} times as long`,
          },
        )
      }
      return rows
    }),
  )
}

function ratio(page: Load, bare: Load): string {
  return (median(page.times) / median(bare.times)).toFixed(1)
}
