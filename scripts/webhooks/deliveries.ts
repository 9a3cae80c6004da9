import {createHash} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {documentId} from '../../editorial/documents.ts'
import {
  newsroomWebhooks,
  webhookDelivery,
  webhookEvents,
  type WebhookAddress,
  type WebhookDelivery,
} from '../../editorial/webhookDocuments.ts'
import {hour, storedTimeOf} from '../../editorial/time.ts'
import {
  messageLease,
  messageLeaseFields,
  messagesOf,
  messageStory,
  messageStoryFields,
  type WebhookMessage,
} from '../../syndication/webhookEvents.ts'
import type {Attempt} from './send.ts'

/** What happened longer ago than this is not sent any more, and what could not be sent for so long is given up. */
export const longestDelay = 24 * hour
/** How long the log of what was sent is kept: longer than `longestDelay`, or it would be sent again. */
const logKept = 7 * 24 * hour
/** While a message is being sent nobody else sends it, twice as long as an answer may take; then it is anyone's again. */
const claimLasts = 20_000
const firstPause = 5_000
const longestPause = hour

const happenedQuery = `{
  "stories": *[_type == "article" && _id in path("*")
    && (firstPublishedAt > $since || lastUpdatedAt > $since || killed.at > $since)]${messageStoryFields},
  "leases": *[_type == "breakingNews" && _id in path("*") && (startsAt > $since || withdrawn.at > $since)]${messageLeaseFields},
  "known": *[_type == "webhookDelivery" && at > $since]._id
}`

const happened = z.object({
  stories: z.array(messageStory),
  leases: z.array(messageLease),
  known: z.array(z.string()),
})

/**
 * Writes down what has happened and no address has been told of: one document for each message and address, whose id
 * follows from both, so that finding the same thing twice, or by two processes, makes one. Answers the addresses as
 * they are now. Throws the client's errors.
 */
export async function writeDown(
  client: SanityClient,
  {now, site}: {now: Date; site: string},
): Promise<WebhookAddress[]> {
  const webhooks = newsroomWebhooks.nullish().parse(await client.getDocument(documentId.webhooks))
  const listed = (webhooks?.addresses ?? []).filter(({enabled}) => enabled !== false)
  // Most newsrooms tell nobody; theirs is not searched at every change.
  if (listed.length === 0) return []
  const since = storedTimeOf(new Date(now.getTime() - longestDelay))
  const {stories, leases, known} = happened.parse(
    await client.fetch(happenedQuery, {since}, {perspective: 'raw'}),
  )
  const addresses = await withSince(client, listed, now)
  const messages = messagesOf({stories, leases}, {site, since, now: storedTimeOf(now)})
  const already = new Set(known)
  const fresh = addresses
    .flatMap((address) => messages.filter(isFor(address)).map((one) => deliveryOf(one, address)))
    .filter(({_id}) => !already.has(_id))
  for (const delivery of fresh) await client.createIfNotExists(delivery)
  return addresses
}

/** An address that somebody has just entered is told of what happens from now on. */
async function withSince(
  client: SanityClient,
  addresses: readonly WebhookAddress[],
  now: Date,
): Promise<WebhookAddress[]> {
  const since = storedTimeOf(now)
  const fresh = addresses.filter((address) => address.since === undefined)
  if (fresh.length > 0) {
    const places = fresh.map(({_key}) => [`addresses[_key == "${_key}"].since`, since])
    await client.patch(documentId.webhooks).set(Object.fromEntries(places)).commit()
  }
  return addresses.map((address) => ({since, ...address}))
}

function isFor({on = [], since}: WebhookAddress): (message: WebhookMessage) => boolean {
  return ({event, at}) => on.includes(event) && (since === undefined || at >= since)
}

function deliveryOf(message: WebhookMessage, address: WebhookAddress) {
  const {id, event, at, story, breaking} = message
  const digest = createHash('sha256').update(`${address._key} ${id}`).digest('hex').slice(0, 32)
  return {
    _id: documentId.delivery(digest),
    _type: 'webhookDelivery' as const,
    address: address._key,
    ...(address.name !== undefined && {to: address.name}),
    event,
    about: story?.id ?? breaking?.id ?? '',
    at,
    body: JSON.stringify(message),
    state: 'waiting' as const,
    attempts: 0,
  }
}

const waitingQuery = `*[_type == "webhookDelivery" && state == "waiting"] | order(at asc)`

/**
 * What is to be sent now, and when to look again at the latest. Of one story or flash only the oldest message that an
 * address still lacks: a flash that could not be told of at once must not come after its withdrawal.
 */
export async function readWaiting(
  client: SanityClient,
  now: Date,
): Promise<{due: WebhookDelivery[]; next: string | undefined}> {
  const waiting = z
    .array(webhookDelivery)
    .parse(await client.fetch(waitingQuery, {}, {perspective: 'raw'}))
  const firsts = new Map<string, WebhookDelivery>()
  for (const delivery of waiting.toSorted(inOrder)) {
    const subject = `${delivery.address} ${delivery.about}`
    if (!firsts.has(subject)) firsts.set(subject, delivery)
  }
  const instant = storedTimeOf(now)
  const isDue = ({nextAttemptAt}: WebhookDelivery) =>
    nextAttemptAt === undefined || nextAttemptAt <= instant
  const due = [...firsts.values()].filter(isDue)
  const next = [...firsts.values()]
    .flatMap(({nextAttemptAt}) => (nextAttemptAt && nextAttemptAt > instant ? [nextAttemptAt] : []))
    .sort()[0]
  return {due, next}
}

/** Of two things of the same moment the one first that the other is about: a flash, then its withdrawal. */
function inOrder(one: WebhookDelivery, other: WebhookDelivery): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1
  return webhookEvents.indexOf(one.event) - webhookEvents.indexOf(other.event)
}

/**
 * Takes a message to be sent by us alone: `undefined` when another process was faster. Throws the client's errors.
 */
export async function claim(
  client: SanityClient,
  delivery: WebhookDelivery,
  now: Date,
): Promise<WebhookDelivery | undefined> {
  const at = storedTimeOf(now)
  const claimed = {
    attempts: delivery.attempts + 1,
    firstAttemptAt: delivery.firstAttemptAt ?? at,
    nextAttemptAt: storedTimeOf(new Date(now.getTime() + claimLasts)),
  }
  return await write(client, delivery, claimed, ['status', 'failure'])
}

/** Notes what came of an attempt, and when the next one is, if there is one. Throws the client's errors. */
export async function note(
  client: SanityClient,
  claimed: WebhookDelivery,
  {attempt, now, random}: {attempt: Attempt; now: Date; random: () => number},
): Promise<WebhookDelivery | undefined> {
  const at = storedTimeOf(now)
  const status = attempt.status === undefined ? {} : {status: attempt.status}
  if (attempt.ok) return await write(client, claimed, {state: 'delivered', endedAt: at, ...status})
  const next = now.getTime() + pauseAfter(claimed.attempts, attempt.retryAfter, random())
  const first = Date.parse(claimed.firstAttemptAt ?? at)
  const over = next > first + longestDelay
  return await write(client, claimed, {
    ...status,
    failure: attempt.failure,
    ...(over ? {state: 'gaveUp', endedAt: at} : {nextAttemptAt: storedTimeOf(new Date(next))}),
  })
}

/**
 * Milliseconds until the next attempt: 5 seconds after the first, twice as long after each, at most an hour; up to a
 * quarter more at random, so that not everything comes at once when an address is back. The receiver may ask for more.
 */
export function pauseAfter(attempts: number, retryAfter = 0, random = 0): number {
  const pause = Math.min(firstPause * 2 ** Math.min(attempts - 1, 20), longestPause)
  return Math.max(pause * (1 + random / 4), Math.min(retryAfter, longestPause))
}

/** Forgets what ended more than a week ago. Throws the client's errors. */
export async function forgetOld(client: SanityClient, now: Date): Promise<void> {
  const before = storedTimeOf(new Date(now.getTime() - logKept))
  const old = z
    .array(z.string())
    .parse(
      await client.fetch(
        '*[_type == "webhookDelivery" && endedAt < $before][0...500]._id',
        {before},
        {perspective: 'raw'},
      ),
    )
  if (old.length > 0) await client.mutate(old.map((id) => ({delete: {id}})))
}

async function write(
  client: SanityClient,
  {_id, _rev}: WebhookDelivery,
  set: Partial<WebhookDelivery>,
  unset: string[] = [],
): Promise<WebhookDelivery | undefined> {
  try {
    const patch = client.patch(_id).set(set).unset(unset)
    const written = await (_rev === undefined ? patch : patch.ifRevisionId(_rev)).commit()
    return webhookDelivery.parse(written)
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 409)
      return undefined
    throw error
  }
}
