import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

const ledger = z.array(
  z.object({method: z.string(), path: z.string(), reason: z.string().optional()}),
)

/** Endpoints that were asked for and are missing without a reason on record, as "GET /path". */
export async function unexpectedEndpoints(client: SanityClient): Promise<string[]> {
  const entries = ledger.parse(await client.request({url: '/lake/ledger'}))
  return entries
    .filter(({reason}) => reason === undefined)
    .map(({method, path}) => `${method} ${path}`)
}
