import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient
let token: string

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
  const ids = Array.from({length: 2_500}, (_, index) => `n${String(index).padStart(4, '0')}`)
  await client.mutate(ids.map((_id) => ({create: {_id, _type: 'number'}})))
  await client.create({_id: 'drafts.a', _type: 'note', text: 'Ü\u2028\n'})
  await client.create({_id: 'versions.rABC.a', _type: 'note'})
  await client.create({_id: '_.groups.editors', _type: 'system.group'})
})
afterAll(() => lake.close())

async function exported(search = '', as = token) {
  const path = `/v2021-03-25/data/export/production${search}`
  const answer = await ask(lake, path, {token: as})
  const lines = answer.text.split('\n').filter((line) => line !== '')
  return {...answer, lines: lines.map((line) => JSON.parse(line))}
}

test('is a line of JSON a document: drafts, versions and system documents too, in the order of ids', async () => {
  const {status, headers, lines} = await exported()

  expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  const ids = lines.map(({_id}) => _id)
  expect(ids).toHaveLength(2_503)
  expect(ids).toEqual(ids.toSorted())
  expect(lines.find(({_id}) => _id === 'drafts.a')).toEqual(await client.getDocument('drafts.a'))
})

test('can be narrowed to types', async () => {
  const {lines} = await exported('?types=note,system.group,nothing')

  expect(lines.map(({_id}) => _id)).toEqual(['_.groups.editors', 'drafts.a', 'versions.rABC.a'])
})

test('comes page by page when a cursor is asked for, and says when it is over', async () => {
  const all = (await exported()).lines
  const pages: object[][] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const {lines} = await exported(`?nextCursor=${encodeURIComponent(cursor)}`)
    const last: {nextCursor: string} = lines.pop()
    expect(Object.keys(last)).toEqual(['nextCursor'])
    pages.push(lines)
    cursor = last.nextCursor || undefined
  }

  expect(pages.map(({length}) => length)).toEqual([1_000, 1_000, 503])
  expect(pages.flat()).toEqual(all)
  const {lines} = await exported('?types=note&nextCursor=')
  expect(lines.at(-1)).toEqual({nextCursor: ''})
})

test('is for those who are signed in', async () => {
  const answer = await ask(lake, '/v2021-03-25/data/export/production')

  expect([answer.status, answer.body]).toMatchObject([401, {error: 'Unauthorized'}])
})
