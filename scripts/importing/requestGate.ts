import type {ClientConfig} from '@sanity/client'

/** What a client sends its requests with. */
export type ClientFetch = ReturnType<NonNullable<ClientConfig['resolveFetch']>>

/** A `fetch` that can be shut. */
export type RequestGate = {
  fetch: ClientFetch
  /** Refuses all further requests with `reason`; those under way go on. */
  refuse(reason: Error): void
  /** Refuses further requests and resolves once none is under way. */
  shut(): Promise<void>
}

/**
 * Stands between a program that sends requests side by side and where they go. When one of them fails, the program ends,
 * but the others are still on their way: who wants to take back what they did must know that none comes after.
 */
export function requestGate(through: ClientFetch): RequestGate {
  const underWay = new Set<Promise<unknown>>()
  let refusal: Error | undefined
  return {
    async fetch(input, init) {
      if (refusal) throw refusal
      const answer = through(input, init)
      const settled = answer.catch(() => undefined)
      underWay.add(settled)
      void settled.then(() => underWay.delete(settled))
      return await answer
    },
    refuse(reason) {
      refusal ??= reason
    },
    async shut() {
      refusal ??= new Error('The import has ended.')
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
