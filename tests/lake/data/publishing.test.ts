import {describe, expect, test} from 'vitest'

import {action, done, notFound, otherRevision, refused} from './actionAnswers.ts'
import {act, both, client, clock, commits, draftId, id, published, told} from './publishedStory.ts'

describe('publish', () => {
  const publish = (fields: object = {}) => action('publish', {draftId, publishedId: id, ...fields})

  test('moves the draft over and keeps when the published document was made', async () => {
    await client.create({
      _id: draftId,
      _type: 'note',
      text: 'Draft',
      _createdAt: '2020-01-01T00:00:00.000Z',
    })
    clock.advance(1_000)

    expect(await act([publish()], {transactionId: `tx-${id}`})).toEqual([
      200,
      {transactionId: `tx-${id}`},
    ])
    const document = {
      _id: id,
      _type: 'note',
      _createdAt: published._createdAt,
      _updatedAt: commits.at(-1)?.timestamp,
      text: 'Draft',
    }
    expect(await both()).toEqual([{...document, _rev: `tx-${id}`}, null])
    expect(told()).toEqual([
      [draftId, [{delete: {id: draftId}}]],
      [id, [{createOrReplace: document}]],
    ])
  })

  test('for the first time keeps when the draft was made', async () => {
    await client.delete(id)
    const _createdAt = '2020-01-01T00:00:00.000Z'
    await client.create({_id: draftId, _type: 'note', _createdAt})

    expect(await act([publish()])).toEqual(done)
    expect(await client.getDocument(id)).toMatchObject({_createdAt})
  })

  test('strengthens references that waited for it', async () => {
    const strengthen = {type: 'note'}
    const ref = {_type: 'reference', _ref: id, _weak: true}
    await client.create({
      _id: draftId,
      _type: 'note',
      strong: {...ref, _strengthenOnPublish: strengthen},
      list: [{...ref, _key: 'a', _strengthenOnPublish: {...strengthen, weak: true}}],
    })

    expect(await act([publish()])).toEqual(done)
    expect(await client.getDocument(id)).toMatchObject({
      strong: {_type: 'reference', _ref: id},
      list: [{_type: 'reference', _key: 'a', _ref: id, _weak: true}],
    })
    expect(JSON.stringify(await client.getDocument(id))).not.toContain('_strengthenOnPublish')
  })

  test('is held to the revisions that it names', async () => {
    const draft = await client.create({_id: draftId, _type: 'note', text: 'Draft'})

    expect(await act([publish({ifDraftRevisionId: 'old'})])).toEqual(
      otherRevision(draftId, draft._rev, 'old'),
    )
    expect(await act([publish({ifPublishedRevisionId: 'old'})])).toEqual(
      otherRevision(id, published._rev, 'old'),
    )
    const locks = {ifDraftRevisionId: draft._rev, ifPublishedRevisionId: published._rev}
    expect(await act([publish(locks)])).toEqual(done)
  })

  test('needs a draft', async () => {
    expect(await act([publish()])).toEqual(notFound(draftId))
  })
})

describe('unpublish', () => {
  const unpublish = () => action('unpublish', {draftId, publishedId: id})

  test('makes a draft of what was published', async () => {
    expect(await act([unpublish()])).toEqual(done)

    expect(await both()).toEqual([
      null,
      expect.objectContaining({text: 'Published', _createdAt: published._createdAt}),
    ])
  })

  test('leaves a draft that is there as it is', async () => {
    const draft = await client.create({_id: draftId, _type: 'note', text: 'Draft'})

    expect(await act([unpublish()])).toEqual(done)
    expect(await both()).toEqual([null, draft])
    expect(told()).toEqual([[id, [{delete: {id}}]]])
  })

  test('is refused while others need the document, or when there is none', async () => {
    await client.create({_id: `holder-${id}`, _type: 'note', to: {_type: 'reference', _ref: id}})

    expect(await act([unpublish()])).toEqual(
      refused(
        'documentHasExistingReferencesError',
        `Document "${id}" cannot be deleted as there are references to it from "holder-${id}"`,
        {id, referencingIDs: [`holder-${id}`]},
      ),
    )
    expect(await act([action('unpublish', {draftId: 'drafts.x', publishedId: 'x'})])).toEqual(
      notFound('x'),
    )
  })
})

describe.each([
  ['discard', 'draftId'],
  ['version.discard', 'versionId'],
])('%s', (name, field) => {
  test('takes the draft away and leaves what is published', async () => {
    await client.create({_id: draftId, _type: 'note', text: 'Draft'})

    expect(await act([action(name, {[field]: draftId})])).toEqual(done)
    expect(await both()).toEqual([published, null])
  })

  test('needs a draft or a version', async () => {
    expect(await act([action(name, {[field]: draftId})])).toEqual(notFound(draftId))
    expect(await act([action(name, {[field]: id})])).toEqual(
      refused(
        'validationError',
        `Only a draft or a version can be discarded, and "${id}" is neither.`,
      ),
    )
  })
})

describe('replaceDraft', () => {
  const replace = (publishedId: string) =>
    action('replaceDraft', {
      publishedId,
      attributes: {_id: `drafts.${publishedId}`, _type: 'note', text: 'Restored'},
    })

  test('puts a draft in place of the draft, or beside what is published', async () => {
    expect(await act([replace(id)])).toEqual(done)
    expect(await both()).toEqual([
      published,
      {
        _id: draftId,
        _type: 'note',
        _rev: expect.any(String),
        _createdAt: published._createdAt,
        _updatedAt: expect.any(String),
        text: 'Restored',
      },
    ])
    expect(await act([replace(id)])).toEqual(done)
  })

  test('needs one of them', async () => {
    expect(await act([replace('nobody')])).toEqual(notFound('drafts.nobody'))
  })
})

describe('delete', () => {
  const remove = (fields: object = {}) => action('delete', {publishedId: id, ...fields})
  const unlisted = (name: string) =>
    refused(
      'documentVersionExistsError',
      `Document "${id}" cannot be deleted while "${name}" exists. List it in includeDrafts to delete both.`,
      {id: name},
    )

  test('takes the published document, and its drafts and versions when they are listed', async () => {
    const versionId = `versions.rABC.${id}`
    await client.create({_id: draftId, _type: 'note'})
    await client.create({_id: versionId, _type: 'note'})

    expect(await act([remove()])).toEqual(unlisted(draftId))
    expect(await act([remove({includeDrafts: [draftId]})])).toEqual(unlisted(versionId))
    const includeDrafts = [draftId, versionId, `versions.rGone.${id}`]
    expect(await act([remove({includeDrafts})])).toEqual(done)
    expect(await client.getDocuments([id, draftId, versionId])).toEqual([null, null, null])
  })

  test('sees what the actions before it did', async () => {
    const edit = action('edit', {draftId, publishedId: id, patch: {set: {text: 'Draft'}}})
    const discard = action('version.discard', {versionId: draftId})

    expect(await act([edit, remove()])).toEqual([
      409,
      expect.objectContaining({error: expect.objectContaining({type: 'actionError'})}),
    ])
    expect(await act([edit, discard, remove()])).toEqual(done)
    expect(await both()).toEqual([null, null])
  })

  test('takes nothing of another story along', async () => {
    const includeDrafts = ['drafts.other']
    expect(await act([remove({includeDrafts})])).toEqual(
      refused('validationError', `"drafts.other" is not a draft or version of "${id}".`),
    )
    expect(await act([remove({publishedId: 'nobody'})])).toEqual(notFound('nobody'))
  })
})
