import {createClient, type SanityClient} from '@sanity/client'
import {evaluate, parse} from 'groq-js'

/** A real client over a handful of documents: its requests are answered in process, by groq-js. */
export function clientOver(documents: readonly {_id: string}[]): SanityClient {
  return createClient({
    projectId: 'dateline',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    resolveFetch: () => async (input) => {
      const {pathname, searchParams} = new URL(addressOf(input))
      const answer = pathname.includes('/data/doc/')
        ? availability(decodeURIComponent(pathname.split('/').at(-1) ?? ''), documents)
        : await queried(searchParams, documents)
      return new Response(JSON.stringify(answer), {
        headers: {'content-type': 'application/json'},
      })
    },
  })
}

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input)
}

function availability(ids: string, documents: readonly {_id: string}[]) {
  const omitted = ids
    .split(',')
    .filter((id) => !documents.some(({_id}) => _id === id))
    .map((id) => ({id, reason: 'existence'}))
  return {documents: [], omitted}
}

async function queried(request: URLSearchParams, dataset: readonly {_id: string}[]) {
  const params = Object.fromEntries(
    [...request]
      .filter(([name]) => name.startsWith('$'))
      .map(([name, value]) => [name.slice(1), JSON.parse(value)]),
  )
  const tree = parse(request.get('query') ?? '', {params})
  const value = await evaluate(tree, {dataset, params})
  return {result: await value.get(), ms: 0}
}
