import type {SanityClient} from '@sanity/client'
import {defineQuery} from 'groq'
import {z} from 'zod'

import {webhookDelivery, type WebhookDelivery} from '../editorial/webhookDocuments.ts'
import {list, maybe, readAnswer} from './answer.ts'

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

/** How many deliveries the breaking desk shows. */
export const deliveriesOnDesk = 8

/** For the breaking desk: what was sent last, how much waits, and how much was given up of what is still in the log. */
export const deliveriesOnDeskQuery = defineQuery(`{
  "waiting": count(*[_type == "webhookDelivery" && state == "waiting"]),
  "gaveUp": count(*[_type == "webhookDelivery" && state == "gaveUp"]),
  "latest": *[_type == "webhookDelivery"] | order(at desc, _id asc)[0...${deliveriesOnDesk}]{
    _id, to, address, event, at, state, attempts, nextAttemptAt, endedAt, status, failure,
    "headline": coalesce(*[_id == ^.about][0].headline, *[_id == "drafts." + ^.about][0].headline)
  }
}`)

export const deliveriesListener = '*[_type == "webhookDelivery"]'

const deliveryOnDesk = webhookDelivery
  .pick({_id: true, address: true, event: true, at: true, state: true, attempts: true})
  .extend({
    to: maybe(z.string()),
    nextAttemptAt: maybe(z.string()),
    endedAt: maybe(z.string()),
    status: maybe(z.number()),
    failure: maybe(z.string()),
    /** Of the story or the lease that it is about; undefined when that is killed or gone. */
    headline: maybe(z.string()),
  })
export type DeliveryOnDesk = z.infer<typeof deliveryOnDesk>

export const deliveriesOnDeskAnswer = z.object({
  waiting: z.number(),
  gaveUp: z.number(),
  latest: list(deliveryOnDesk),
})
export type DeliveriesOnDesk = z.infer<typeof deliveriesOnDeskAnswer>
