import type {MutationEvent, SanityClient} from '@sanity/client'
import {Mutation} from '@sanity/mutator'
import fc from 'fast-check'
import {applyPatch} from 'mendoza'
import {filter, firstValueFrom, ReplaySubject, type Subscription} from 'rxjs'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {isJsonObject, type JsonObject} from '../../../lake/documents/document.ts'
import {attributes, patch, propertyTimeout, propertyRuns} from '../support/documents.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient
let listening: Subscription
let count = 0
const events = new ReplaySubject<MutationEvent>()

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  const welcomed = Promise.withResolvers<void>()
  const options = {
    events: ['welcome' as const, 'mutation' as const],
    includeAllVersions: true,
    effectFormat: 'mendoza' as const,
  }
  listening = client.listen('*', {}, options).subscribe({
    next: (event) => (event.type === 'mutation' ? events.next(event) : welcomed.resolve()),
    error: welcomed.reject,
  })
  await welcomed.promise
})
afterAll(async () => {
  listening.unsubscribe()
  await lake.close()
})

const send = (path: 'mutate' | 'actions', body: object) =>
  client.request({url: `/data/${path}/production`, method: 'POST', body})

/** The order in which the operations of one patch run (HTTP API, "Mutations"). */
const order = ['set', 'setIfMissing', 'unset', 'inc', 'dec', 'insert', 'diffMatchPatch']

/** What `@sanity/mutator` makes of a patch, an operation at a time; `undefined` where it refuses one. */
function predicted(document: JsonObject, operations: object): unknown {
  const given = new Map<string, unknown>(Object.entries(operations))
  try {
    let state: unknown = document
    for (const name of order.filter((known) => given.has(known))) {
      const mutations = [{patch: {id: document['_id'], [name]: given.get(name)}}]
      state = replayed(state, {mutations})
    }
    return plain(state)
  } catch {
    return undefined
  }
}

function replayed(state: unknown, step: object): unknown {
  return new Mutation(plain(step)).apply(plain(state))
}

/** The value as JSON carries it. */
function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}

async function statusOf(request: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([request])
  return outcome.status === 'fulfilled' ? 200 : outcome.reason.statusCode
}

function ownAttributes(document: unknown): object {
  const all = isJsonObject(document) ? Object.entries(document) : []
  return Object.fromEntries(all.filter(([name]) => !['_rev', '_updatedAt'].includes(name)))
}

function withoutRevision(document: unknown): unknown {
  if (!isJsonObject(document)) return null
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== '_rev'))
}

test(
  'a patch does what @sanity/mutator says that its operations do, one after the other',
  async () => {
    const story = fc.tuple(attributes, fc.array(patch, {minLength: 1, maxLength: 4}))
    await fc.assert(
      fc.asyncProperty(story, async ([document, patches]) => {
        const id = `predicted-${(count += 1)}`
        let stored = plain(await client.create({...document, _id: id, _type: 'note'}))
        for (const operations of patches) {
          const expected = predicted(stored, operations)
          const request = send('mutate', {mutations: [{patch: {id, ...operations}}]})
          expect(await statusOf(request)).toBe(expected === undefined ? 400 : 200)
          const before = stored
          stored = plain(await client.getDocument(id))
          expect(ownAttributes(stored)).toEqual(ownAttributes(expected ?? before))
        }
      }),
      propertyRuns,
    )
  },
  propertyTimeout,
)

/** One thing that may happen to a story. What it asks of a document that is not there is refused, which is fine. */
const step = fc.oneof(
  {weight: 4, arbitrary: patch.map((operations) => ({kind: 'patch' as const, operations}))},
  {weight: 4, arbitrary: patch.map((operations) => ({kind: 'edit' as const, operations}))},
  {weight: 2, arbitrary: attributes.map((document) => ({kind: 'replace' as const, document}))},
  {weight: 2, arbitrary: fc.constant({kind: 'publish' as const})},
  {weight: 1, arbitrary: fc.constant({kind: 'unpublish' as const})},
  {weight: 1, arbitrary: fc.constant({kind: 'delete' as const})},
  {weight: 1, arbitrary: patch.map((operations) => ({kind: 'several' as const, operations}))},
)

type Step = typeof step extends fc.Arbitrary<infer Kind> ? Kind : never

function take(id: string, one: Step, transactionId: string): Promise<unknown> {
  const pair = {draftId: `drafts.${id}`, publishedId: id}
  const action = (name: string, more: object = {}) => {
    const actions = [{actionType: `sanity.action.document.${name}`, ...pair, ...more}]
    return send('actions', {actions, transactionId})
  }
  switch (one.kind) {
    case 'patch':
      return send('mutate', {mutations: [{patch: {id, ...one.operations}}], transactionId})
    case 'edit':
      return action('edit', {patch: one.operations})
    case 'replace':
      return send('mutate', {
        mutations: [{createOrReplace: {...one.document, _id: id, _type: 'note'}}],
        transactionId,
      })
    case 'publish':
    case 'unpublish':
      return action(one.kind)
    case 'delete':
      return send('mutate', {mutations: [{delete: {id}}], transactionId})
    case 'several':
      return send('mutate', {
        transactionId,
        mutations: [
          {delete: {id}},
          {createIfNotExists: {_id: id, _type: 'note', title: 'Anew', count: 0}},
          {patch: {id, ...one.operations}},
          {patch: {id: pair.draftId, ...one.operations}},
        ],
      })
  }
}

type State = {revision: string; documents: unknown[]}

/** Lives through a story; answers its documents after each transaction that was accepted. */
async function live(id: string, steps: readonly Step[]): Promise<State[]> {
  const states: State[] = []
  for (const [index, one] of steps.entries()) {
    const revision = `tx-${id}-${index}`
    const refused = await take(id, one, revision).then(
      () => false,
      () => true,
    )
    if (refused) continue
    const documents = (await client.getDocuments([id, `drafts.${id}`])).map(plain)
    // Deleting what is not there is accepted, and is no transaction.
    const changed = JSON.stringify(states.at(-1)?.documents) !== JSON.stringify(documents)
    if (changed) states.push({revision, documents})
  }
  return states
}

const stories = fc.tuple(attributes, fc.array(step, {minLength: 1, maxLength: 6}))
const lifeOf = ([document, steps]: [object, Step[]]): Step[] => [
  {kind: 'replace', document: {title: '', count: 0, ...document}},
  ...steps,
]

test(
  'whoever replays the events of a listener holds what is stored, by mutations and by effects',
  async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const id = `replayed-${(count += 1)}`
        const states = await live(id, lifeOf(story))
        const last = states.at(-1)?.documents ?? []
        await client.createOrReplace({_id: `end-${id}`, _type: 'end'})
        const heard: MutationEvent[] = []
        await firstValueFrom(
          events.pipe(
            filter((event) => {
              heard.push(event)
              return event.documentId === `end-${id}`
            }),
          ),
        )
        for (const [place, documentId] of [id, `drafts.${id}`].entries()) {
          let replica: unknown = null
          for (const event of heard.filter((one) => one.documentId === documentId)) {
            const before = withoutRevision(replica)
            const {mutations, transactionId, timestamp, previousRev, resultRev, effects} = event
            replica = replayed(replica, {
              mutations,
              transactionId,
              timestamp,
              previousRev,
              resultRev,
            })
            const after = withoutRevision(plain(replica))
            expect(applyPatch(before, plain(effects?.apply))).toEqual(after)
            expect(applyPatch(after, plain(effects?.revert))).toEqual(before)
          }
          expect(plain(replica)).toEqual(last[place] ?? null)
        }
      }),
      propertyRuns,
    )
  },
  propertyTimeout,
)

test(
  'history gives back what stood at every revision',
  async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const id = `past-${(count += 1)}`
        const states = await live(id, lifeOf(story))
        for (const {revision, documents} of states) {
          const url = `/data/history/production/documents/${id}?revision=${revision}`
          const [published = null] = plain(await client.request({url})).documents
          expect(published).toEqual(documents[0] ?? null)
          if (documents[1] === null) continue
          const draftUrl = url.replace(id, `drafts.${id}`)
          expect(plain(await client.request({url: draftUrl})).documents).toEqual([documents[1]])
        }
      }),
      propertyRuns,
    )
  },
  propertyTimeout,
)
