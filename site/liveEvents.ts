import {randomUUID} from 'node:crypto'

import type {Banner} from '../queries/breaking.ts'
import type {BreakingState} from '../queries/subscribeBreaking.ts'
import {breakingFeed, feedBanner, type FeedOptions} from './breakingFeed.ts'

/** Withdrawals that are kept for readers who come back, per process. A newsroom has a handful in a year. */
const longestMemory = 200
/** Clocks of publishers and of this server may differ by so much; whoever was away is told rather twice than never. */
const clockMargin = 60_000

export type LiveEvents = {
  /** Takes a new state in. Answers what those who are connected get: withdrawals that are new, then the state. */
  take(state: BreakingState): Uint8Array
  /** What somebody gets who connects now; `lastEventId` is the last one that they saw, if they were here before. */
  greeting(lastEventId: string | undefined): Uint8Array
  tick(): Uint8Array
}

/**
 * Writes server-sent events (WHATWG HTML, section 9.2). Each `state` is the whole list, so whoever was away lacks
 * nothing of it; each `withdrawn` comes once to those who are connected, and to those who come back after it.
 *
 * An id is `RUN.NUMBER.TIME`: this process, how many events it sent before, and when it sent this one. Within one
 * process numbers tell exactly what somebody missed; across a restart the time does, with a minute's margin.
 */
export function createLiveEvents(clock: {now(): Date}, options: FeedOptions): LiveEvents {
  const encoder = new TextEncoder()
  const run = randomUUID().slice(0, 8)
  const told: {number: number; banner: Banner}[] = []
  const known = new Set<string>()
  let number = 0
  let state: BreakingState | undefined

  const event = (name: 'state' | 'withdrawn' | 'tick', data: unknown): string => {
    number += 1
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    const id = `${run}.${number}.${clock.now().getTime().toString(36)}`
    return `id: ${id}\nevent: ${name}\ndata: ${text}\n\n`
  }
  const withdrawn = (banner: Banner) => event('withdrawn', feedBanner(banner, options))
  const stateEvent = (current: BreakingState) =>
    event('state', breakingFeed({...current, at: clock.now()}, options))

  const missed = (lastEventId: string): Banner[] => {
    const last = parseId(lastEventId)
    if (last === undefined) return []
    if (last.run === run) {
      return told.filter((one) => one.number > last.number).map(({banner}) => banner)
    }
    const since = last.time - clockMargin
    return (state?.withdrawals ?? []).filter(({startsAt}) => Date.parse(startsAt) > since)
  }

  return {
    take(next) {
      const fresh = next.withdrawals.filter(({_id}) => !known.has(_id))
      const isFirst = state === undefined
      state = next
      for (const banner of fresh) known.add(banner._id)
      // What was taken back before this process began is news to nobody who is connected.
      const events = isFirst
        ? []
        : fresh.map((banner) => {
            const written = withdrawn(banner)
            told.push({number, banner})
            return written
          })
      told.splice(0, told.length - longestMemory)
      return encoder.encode([...events, stateEvent(next)].join(''))
    },
    greeting(lastEventId) {
      const events = lastEventId === undefined ? [] : missed(lastEventId).map(withdrawn)
      return encoder.encode(
        ['retry: 2000\n\n', ...events, ...(state ? [stateEvent(state)] : [])].join(''),
      )
    },
    tick: () => encoder.encode(event('tick', clock.now().toISOString())),
  }
}

function parseId(id: string): {run: string; number: number; time: number} | undefined {
  const [, run, number, time] = /^([0-9a-z]{1,12})\.(\d{1,12})\.([0-9a-z]{1,12})$/.exec(id) ?? []
  if (run === undefined || number === undefined || time === undefined) return undefined
  return {run, number: Number(number), time: Number.parseInt(time, 36)}
}
