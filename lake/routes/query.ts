import {Hono} from 'hono'
import {z} from 'zod'

import type {QueryRequest} from '../documents/dataset.ts'
import type {JsonObject} from '../documents/document.ts'
import {httpError} from '../errors.ts'
import {answerWithJson} from './answers.ts'
import {atLeast, type LakeHonoEnv} from './environment.ts'
import {requireAdministrator} from './guards.ts'
import {queryParameters} from './queryParameters.ts'
import {readJson} from './requestBody.ts'

const postedQuery = z.object({
  query: z.string(),
  params: z.record(z.string(), z.json()).default({}),
})

/** What `resultSourceMap` may say; everything else asks for none. */
const sourceMapForms: ReadonlyMap<string, QueryRequest['sourceMap']> = new Map([
  ['true', 'index'],
  ['withKeyArraySelector', 'key'],
])

/** From this version on, a query without a perspective sees published documents only. */
const publishedByDefaultSince = '2025-02-19'

/** `GET` and `POST /data/query/:dataset`: a GROQ query (HTTP API, "Query"). */
export function queryRoutes(): Hono<LakeHonoEnv> {
  const routes = new Hono<LakeHonoEnv>()
  routes.on(['GET', 'POST'], '/data/query/:dataset', async (context) => {
    const search = new URL(context.req.url).searchParams
    const {query, params} =
      context.req.method === 'POST'
        ? await posted(context.req.raw)
        : {query: search.get('query') ?? '', params: queryParameters(search)}
    if (query.trim() === '') {
      throw httpError(400, 'queryMissing', 'The request has no query. Send GROQ as "query".')
    }
    const perspective = perspectiveOf(search.get('perspective'), context.get('apiVersion'))
    const caller = context.get('caller')
    const dataset = context.get('dataset')
    const sourceMap = sourceMapForms.get(search.get('resultSourceMap') ?? '')
    const explain = search.get('explain') === 'true'
    if (explain) requireAdministrator(caller)
    const request = {query, params, perspective, explain, sourceMap}
    const answer = await dataset.queryText(request, caller)
    if (search.get('returnQuery') === 'false') return answerWithJson(context, answer)
    return answerWithJson(context, `{"query":${JSON.stringify(query)},${answer.slice(1)}`)
  })
  return routes
}

async function posted(request: Request): Promise<{query: string; params: JsonObject}> {
  const parsed = postedQuery.safeParse(await readJson(request))
  if (parsed.success) return parsed.data
  throw httpError(
    400,
    'queryMalformed',
    'The body must be JSON with "query" and, if any, "params".',
  )
}

function perspectiveOf(given: string | null, version: string): QueryRequest['perspective'] {
  const names = (given ?? '').split(',').filter((name) => name !== '')
  if (names.length > 1 && names.includes('raw')) {
    throw httpError(
      400,
      'perspectiveInvalid',
      'The perspective "raw" cannot be combined with others.',
    )
  }
  if (names.length > 0) return names
  return [atLeast(version, publishedByDefaultSince) ? 'published' : 'raw']
}
