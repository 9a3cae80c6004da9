import type {SanityClient} from '@sanity/client'

import type {WebhookAddress, WebhookDelivery} from '../../editorial/webhookDocuments.ts'
import {hour, minute} from '../../editorial/time.ts'
import type {Clock, Logger} from '../../lake/environment.ts'
import type {WebhookSettings} from '../config.ts'
import {claim, forgetOld, note, readWaiting, writeDown} from './deliveries.ts'
import type {Resolve} from './publicAddress.ts'
import {send, type Attempt} from './send.ts'

/** How long something may wait to be found when no listener told of it. */
const longestPause = minute
const pauseAfterTrouble = minute / 2
/** Messages that are on their way to one address at once. */
const atOnceToOne = 4

export type WebhookOptions = {
  /** In the perspective `raw`, of somebody who may read and write private documents. */
  client: SanityClient
  /** Public origin of the site, without a trailing slash. */
  site: string
  clock: Clock
  logger: Pick<Logger, 'info' | 'warn'>
  settings: WebhookSettings
  /** Seams for tests: how names are resolved, and how long an address may take to answer. */
  resolve?: Resolve
  patience?: number
  random?: () => number
}

export type Webhooks = {
  /** Ends it, once what is being sent has been answered. */
  close(): Promise<void>
}

/**
 * Tells the newsroom's webhooks what happens, for as long as the product runs: at once by a listener, and what was
 * missed while it did not run when it starts. Each message is sent at least once, the same way at every attempt, in the
 * order of what happened to one story or flash; between different ones there is no order. Several processes at once
 * share the work.
 */
export function keepWebhooks(options: WebhookOptions): Webhooks {
  const {client, clock, logger} = options
  const underWay = new Map<string, {address: string; sending: Promise<void>}>()
  const closing = new AbortController()
  const {signal} = closing
  let running: Promise<void> | undefined
  let asked = 0
  let timer: NodeJS.Timeout | undefined
  let trouble = ''
  let forgotAt = 0

  /** Begins what is due and answers after how many milliseconds to look again. Waits for no receiver. */
  const round = async (): Promise<number> => {
    try {
      const now = clock.now()
      const addresses = await writeDown(client, {now, site: options.site})
      const {due, next} = await readWaiting(client, now)
      for (const delivery of due) begin(delivery, addresses)
      if (Math.abs(now.getTime() - forgotAt) > hour) {
        forgotAt = now.getTime()
        await forgetOld(client, now)
      }
      trouble = ''
      const wait = next === undefined ? longestPause : Date.parse(next) - clock.now().getTime()
      return Math.max(0, Math.min(wait, longestPause))
    } catch (error) {
      say(error)
      return pauseAfterTrouble
    }
  }
  const begin = (delivery: WebhookDelivery, addresses: readonly WebhookAddress[]) => {
    const {_id, address} = delivery
    const busy = [...underWay.values()].filter((one) => one.address === address).length
    if (signal.aborted || underWay.has(_id) || busy >= atOnceToOne) return
    const send = async () => {
      await deliver(delivery, addresses, options).catch(say)
      underWay.delete(_id)
      look()
    }
    underWay.set(_id, {address, sending: send()})
  }
  /** Once, not every half a minute while an outage lasts. */
  const say = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason !== trouble) logger.warn({err: error}, 'Webhooks could not be looked after.')
    trouble = reason
  }
  const look = () => {
    clearTimeout(timer)
    asked += 1
    running ??= lookUntilDone()
  }
  const lookUntilDone = async () => {
    let pause = longestPause
    for (let seen = 0; seen < asked && !signal.aborted;) {
      seen = asked
      pause = await round()
    }
    asked = 0
    running = undefined
    if (!signal.aborted) timer = setTimeout(look, pause).unref()
  }

  const listening = client
    .listen(
      '*[_type in ["article", "breakingNews"] || _id == "newsroom.webhooks"]',
      {},
      {events: ['welcome', 'mutation'], includeResult: false, visibility: 'query'},
    )
    // What a broken listener does not tell of is found a minute later.
    .subscribe({next: look, error: (error: unknown) => logger.warn({err: error}, notHeard)})
  look()
  return {
    async close() {
      closing.abort()
      clearTimeout(timer)
      listening.unsubscribe()
      await running
      await Promise.all([...underWay.values()].map(({sending}) => sending))
    },
  }
}

const notHeard =
  'Webhooks hear of nothing at once any more; what happens is looked for every minute.'

async function deliver(
  delivery: WebhookDelivery,
  addresses: readonly WebhookAddress[],
  options: WebhookOptions,
): Promise<void> {
  const {client, clock, logger, random = Math.random} = options
  const claimed = await claim(client, delivery, clock.now())
  if (claimed === undefined) return
  const address = addresses.find(({_key}) => _key === delivery.address)
  const attempt = await attemptAt(address, claimed, options)
  const noted = await note(client, claimed, {attempt, now: clock.now(), random})
  const fields = {delivery: delivery._id, to: address?.name, event: delivery.event}
  if (attempt.ok) return
  const end = noted?.state === 'gaveUp' ? 'It is given up.' : 'It is tried again.'
  logger.warn(fields, `A webhook was not told. ${attempt.failure} ${end}`)
}

async function attemptAt(
  address: WebhookAddress | undefined,
  {_id, body, event}: WebhookDelivery,
  {clock, settings, resolve, patience}: WebhookOptions,
): Promise<Attempt> {
  if (address === undefined) {
    return {ok: false, failure: 'The address was taken off the list or is not in use.'}
  }
  const secret = settings.secret(address.secretName ?? '')
  if (secret === undefined) {
    const name = `DATELINE_WEBHOOK_SECRET_${address.secretName ?? 'NAME'}`
    return {ok: false, failure: `It has no secret to sign with. Set ${name} and start again.`}
  }
  const {allowPrivate} = settings
  const idempotencyKey = _id.slice(_id.lastIndexOf('.') + 1)
  const url = address.url ?? ''
  const now = clock.now()
  return await send({
    url,
    body,
    secret,
    idempotencyKey,
    event,
    now,
    allowPrivate,
    resolve,
    patience,
  })
}
