import type {SanityClient} from '@sanity/client'
import {useEffect, useState} from 'react'
import {
  auditTime,
  BehaviorSubject,
  combineLatest,
  map,
  retry,
  shareReplay,
  switchMap,
  type Observable,
} from 'rxjs'
import {useClient, useDocumentStore, type DocumentStore} from 'sanity'
import {z} from 'zod'

import {documentId, type Stage} from '../../editorial/documents.ts'
import {stageOf} from '../../editorial/stages.ts'
import {standings, standingsQuery, type Standings} from '../../queries/desk.ts'
import {apiVersion} from '../currentSettings.ts'
import {listenedQuery} from '../useListened.ts'

export type Standing = {stage: Stage; changeWaits: boolean}

/** Says when any story may have been moved. */
const moves = listenedQuery<string>({
  fetch: 'now()',
  listen: '*[_type == "editorialState"]',
  model: z.string(),
  throttleTime: 1000,
})

/** Rows come and go while somebody scrolls; they are asked for together. */
const gatherMilliseconds = 100
const askAgainMilliseconds = 5000

/**
 * Where the stories stand whose rows are on the screen: one question for all of them, asked again when rows come or a
 * story is moved, whatever the number of rows.
 */
class StandingsBook {
  readonly #watched = new Map<string, number>()
  readonly #ids = new BehaviorSubject<readonly string[]>([])
  readonly answers: Observable<Standings>

  constructor(client: SanityClient, documentStore: DocumentStore) {
    this.answers = combineLatest([
      this.#ids.pipe(auditTime(gatherMilliseconds)),
      moves(documentStore, {}),
    ]).pipe(
      switchMap(([ids]) =>
        client.observable.fetch<unknown>(
          standingsQuery,
          {ids, stateIds: ids.map(documentId.editorialState)},
          {perspective: 'raw', tag: 'standings'},
        ),
      ),
      map((answer) => standings.parse(answer)),
      retry({delay: askAgainMilliseconds}),
      shareReplay({bufferSize: 1, refCount: true}),
    )
  }

  /** Asks for one more story, until the function that it answers is called. */
  watch(id: string): () => void {
    this.#watched.set(id, (this.#watched.get(id) ?? 0) + 1)
    this.#ids.next([...this.#watched.keys()])
    return () => {
      const left = (this.#watched.get(id) ?? 1) - 1
      if (left > 0) return void this.#watched.set(id, left)
      // Who scrolls back finds the answer there still; the next row that comes clears this one away.
      this.#watched.delete(id)
    }
  }
}

const books = new WeakMap<DocumentStore, StandingsBook>()

/** Where a story stands, kept current; undefined until it is known. `storyId` may carry `drafts.`. */
export function useStanding(storyId: string): Standing | undefined {
  const id = documentId.published(storyId)
  const client = useClient({apiVersion})
  const documentStore = useDocumentStore()
  const [standing, setStanding] = useState<Standing>()
  useEffect(() => {
    const book = books.get(documentStore) ?? new StandingsBook(client, documentStore)
    books.set(documentStore, book)
    const unwatch = book.watch(id)
    const subscription = book.answers.subscribe((answer) =>
      setStanding((before) => {
        const now = standingOf(id, answer)
        return before?.stage === now.stage && before.changeWaits === now.changeWaits ? before : now
      }),
    )
    return () => {
      subscription.unsubscribe()
      unwatch()
    }
  }, [client, documentStore, id])
  return standing
}

function standingOf(id: string, {published, states}: Standings): Standing {
  const state = states.find((one) => one.id === id)
  return {stage: stageOf(state, published.includes(id)), changeWaits: state?.change === 'review'}
}
