import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient
let token: string

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'published'})
  token = await lake.tokenFor('editor')
  for (const _id of ['a', 'drafts.a', 'versions.rABC.a', 'b']) {
    await client.create({_id, _type: 'note'})
  }
})
afterAll(() => lake.close())

async function doc(ids: string, search = '') {
  const {status, body} = await ask(lake, `/v2025-02-19/data/doc/production/${ids}${search}`, {
    token,
  })
  return [status, body]
}

const document = (_id: string) => expect.objectContaining({_id, _type: 'note'})
const absent = (id: string) => ({id, reason: 'existence'})

test('documents come by their own ids, whatever the perspective, and the rest is named', async () => {
  expect(await doc('a,drafts.a,drafts.b,c')).toEqual([
    200,
    {
      documents: [document('a'), document('drafts.a')],
      omitted: [absent('drafts.b'), absent('c')],
    },
  ])
})

test('all of them missing is 200 as well, on which the form opens empty', async () => {
  expect(await doc('c,drafts.c')).toEqual([
    200,
    {documents: [], omitted: [absent('c'), absent('drafts.c')]},
  ])
  expect(await client.getDocument('c')).toBeUndefined()
  expect(await client.getDocuments(['a', 'c', 'a'])).toEqual([document('a'), null, document('a')])
})

test('an id that no document can have is missing, and does not spoil the others', async () => {
  const ids = ['a', 'a b', '-', 'a..b', 'x'.repeat(200), 'ü']

  expect(await doc(ids.map(encodeURIComponent).join(','))).toEqual([
    200,
    {documents: [document('a')], omitted: ids.slice(1).map(absent)},
  ])
})

test('without content only ids come, which is all that availability asks for', async () => {
  expect(await doc('a,c', '?excludeContent=true&tag=availability')).toEqual([
    200,
    {documents: [{_id: 'a'}], omitted: [absent('c')]},
  ])
  expect(await client.documentsExists(['a', 'c', 'drafts.a'])).toEqual(new Set(['a', 'drafts.a']))
})

test('all versions of a document come at once when they are asked for', async () => {
  expect(await client.getDocument('a', {includeAllVersions: true})).toEqual([
    document('a'),
    document('drafts.a'),
    document('versions.rABC.a'),
  ])
  expect(await client.getDocument('c', {includeAllVersions: true})).toEqual([])
  expect(await client.getDocument('a', {releaseId: 'rABC'})).toEqual(document('versions.rABC.a'))
})

test('what was written is read at once', async () => {
  for (let round = 0; round < 20; round += 1) {
    await client.patch('b').set({round}).commit({visibility: 'async'})
    expect(await client.getDocument('b')).toMatchObject({round})
  }
})
