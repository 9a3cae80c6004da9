import {ClientError, type SanityClient} from '@sanity/client'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor')
})
afterAll(() => lake.close())

test('create answers the document with its own attributes set', async () => {
  const made = await client.create({_id: 'made', _type: 'note', text: 'One'})
  expect(made).toEqual({
    _id: 'made',
    _type: 'note',
    text: 'One',
    _rev: expect.any(String),
    _createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    _updatedAt: made._createdAt,
  })
  expect(await client.getDocument('made')).toEqual(made)
})

test('an id that ends in a dot becomes a prefix, and none at all is made up', async () => {
  const prefixed = await client.create({_id: 'drafts.', _type: 'note'})
  expect(prefixed._id).toMatch(/^drafts\.[0-9a-f-]{36}$/)
  expect((await client.create({_type: 'note'}))._id).toMatch(/^[0-9a-f-]{36}$/)
})

test('a document that exists is a 409 that the client knows by type', async () => {
  await client.create({_id: 'twice', _type: 'note'})
  expect(await errorOf(client.create({_id: 'twice', _type: 'note'}))).toEqual({
    status: 409,
    error: {
      type: 'mutationError',
      description: 'Mutation failed: Document by ID "twice" already exists',
      items: [
        {
          index: 0,
          error: {
            type: 'documentAlreadyExistsError',
            id: 'twice',
            description: 'Document by ID "twice" already exists',
          },
        },
      ],
    },
  })
})

test('a patch on another revision than expected changes nothing', async () => {
  const {_rev} = await client.create({_id: 'guarded', _type: 'note', count: 1})
  const patch = client.patch('guarded').ifRevisionId('other').inc({count: 1})
  expect(await errorOf(patch.commit())).toMatchObject({
    status: 409,
    error: {
      items: [
        {
          error: {
            type: 'documentRevisionIDDoesNotMatchError',
            currentRevisionID: _rev,
            expectedRevisionID: 'other',
          },
        },
      ],
    },
  })
  expect(await client.getDocument('guarded')).toMatchObject({_rev, count: 1})
})

test('one bad mutation leaves nothing of its transaction behind', async () => {
  const transaction = client
    .transaction()
    .create({_id: 'half', _type: 'note'})
    .patch('nobody', {set: {text: 'x'}})
  expect(await errorOf(transaction.commit())).toMatchObject({
    status: 409,
    error: {items: [{index: 1, error: {type: 'documentNotFoundError', id: 'nobody'}}]},
  })
  expect(await client.getDocument('half')).toBeUndefined()
})

test('a strong reference must hold, a weak one need not', async () => {
  const strong = {_type: 'reference', _ref: 'absent'}
  expect(await errorOf(client.create({_id: 'strong', _type: 'note', strong}))).toMatchObject({
    status: 409,
    error: {
      items: [{error: {type: 'documentReferenceDoesNotExistError', referenceID: 'absent'}}],
    },
  })
  await client.create({_id: 'weak', _type: 'note', weak: {...strong, _weak: true}})
  await client.create({_id: 'target', _type: 'note'})
  await client.create({_id: 'holder', _type: 'note', ref: {_type: 'reference', _ref: 'target'}})
  expect(await errorOf(client.delete('target'))).toMatchObject({
    status: 409,
    error: {
      items: [{error: {type: 'documentHasExistingReferencesError', referencingIDs: ['holder']}}],
    },
  })
  await client.transaction().delete('holder').delete('target').commit()
  expect(await client.getDocument('target')).toBeUndefined()
})

test('the same transaction id cannot run twice', async () => {
  const once = () => client.mutate([{create: {_type: 'note'}}], {transactionId: 'only-once'})
  await once()
  expect(await errorOf(once())).toMatchObject({
    status: 409,
    error: {type: 'transactionAlreadyExistsError'},
  })
})

test('editing a published story makes its draft, and publishing moves it over', async () => {
  await client.create({_id: 'story', _type: 'note', text: 'Old'})
  const edit = {
    actionType: 'sanity.action.document.edit' as const,
    draftId: 'drafts.story',
    publishedId: 'story',
  }
  await client.action({...edit, patch: {unset: ['_empty_action_guard_pseudo_field_']}})
  expect(await client.getDocument('drafts.story')).toMatchObject({text: 'Old'})
  await client.action({...edit, patch: {set: {text: 'New'}}})
  expect(await client.fetch('*[_id == "story"][0].text', {}, {perspective: 'drafts'})).toBe('New')
  expect(await client.fetch('*[_id == "story"][0].text', {}, {perspective: 'published'})).toBe(
    'Old',
  )
  await client.action({
    actionType: 'sanity.action.document.publish',
    draftId: 'drafts.story',
    publishedId: 'story',
  })
  expect(await client.getDocuments(['story', 'drafts.story'])).toEqual([
    expect.objectContaining({text: 'New'}),
    null,
  ])
})

test('history tells a publication, and gives back what stood before it', async () => {
  const {_rev} = await client.create({_id: 'past', _type: 'note', text: 'First'})
  await client.patch('past').set({text: 'Second'}).commit()
  const {documents} = await client.request<{documents: object[]}>({
    uri: `/data/history/production/documents/past?revision=${_rev}`,
  })
  expect(documents).toEqual([expect.objectContaining({_id: 'past', _rev, text: 'First'})])

  await client.transaction().create({_id: 'drafts.past', _type: 'note', text: 'Third'}).commit()
  await client
    .transaction()
    .createOrReplace({_id: 'past', _type: 'note', text: 'Third'})
    .delete('drafts.past')
    .commit()
  const {events} = await client.request<{events: {past: {type: string}[]}}>({
    uri: '/data/history/production/events/documents/past?limit=2',
  })
  expect(events.past.map(({type}) => type)).toEqual([
    'publishDocumentVersion',
    'createDocumentVersion',
  ])
})

test("the Studio's list and search queries find what they name", async () => {
  await client.create({_id: 'brandt', _type: 'person', title: 'Wílly Brandt'})
  await client.create({_id: 'schmidt', _type: 'person', title: 'Helmut Schmidt'})
  const list = `*[_type in $types && ([@, _id] match text::query($text) || references($raw))]
    {_id, "orderings": [_id]} | order(orderings[0] desc) [0...$limit]`
  const found = async (text: string, raw: string) =>
    (await client.fetch<{_id: string}[]>(list, {types: ['person'], text, raw, limit: 10})).map(
      ({_id}) => _id,
    )
  expect(await found('*', '')).toEqual(['schmidt', 'brandt'])
  expect(await found('willy bra*', 'willy bra')).toEqual(['brandt'])
  const scored = `*[_type in $types] | score(boost(title match text::query($text), 10),
    ([@, _id] match text::query($text) || references($raw))) [_score > 0] {_id} | order(_score desc)`
  expect(await client.fetch(scored, {types: ['person'], text: 'schm*', raw: 'schm'})).toEqual([
    {_id: 'schmidt'},
  ])
})

test('a query that ends too early says where', async () => {
  expect(await errorOf(client.fetch('*[_type == '))).toMatchObject({
    status: 400,
    error: {
      type: 'queryParseError',
      description: 'unexpected end-of-file, expected expression',
      query: '*[_type == ',
    },
  })
})

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    return {status: error.statusCode, ...JSON.parse(String(error.responseBody))}
  }
  throw new Error('The lake accepted what it should refuse.')
}
