import type {Context} from 'hono'

import type {Provenance} from '../access/crossSite.ts'
import type {LakeHonoEnv} from './environment.ts'

const exposedHeaders = 'X-Sanity-Shard, Traceparent, X-Sanity-Warning, Retry-After, X-Request-Id'

/**
 * An answer of JSON text, made in one go with all that the gate would write into it afterwards. For what is asked so often
 * that it matters: `Headers` that are changed later cost more than a short answer does.
 */
export function answerWithJson(context: Context<LakeHonoEnv>, text: string): Response {
  context.set('isComplete', true)
  const headers = {
    'Content-Type': 'application/json',
    Vary: context.get('varies').join(', '),
    'Cache-Control': 'no-store',
    ...generalHeaders(context.get('requestId')),
    ...sharingHeaders(context.get('provenance')),
  }
  return new Response(text, {headers})
}

/** The headers of every answer. */
export function generalHeaders(requestId: string): {[name: string]: string} {
  return {'X-Request-Id': requestId, 'X-Content-Type-Options': 'nosniff'}
}

/** The headers that say which page may read an answer. */
export function sharingHeaders({kind, origin, cookies}: Provenance): {[name: string]: string} {
  if (origin === undefined) return {}
  return {
    'Access-Control-Allow-Origin': kind === 'foreign' ? '*' : origin,
    ...(cookies ? {'Access-Control-Allow-Credentials': 'true'} : {}),
    'Access-Control-Expose-Headers': exposedHeaders,
  }
}
