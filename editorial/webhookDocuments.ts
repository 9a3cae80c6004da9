import {z} from 'zod'

import {keyed, stored, storedTime} from './documents.ts'

/** What a webhook can be told of. */
export const webhookEvents = [
  'breaking',
  'withdrawn',
  'publish',
  'update',
  'correction',
  'kill',
] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** Who is told when something happens, at `newsroom.webhooks`; secrets stand in the environment, never here. */
export const newsroomWebhooks = z.looseObject({
  ...stored,
  _type: z.literal('newsroomWebhooks'),
  addresses: z
    .array(
      z.looseObject({
        _type: z.literal('webhookAddress').optional(),
        ...keyed,
        name: z.string().optional(),
        url: z.string().optional(),
        on: z.array(z.enum(webhookEvents)).optional(),
        /** NAME of `DATELINE_WEBHOOK_SECRET_NAME`. */
        secretName: z.string().optional(),
        enabled: z.boolean().optional(),
        /** Nothing that happened before is sent. */
        since: storedTime.optional(),
      }),
    )
    .optional(),
})
export type NewsroomWebhooks = z.infer<typeof newsroomWebhooks>
export type WebhookAddress = NonNullable<NewsroomWebhooks['addresses']>[number]

export const deliveryStates = ['waiting', 'delivered', 'gaveUp'] as const

/** One thing that happened, for one address, at `newsroom.delivery.<id>`: what is sent, and how that went so far. */
export const webhookDelivery = z.looseObject({
  ...stored,
  _type: z.literal('webhookDelivery'),
  /** `_key` of the address in `newsroom.webhooks`, and its name then. */
  address: z.string(),
  to: z.string().optional(),
  event: z.enum(webhookEvents),
  /** Id of the story or the lease that it is about. */
  about: z.string(),
  at: storedTime,
  /** The JSON that is sent, the same at every attempt. */
  body: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number(),
  firstAttemptAt: storedTime.optional(),
  /** Not before this; while it is being sent, when another process may take it over. */
  nextAttemptAt: storedTime.optional(),
  endedAt: storedTime.optional(),
  /** HTTP status of the last answer, and in a sentence why that was not enough. */
  status: z.number().optional(),
  failure: z.string().optional(),
})
export type WebhookDelivery = z.infer<typeof webhookDelivery>
