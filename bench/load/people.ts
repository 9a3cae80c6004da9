import {setTimeout} from 'node:timers/promises'

import {connectTo} from '../support/connection.ts'
import type {Minutes} from './minutes.ts'

/** Where the product answers, a token of somebody who may write, and when to stop. */
export type Newsroom = {origin: string; token: string; minutes: Minutes; stopping: AbortSignal}

const mutatePath = '/v2025-02-19/data/mutate/production?visibility=sync'

/** When keystrokes that were not heard of yet were sent, by transaction. */
export class Unheard {
  readonly #sent = new Map<string, number>()

  send(transactionId: string): void {
    this.#sent.set(transactionId, performance.now())
  }

  /** Milliseconds since the keystroke was sent, the first time that it is heard of. */
  hear(transactionId: string): number | undefined {
    const sent = this.#sent.get(transactionId)
    this.#sent.delete(transactionId)
    return sent === undefined ? undefined : performance.now() - sent
  }

  get size(): number {
    return this.#sent.size
  }
}

/** Types into a draft, letter after letter, with a pause (milliseconds) after each answer. */
export async function edit(
  {origin, token, minutes, stopping}: Newsroom,
  {draft, pause, unheard}: {draft: string; pause: number; unheard: Unheard},
): Promise<void> {
  const connection = connectTo(origin, token)
  for (let letter = 1; !stopping.aborted; letter++) {
    const transactionId = `typed-${draft}-${letter}`
    const headline = `A headline that somebody is typing, letter ${letter}`
    const began = performance.now()
    unheard.send(transactionId)
    await connection.post(mutatePath, {
      transactionId,
      mutations: [{patch: {id: draft, set: {headline}}}],
    })
    minutes.add('keystroke', performance.now() - began)
    await setTimeout(pause)
  }
  connection.close()
}

/** Asks for one path after another, with a pause (milliseconds) after each answer. */
export async function read(
  {origin, minutes, stopping}: Newsroom,
  {kind, paths, pause}: {kind: 'query' | 'page'; paths: readonly string[]; pause: number},
): Promise<void> {
  const connection = connectTo(origin)
  // Readers do not come in step.
  await setTimeout(pause * Math.random())
  for (let turn = 0; !stopping.aborted; turn++) {
    const began = performance.now()
    await connection.get(paths[turn % paths.length] ?? '/')
    minutes.add(kind, performance.now() - began)
    await setTimeout(pause)
  }
  connection.close()
}

/** Listens to a query until it is closed; resolves once it is welcome. `hear` gets each transaction's id. */
export async function listen(
  {origin, token}: Pick<Newsroom, 'origin' | 'token'>,
  query: string,
  hear: (transactionId: string) => void,
): Promise<{close(): void}> {
  const connection = connectTo(origin, token)
  const search = new URLSearchParams({query, includeAllVersions: 'true', effectFormat: 'mendoza'})
  let pending = ''
  await new Promise<void>((resolve, reject) => {
    const receive = (text: string) => {
      const events = `${pending}${text}`.split('\n\n')
      pending = events.pop() ?? ''
      for (const event of events) {
        if (event.includes('event: welcome')) resolve()
        const transactionId = /"transactionId":"([^"]+)"/.exec(event)?.[1]
        if (transactionId !== undefined) hear(transactionId)
      }
    }
    connection.follow(`/v2025-02-19/data/listen/production?${search}`, receive).catch(reject)
  })
  return connection
}
