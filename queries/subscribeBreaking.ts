import type {SanityClient} from '@sanity/client'

import {
  bannersAt,
  fetchLeases,
  nextBannerEdge,
  withdrawalsAmong,
  type Banner,
  type Lease,
} from './breaking.ts'

/** What readers see now: the whole list, so that whoever misses one state loses nothing with the next. */
export type BreakingState = {
  /** The first one on top; empty when there is no breaking news. */
  banners: readonly Banner[]
  /** What was taken back in the last hours, the earliest first, also when it is no banner any more. */
  withdrawals: readonly Banner[]
  /** When this was true, by the clock that decides what readers see. */
  at: Date
}

export type SubscribeOptions = {
  clock: {now(): Date}
  /** Told of every failure that is being retried. */
  onError?: (error: unknown) => void
  /** Runs something after some milliseconds and returns the way to stop it; tests hand in their own. */
  schedule?: Schedule
}

export type Schedule = (milliseconds: number, run: () => void) => () => void

/** However far the next edge is, the clock is looked at again after this long: clocks get set. */
const longestWait = 10_000
const firstRetry = 500
const longestRetry = 15_000

/**
 * Calls back with the breaking news that readers see: once when it is known, then whenever it changes, be it
 * by an editor or by a lease's start or end. Follows changes by `client.listen`; reconnects by itself, asks
 * again after every reconnect, and never tells the same list twice. Returns the way to stop.
 */
export function subscribeBreaking(
  client: SanityClient,
  {clock, onError = () => {}, schedule = afterMilliseconds}: SubscribeOptions,
  callback: (state: BreakingState) => void,
): () => void {
  let stopped = false
  let leases: Lease[] | undefined
  let told: string | undefined
  let asking = false
  let askAgain = false
  let retryIn = firstRetry
  let stopTimer = () => {}
  let stopRetry = () => {}
  let stopListening = () => {}

  const tell = () => {
    stopTimer()
    if (leases === undefined) return
    const now = clock.now()
    const banners = bannersAt(leases, now)
    const list = JSON.stringify(banners)
    stopTimer = schedule(waitUntil(nextBannerEdge(leases, now), now), tell)
    if (list === told) return
    told = list
    callback({banners, withdrawals: withdrawalsAmong(leases), at: now})
  }

  /** One question at a time; what changed while it was asked is asked for again. */
  const ask = async () => {
    askAgain = true
    if (asking) return
    asking = true
    try {
      while (askAgain) {
        askAgain = false
        leases = await fetchLeases(client, clock.now())
        if (stopped) return
        retryIn = firstRetry
        tell()
      }
    } catch (error) {
      if (stopped) return
      onError(error)
      retry(() => void ask())
    } finally {
      asking = false
    }
  }

  const retry = (run: () => void) => {
    stopRetry()
    stopRetry = schedule(retryIn, run)
    retryIn = Math.min(retryIn * 2, longestRetry)
  }

  const listen = () => {
    stopListening()
    const changes = client.listen(
      '*[_type == "breakingNews"]',
      {},
      {events: ['welcome', 'mutation'], includeResult: false, visibility: 'query'},
    )
    const listening = changes.subscribe({
      next: () => void ask(),
      error: (error: unknown) => {
        if (stopped) return
        onError(error)
        retry(listen)
      },
    })
    stopListening = () => listening.unsubscribe()
  }

  listen()
  return () => {
    stopped = true
    stopTimer()
    stopRetry()
    stopListening()
  }
}

function waitUntil(edge: Date | undefined, now: Date): number {
  if (edge === undefined) return longestWait
  return Math.min(Math.max(edge.getTime() - now.getTime(), 1), longestWait)
}

const afterMilliseconds: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}
