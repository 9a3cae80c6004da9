import {describeLoad, load} from './support/load.ts'
import {withProduct} from './support/product.ts'
import type {Row} from './support/results.ts'
import {storyAddress} from './support/storyAddress.ts'

/** Queries over HTTP, as a partner's site would ask them: without a token. */
export function measureQuery(): Promise<Row[]> {
  return withProduct(async ({origin}) => {
    const slug = new URL(await storyAddress(origin)).pathname.replace('/a/', '')
    const ask = (groq: string) => {
      const search = new URLSearchParams({query: groq, $slug: JSON.stringify(slug)})
      return `${origin}/v2025-02-19/data/query/production?${search}`
    }
    const story = ask('*[_type == "article" && slug.current == $slug][0]')
    const nothing = ask('1')
    return [
      {
        what: 'the whole story by its slug, 200 requests, one after another',
        result: describeLoad(await load(story, {requests: 200, atOnce: 1}), 1),
      },
      {
        what: 'the same, 2,000 requests, 16 at once',
        result: describeLoad(await load(story, {requests: 2000, atOnce: 16}), 16),
      },
      {
        what: 'the query `1`, which reads nothing, one after another',
        result: describeLoad(await load(nothing, {requests: 200, atOnce: 1}), 1),
      },
    ]
  })
}
