import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let running: RunningLake
let editor: SanityClient
let anonymous: SanityClient

beforeAll(async () => {
  running = await startLake()
  editor = await running.clientFor('editor')
  anonymous = running.anonymousClient()
})

afterAll(async () => {
  await running.close()
})

beforeEach(async () => {
  await editor
    .transaction()
    .createOrReplace({_id: 'a', _type: 'article', title: 'Published'})
    .createOrReplace({_id: 'drafts.a', _type: 'article', title: 'Secret draft'})
    .createOrReplace({_id: 'editorial.a', _type: 'state', title: 'Secret note'})
    .commit()
})

const ids = ['a', 'drafts.a', 'editorial.a']

describe('without session or token', () => {
  test.each(['published', 'raw', 'drafts'] as const)(
    'a query in the perspective %s sees published documents only',
    async (perspective) => {
      const seen = await anonymous.fetch(
        '*[_id in $ids || title match "Secret*"]{_id, title}',
        {ids},
        {perspective},
      )
      expect(seen).toEqual([{_id: 'a', title: 'Published'}])
    },
  )

  test('a query cannot count, follow or address what is private', async () => {
    await editor.createOrReplace({
      _id: 'b',
      _type: 'article',
      to: {_type: 'reference', _ref: 'drafts.a', _weak: true},
    })
    const seen = await anonymous.fetch(
      `{
        "count": count(*[_id in path("drafts.**")]),
        "followed": *[_id == "b"][0].to->title,
        "addressed": *[_id == "editorial.a"][0].title
      }`,
      {},
      {perspective: 'raw'},
    )
    expect(seen).toEqual({count: 0, followed: null, addressed: null})
    await editor.delete('b')
  })

  test('documents are fetched by id when they are published, and say no more than that', async () => {
    const answer = await fetch(`${running.url}/v2025-02-19/data/doc/production/${ids.join(',')}`)
    const body: unknown = await answer.json()
    expect(body).toMatchObject({
      documents: [{_id: 'a', title: 'Published'}],
      omitted: [{id: 'drafts.a'}, {id: 'editorial.a'}],
    })
    expect(JSON.stringify(body)).not.toContain('Secret')
  })

  test('a listener hears of published documents only', async () => {
    const heard: string[] = []
    const done = Promise.withResolvers<void>()
    const subscription = anonymous
      .listen('*', {}, {events: ['welcome', 'mutation'], includeAllVersions: true})
      .subscribe({
        next(event) {
          if (event.type === 'welcome') {
            changeAll().catch(done.reject)
            return
          }
          if (event.type !== 'mutation') return
          heard.push(event.documentId)
          if (event.documentId === 'z') done.resolve()
        },
        error: done.reject,
      })
    async function changeAll() {
      for (const id of ids) await editor.patch(id).set({changed: true}).commit()
      await editor.createOrReplace({_id: 'z', _type: 'article'})
    }
    await done.promise
    subscription.unsubscribe()
    expect(heard).toEqual(['a', 'z'])
  })

  test('nothing can be written, and the history is closed', async () => {
    const attempts = await Promise.allSettled([
      anonymous.create({_type: 'article'}),
      anonymous.patch('a').set({title: 'Defaced'}).commit(),
      anonymous.delete('a'),
      anonymous.action({
        actionType: 'sanity.action.document.publish',
        publishedId: 'a',
        draftId: 'drafts.a',
      }),
      anonymous.assets.upload('file', Buffer.from('x')),
      anonymous.request({url: '/data/history/production/documents/a?lastRevision=true'}),
    ])
    const statuses = attempts.map((attempt) =>
      attempt.status === 'rejected' ? attempt.reason.statusCode : 'done',
    )
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401])
    expect(await editor.getDocument('a')).toMatchObject({title: 'Published'})
  })
})

test('a dead session reads nothing, so that the Studio notices and signs out', async () => {
  const cookie = await running.signIn('editor', 'Emil')
  const url = `${running.url}/v2025-02-19/data/query/production?query=${encodeURIComponent('count(*)')}`
  expect((await fetch(url, {headers: {cookie}})).status).toBe(200)
  await running.lake.accounts.users.revoke('Emil')
  const answer = await fetch(url, {headers: {cookie}})
  expect({status: answer.status, body: await answer.json()}).toMatchObject({
    status: 401,
    body: {errorCode: 'SIO-401-ANF'},
  })
})

test('large answers are compressed over the wire, and not in process', async () => {
  const path = `/v2025-02-19/data/query/production?query=${encodeURIComponent('*')}`
  const headers = {'accept-encoding': 'gzip'}
  const over = await fetch(running.url + path, {headers})
  expect(over.headers.get('content-encoding')).toBe('gzip')
  const inside = await running.lake.internalFetch('anonymous')(running.url + path, {headers})
  expect(inside.headers.get('content-encoding')).toBeNull()
  expect(await inside.json()).toMatchObject({result: await anonymous.fetch('*')})
})
