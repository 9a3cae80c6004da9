import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

/** Counts that are told by an index or by what is kept for each type, without a document. */
let lake: RunningLake
let administrator: string

beforeAll(async () => {
  lake = await startLake()
  administrator = await lake.tokenFor('administrator')
  const client = await lake.clientFor('editor')
  const documents = ['a', 'b', 'desk.a', 'drafts.a', 'drafts.c', 'versions.summer.b']
  const transaction = client.transaction()
  for (const _id of documents) {
    const current = _id.endsWith('b') ? 'even' : 'odd'
    transaction.create({_id, _type: 'story', slug: {current}})
  }
  transaction.create({_id: 'desk.note', _type: 'note'})
  await transaction.commit()
})
afterAll(() => lake.close())

const ofType = 'count(*[_type == "story"])'
const all = 'count(*)'
const byKey = 'count(*[_type == "story" && slug.current == "odd"])'
const byKeys = 'count(*[slug.current in ["odd", "even"]])'
const further = 'count(*[_type == "story" && slug.current == "odd" && _id > "b"])'

test.each<[string, 'everybody' | 'administrator', number[]]>([
  ['published', 'everybody', [2, 2, 1, 2, 0]],
  ['published', 'administrator', [3, 4, 2, 3, 1]],
  ['raw', 'everybody', [2, 2, 1, 2, 0]],
  ['raw', 'administrator', [6, 7, 4, 6, 3]],
  ['drafts', 'administrator', [4, 5, 3, 4, 2]],
  ['summer', 'administrator', [3, 4, 2, 3, 1]],
])('in the perspective %s, for %s', async (perspective, caller, counts) => {
  const query = `[${[ofType, all, byKey, byKeys, further].join(', ')}]`
  const search = new URLSearchParams({query, perspective, returnQuery: 'false'})
  const options = caller === 'administrator' ? {token: administrator} : {}
  const {body} = await ask(lake, `/v2025-02-19/data/query/production?${search}`, options)
  expect(Object(body).result).toEqual(counts)
})

test('no document is read', async () => {
  const query = `{"byKey": ${byKey}}`
  const search = new URLSearchParams({query, explain: 'true', perspective: 'published'})
  const path = `/v2025-02-19/data/query/production?${search}`
  const {body} = await ask(lake, path, {token: administrator})
  const [selection] = Object(Object(body).explain).selections
  const {driver, sql} = Object(selection)
  expect({driver, readsDocuments: String(sql).includes('document')}).toEqual({
    driver: 'key slug.current',
    readsDocuments: false,
  })
})
