import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {webhookDelivery, type WebhookDelivery} from '../editorial/webhookDocuments.ts'
import {readAnswer} from './answer.ts'

/** The newest first, at most `$limit` of them; for those who may read private documents. */
export const deliveriesQuery = defineQuery(
  `*[_type == "webhookDelivery"] | order(at desc, _id asc)[0...$limit]`,
)

/** What webhooks were told and what still waits, for a desk. Throws `QueryAnswerError` and the client's errors. */
export async function fetchDeliveries(
  client: SanityClient,
  {limit = 20}: {limit?: number} = {},
): Promise<WebhookDelivery[]> {
  const answer: unknown = await client.fetch(deliveriesQuery, {limit}, {perspective: 'raw'})
  return readAnswer('deliveries to webhooks', z.array(webhookDelivery), answer)
}
