import {useEffect, useState} from 'react'
import {catchError, finalize, map, of, repeat, shareReplay, type Observable} from 'rxjs'
import {useDocumentStore, type DocumentStore} from 'sanity'
import type {z} from 'zod'

import {apiVersion} from './currentSettings.ts'

export type Listened<Value> =
  | {state: 'loading'}
  | {state: 'ready'; value: Value}
  | {state: 'failed'; error: unknown}

type Parameters = {[name: string]: string | string[]}

/** How long a question that failed waits before it is asked again. */
const askAgainMilliseconds = 5000

/** A question that the Studio keeps asking; all who ask it with the same parameters share one listener. */
export type ListenedQuery<Value> = (
  documentStore: DocumentStore,
  params: Parameters,
) => Observable<Listened<Value>>

/**
 * Makes a question to the lake: what is asked, the filter whose changes make it be asked again (at most once in
 * `throttleTime` milliseconds), and the form of its answer, which is parsed once when it arrives. A question that
 * failed is asked again after five seconds, for as long as somebody wants the answer.
 */
export function listenedQuery<Value>({
  fetch,
  listen,
  model,
  throttleTime = 100,
}: {
  fetch: string
  listen: string
  model: z.ZodType<Value>
  throttleTime?: number
}): ListenedQuery<Value> {
  const stores = new WeakMap<DocumentStore, Map<string, Observable<Listened<Value>>>>()
  return (documentStore, params) => {
    const running = stores.get(documentStore) ?? new Map<string, Observable<Listened<Value>>>()
    stores.set(documentStore, running)
    const key = JSON.stringify(params)
    const already = running.get(key)
    if (already !== undefined) return already
    const answers = documentStore
      .listenQuery({fetch, listen}, params, {apiVersion, perspective: 'raw', throttleTime})
      .pipe(
        map((answer: unknown): Listened<Value> => {
          const {success, data, error} = model.safeParse(answer)
          return success ? {state: 'ready', value: data} : {state: 'failed', error}
        }),
        catchError((error: unknown) => of({state: 'failed' as const, error})),
        repeat({delay: askAgainMilliseconds}),
        finalize(() => running.delete(key)),
        shareReplay({bufferSize: 1, refCount: true}),
      )
    running.set(key, answers)
    return answers
  }
}

/**
 * The answer to a question, again whenever something that it speaks of has changed.
 * `params` must keep their identity between renders.
 */
export function useListened<Value>(
  query: ListenedQuery<Value>,
  params: Parameters,
): Listened<Value> {
  const documentStore = useDocumentStore()
  const [listened, setListened] = useState<Listened<Value>>({state: 'loading'})
  useEffect(() => {
    const subscription = query(documentStore, params).subscribe(setListened)
    return () => subscription.unsubscribe()
  }, [documentStore, query, params])
  return listened
}

/** What was last known of a question; it stays while the lake cannot be asked. Undefined until there is an answer. */
export function useLastKnown<Value>(listened: Listened<Value>): Value | undefined {
  const [known, setKnown] = useState<Value>()
  // In a function: a value that is one itself would be called.
  if (listened.state === 'ready' && listened.value !== known) setKnown(() => listened.value)
  return known
}
