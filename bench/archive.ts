import type {SanityClient} from '@sanity/client'

import {describeLoad, load} from './support/load.ts'
import {withProduct} from './support/product.ts'
import type {Row} from './support/results.ts'
import {storyAddress} from './support/storyAddress.ts'
import {writer} from './support/writer.ts'

const sizes = [100, 1000] as const

/** What readers wait for as the archive grows: the first story's copies, each with an address of its own. */
export function measureArchive(): Promise<Row[]> {
  return withProduct(async ({origin}, dataDirectory) => {
    const client = await writer(origin, dataDirectory, {filling: true})
    const address = await storyAddress(origin)
    const slug = new URL(address).pathname.replace('/a/', '')
    const rows: Row[] = []
    let stored = 1
    for (const size of sizes) {
      await copyStory(client, slug, {from: stored, to: size})
      stored = size
      for (const [what, url] of [
        ['story page', address],
        ['front page', `${origin}/`],
      ] as const) {
        const answered = await load(url, {requests: 30, atOnce: 1})
        rows.push({
          what: `${what} among ${size} published stories`,
          result: describeLoad(answered, 1),
        })
      }
    }
    return rows
  })
}

async function copyStory(
  client: SanityClient,
  slug: string,
  {from, to}: {from: number; to: number},
): Promise<void> {
  const story = await client.fetch<{_id: string; _type: string}>(
    '*[_type == "article" && slug.current == $slug][0]',
    {slug},
  )
  const perTransaction = 50
  for (let start = from; start < to; start += perTransaction) {
    const transaction = client.transaction()
    for (let number = start; number < Math.min(start + perTransaction, to); number++) {
      const copy = {_type: 'slug', current: `${slug}-${number}`}
      transaction.createOrReplace({...story, _id: `${story._id}-${number}`, slug: copy})
    }
    await transaction.commit({visibility: 'async', returnDocuments: false})
  }
}
