import type {LiveEvent, Mutation, SanityClient} from '@sanity/client'
import {filter, firstValueFrom, ReplaySubject} from 'rxjs'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient
const closing: (() => void)[] = []
beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {apiVersion: '2025-02-19'})
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
afterAll(() => lake.close())

type Queries = {[name: string]: string}

/** A page as the live API's readers make one: it asks each query once, and again when a tag of its answer is told. */
async function openPage(
  queries: Queries,
  {perspective, includeDrafts}: {perspective: 'published' | 'drafts'; includeDrafts: boolean},
) {
  const reader = client.withConfig({perspective})
  const events = new ReplaySubject<LiveEvent>()
  const subscription = reader.live.events({includeDrafts}).subscribe(events)
  closing.push(() => subscription.unsubscribe())
  await firstValueFrom(events.pipe(filter(({type}) => type === 'welcome')))
  const tagsOf = new Map<string, readonly string[]>()
  const answers: {[name: string]: unknown} = {}

  async function fetchAgain(names: readonly string[], lastLiveEventId?: string): Promise<void> {
    for (const name of names) {
      const options = {filterResponse: false as const, ...(lastLiveEventId && {lastLiveEventId})}
      const {result, syncTags = []} = await reader.fetch(queries[name] ?? '', {}, options)
      tagsOf.set(name, syncTags)
      answers[name] = result
    }
  }
  await fetchAgain(Object.keys(queries))
  return {
    answers,
    /** Takes in the event of a transaction. Resolves to the names of the queries that were asked again. */
    async afterwards(transactionId: string): Promise<string[]> {
      const event = await firstValueFrom(
        events.pipe(filter((one) => 'id' in one && one.id.endsWith(`:${transactionId}`))),
      )
      const told = new Set<string>(event.type === 'message' ? event.tags : [])
      const old = Object.keys(queries).filter((name) =>
        tagsOf.get(name)?.some((tag) => told.has(tag)),
      )
      await fetchAgain(old, 'id' in event ? event.id : undefined)
      return old
    },
  }
}

const published = {perspective: 'published', includeDrafts: false} as const
const drafts = {perspective: 'drafts', includeDrafts: true} as const

const commit = (transactionId: string, mutation: Mutation) =>
  client.mutate([mutation], {transactionId})

const slug = (current: string) => ({_type: 'slug', current})

describe('a page asks again, of what it showed, for', () => {
  test('the document by its id, the lists of its type and what is made of all documents', async () => {
    await client.createOrReplace({_id: 'a', _type: 'story', headline: 'Old'})
    const page = await openPage(
      {
        byId: '*[_id == "a"][0].headline',
        another: '*[_id == "b"][0]',
        list: '*[_type == "story"] | order(headline).headline',
        otherList: '*[_type == "event"]._id',
        everything: 'count(*)',
      },
      published,
    )

    await client.patch('a').set({headline: 'New'}).commit({transactionId: 'tx-a'})

    expect(await page.afterwards('tx-a')).toEqual(['byId', 'list', 'everything'])
    expect(page.answers).toMatchObject({byId: 'New', list: ['New'], another: null, otherList: []})
  })

  test('the old and the new address of a document that changes its slug', async () => {
    await client.createOrReplace({_id: 'moving', _type: 'moving', slug: slug('from')})
    const page = await openPage(
      {
        from: '*[_type == "moving" && slug.current == "from"][0]._id',
        to: '*[_type == "moving" && slug.current == "to"][0]._id',
        elsewhere: '*[_type == "moving" && slug.current == "elsewhere"][0]._id',
      },
      published,
    )

    await client
      .patch('moving')
      .set({slug: slug('to')})
      .commit({transactionId: 'tx-moving'})

    expect(await page.afterwards('tx-moving')).toEqual(['from', 'to'])
    expect(page.answers).toEqual({from: null, to: 'moving', elsewhere: null})
  })

  test('a document that did not exist yet when it was referred to, and one behind it', async () => {
    const author = {_type: 'reference', _ref: 'author-to-be', _weak: true}
    await client.createOrReplace({_id: 'with-author', _type: 'signed', author})
    const page = await openPage(
      {
        name: '*[_id == "with-author"][0].author->name',
        employer: '*[_id == "with-author"][0].author->employer->name',
        bare: '*[_id == "with-author"][0]._id',
      },
      published,
    )

    const employer = {_type: 'reference', _ref: 'employer-to-be', _weak: true}
    const made = {_id: 'author-to-be', _type: 'author', name: 'Ada', employer}
    await commit('tx-author', {create: made})
    expect(await page.afterwards('tx-author')).toEqual(['name', 'employer'])
    const firm = {_id: 'employer-to-be', _type: 'firm', name: 'The Post'}
    await commit('tx-employer', {create: firm})
    expect(await page.afterwards('tx-employer')).toEqual(['employer'])

    expect(page.answers).toEqual({name: 'Ada', employer: 'The Post', bare: 'with-author'})
  })

  test('what is published, once it is: not for the writing of the draft', async () => {
    const queries = {
      story: '*[_type == "dispatch" && slug.current == "dispatch"][0].headline',
      list: '*[_type == "dispatch"].headline',
    }
    const [outside, inside] = [await openPage(queries, published), await openPage(queries, drafts)]

    const draft = {_id: 'drafts.d1', _type: 'dispatch', headline: 'One', slug: slug('dispatch')}
    await commit('tx-draft', {create: draft})
    expect(await inside.afterwards('tx-draft')).toEqual(['story', 'list'])
    await client.action(
      {actionType: 'sanity.action.document.publish', draftId: 'drafts.d1', publishedId: 'd1'},
      {transactionId: 'tx-publish'},
    )
    // Had the draft been told, its event would have come first.
    expect(await outside.afterwards('tx-publish')).toEqual(['story', 'list'])

    expect(outside.answers).toEqual({story: 'One', list: ['One']})
    expect(inside.answers).toEqual({story: 'One', list: ['One']})
  })

  test('the address of a published document that a draft without it hides, and uncovers again', async () => {
    await client.createOrReplace({_id: 'hidden', _type: 'hidden', slug: slug('hidden')})
    const page = await openPage({bySlug: '*[slug.current == "hidden"][0]._type'}, drafts)

    const cover = {_id: 'drafts.hidden', _type: 'hidden'}
    await commit('tx-cover', {create: cover})
    expect(await page.afterwards('tx-cover')).toEqual(['bySlug'])
    expect(page.answers).toEqual({bySlug: null})
    await commit('tx-uncover', {delete: {id: 'drafts.hidden'}})
    expect(await page.afterwards('tx-uncover')).toEqual(['bySlug'])
    expect(page.answers).toEqual({bySlug: 'hidden'})
  })
})
