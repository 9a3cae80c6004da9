import type {SanityClient} from '@sanity/client'

import type {Clock} from '../../lake/environment.ts'

/** What `/healthz` answers; `reason` says in a sentence why the product is not ready. */
export type Health = {ready: boolean; reason?: string}

/** A balancer asks every few seconds; Sanity need not hear each of them. */
const believedMilliseconds = 10_000

/** Whether Sanity's hosted lake answers a query: without it there is nothing to show. */
export function hostedHealth(
  client: SanityClient,
  {projectId, dataset}: {projectId: string; dataset: string},
  clock: Clock,
): () => Promise<Health> {
  const asking = client.withConfig({timeout: 5000, maxRetries: 0})
  let last: {health: Promise<Health>; at: number} | undefined
  const ask = async (): Promise<Health> => {
    try {
      await asking.fetch('1')
      return {ready: true}
    } catch {
      const reason = `Sanity's Content Lake does not answer for project ${projectId}, dataset ${dataset}.`
      return {ready: false, reason}
    }
  }
  return () => {
    const now = clock.now().getTime()
    if (last === undefined || now - last.at >= believedMilliseconds) last = {health: ask(), at: now}
    return last.health
  }
}
