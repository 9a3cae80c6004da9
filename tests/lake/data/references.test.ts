import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {errorOf} from '../support/errorOf.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
})
afterAll(() => lake.close())

const reference = (_ref: string, more: object = {}) => ({_type: 'reference', _ref, ...more})
const note = (_id: string, more: object = {}) => ({_id, _type: 'note', ...more})

/** The whole error of a transaction that one document's references stand in the way of. */
function conflict(description: string, error: object) {
  return {
    status: 409,
    error: {
      type: 'mutationError',
      description: `Mutation failed: ${description}`,
      items: [{index: 0, error: {...error, description}}],
    },
  }
}

const missing = (id: string, referenceID: string) =>
  conflict(`Document "${id}" references non-existent document "${referenceID}"`, {
    type: 'documentReferenceDoesNotExistError',
    id,
    referenceID,
  })

const needed = (id: string, ...referencingIDs: string[]) =>
  conflict(
    `Document "${id}" cannot be deleted as there are references to it from ${referencingIDs.map((from) => `"${from}"`).join(', ')}`,
    {type: 'documentHasExistingReferencesError', id, referencingIDs},
  )

describe('a strong reference', () => {
  test('must lead to a document, wherever it stands', async () => {
    const deep = {list: [{inner: [reference('absent')]}]}

    expect(await errorOf(client.create(note('strong', {deep})))).toEqual(
      missing('strong', 'absent'),
    )
    await client.create(note('patched'))
    expect(
      await errorOf(
        client
          .patch('patched')
          .set({to: reference('absent', {_weak: false})})
          .commit(),
      ),
    ).toEqual(missing('patched', 'absent'))
  })

  test('means the very id: a draft does not stand for what is published', async () => {
    await client.create(note('drafts.onlyDraft'))

    expect(await errorOf(client.create(note('to', {to: reference('onlyDraft')})))).toEqual(
      missing('to', 'onlyDraft'),
    )
    await client.create(note('to', {to: reference('drafts.onlyDraft')}))
    expect(
      await errorOf(
        client.action({
          actionType: 'sanity.action.document.publish',
          draftId: 'drafts.onlyDraft',
          publishedId: 'onlyDraft',
        }),
      ),
    ).toMatchObject({
      status: 409,
      error: {
        type: 'actionError',
        items: [{error: {type: 'documentHasExistingReferencesError', referencingIDs: ['to']}}],
      },
    })
  })

  test('of a name that no document can have is missing, not malformed', async () => {
    expect(await errorOf(client.create(note('odd', {to: reference('a b')})))).toEqual(
      missing('odd', 'a b'),
    )
  })

  test('holds its target, and names all who hold it', async () => {
    await client.create(note('target'))
    for (const _id of ['holder-b', 'holder-a']) {
      await client.create(note(_id, {to: reference('target'), twice: [reference('target')]}))
    }

    expect(await errorOf(client.delete('target'))).toEqual(needed('target', 'holder-a', 'holder-b'))
    expect(await errorOf(client.delete({query: '*[_id == "target"]'}))).toEqual(
      needed('target', 'holder-a', 'holder-b'),
    )
    await client.patch('holder-a').unset(['to']).commit()
    expect(
      await errorOf(client.transaction().delete('holder-b').delete('target').commit()),
    ).toEqual(needed('target', 'holder-a'))
  })

  test('is judged by what a transaction leaves behind', async () => {
    await client
      .transaction()
      .create(note('one', {to: reference('other')}))
      .create(note('other', {to: reference('one')}))
      .commit()
    await client
      .transaction()
      .delete('other')
      .patch('one', (patch) => patch.unset(['to']))
      .commit()
    await client.create(note('self', {to: reference('self')}))
    await client.delete('self')

    expect(await client.getDocuments(['one', 'other', 'self'])).toEqual([
      expect.objectContaining({_id: 'one'}),
      null,
      null,
    ])
    expect(
      await errorOf(
        client
          .transaction()
          .create(note('late', {to: reference('one')}))
          .delete('one')
          .commit(),
      ),
    ).toEqual(missing('late', 'one'))
  })
})

describe('what need not lead anywhere', () => {
  test.each([
    ['a weak reference', reference('absent', {_weak: true})],
    [
      'a reference that waits for publication',
      reference('absent', {_weak: true, _strengthenOnPublish: {type: 'note'}}),
    ],
    ['a reference to another dataset', reference('absent', {_dataset: 'other', _projectId: 'x'})],
    ['something that only looks like one', {_ref: 12}],
  ])('%s', async (name, to) => {
    const _id = name.replaceAll(' ', '-')

    expect(await client.create(note(_id, {to}))).toMatchObject({_id, to})
  })

  test('the target of a weak reference can go', async () => {
    await client.create(note('weakly'))
    await client.create(note('weak-holder', {to: reference('weakly', {_weak: true})}))
    await client.delete('weakly')

    expect(await client.getDocument('weakly')).toBeUndefined()
  })
})

test('publishing what strengthens a reference to nothing is refused', async () => {
  const strengthen = {_strengthenOnPublish: {type: 'note'}}
  await client.create(note('drafts.early', {to: reference('later', {_weak: true, ...strengthen})}))
  const publish = () =>
    client.action({
      actionType: 'sanity.action.document.publish',
      draftId: 'drafts.early',
      publishedId: 'early',
    })

  expect(await errorOf(publish())).toMatchObject({
    status: 409,
    error: {items: [{error: {type: 'documentReferenceDoesNotExistError', referenceID: 'later'}}]},
  })
  await client.create(note('later'))
  await publish()
  expect(await client.getDocument('early')).toMatchObject({to: reference('later')})
})
