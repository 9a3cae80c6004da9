import {describe, expect, test} from 'vitest'

import {action, done, exists, notFound, refused} from './actionAnswers.ts'
import {act, both, client, commits, draftId, id, published, told} from './publishedStory.ts'

describe('edit', () => {
  const edit = (patch: object) => action('edit', {draftId, publishedId: id, patch})
  const guard = {unset: ['_empty_action_guard_pseudo_field_']}

  test('that changes nothing makes the draft, and is told as a create and a patch', async () => {
    expect(await act([edit(guard)], {transactionId: `tx-${id}`})).toEqual([
      200,
      {transactionId: `tx-${id}`},
    ])

    const {_rev, _updatedAt, ...copied} = published
    expect(await both()).toEqual([
      published,
      {
        ...copied,
        _id: draftId,
        _rev: `tx-${id}`,
        _updatedAt: expect.stringMatching(/^2026-/),
      },
    ])
    expect(told()).toEqual([
      [
        draftId,
        [
          {create: {...copied, _id: draftId, _updatedAt: expect.stringMatching(/^2026-/)}},
          {patch: {id: draftId, ...guard}},
        ],
      ],
    ])
  })

  test('of a draft changes the draft alone, and commits when it changes nothing', async () => {
    await act([edit({set: {text: 'Draft'}})])
    await act([edit(guard)], {transactionId: `tx-${id}`})

    expect(await both()).toEqual([
      published,
      expect.objectContaining({text: 'Draft', _rev: `tx-${id}`}),
    ])
    expect(told()).toEqual([[draftId, [{patch: {id: draftId, ...guard}}]]])
  })

  test('of two kinds in one request is one event', async () => {
    await act([edit(guard), edit({diffMatchPatch: {text: '@@ -1,9 +1,10 @@\n Published\n+!\n'}})])

    expect(await client.getDocument(draftId)).toMatchObject({text: 'Published!'})
    expect(commits.map(({changes}) => changes.length)).toEqual([1])
  })

  test('tells the keys that it made, so that whoever replays it gets the same', async () => {
    await act([
      edit({set: {blocks: [{text: 'a'}]}}),
      edit({insert: {after: 'blocks[-1]', items: [{}]}}),
    ])

    const draft = await client.getDocument(draftId)
    const [first, second] = draft?.['blocks'] ?? []
    expect([first, second]).toEqual([
      {_key: expect.stringMatching(/^[0-9a-f]{12}$/), text: 'a'},
      {_key: expect.stringMatching(/^[0-9a-f]{12}$/)},
    ])
    expect(told()).toEqual([
      [
        draftId,
        [
          {create: expect.objectContaining({_id: draftId})},
          {patch: {id: draftId, set: {blocks: [first]}}},
          {patch: {id: draftId, insert: {after: 'blocks[-1]', items: [second]}}},
        ],
      ],
    ])
  })

  test('of a version works on the version', async () => {
    const versionId = `versions.rABC.${id}`

    expect(
      await act([action('edit', {draftId: versionId, publishedId: id, patch: {set: {text: 'V'}}})]),
    ).toEqual(done)
    expect(await client.getDocument(versionId)).toMatchObject({text: 'V', list: [1]})
  })

  test('of nothing, or of something else, is refused', async () => {
    const nobody = {draftId: 'drafts.nobody', publishedId: 'nobody', patch: guard}
    expect(await act([action('edit', nobody)])).toEqual(notFound('nobody'))
    expect(await act([action('edit', {draftId: id, publishedId: id, patch: guard})])).toEqual(
      refused('validationError', `"${id}" is not a draft or version of "${id}".`),
    )
    expect(await act([action('edit', {...nobody, publishedId: id})])).toEqual(
      refused('validationError', `"drafts.nobody" is not a draft or version of "${id}".`),
    )
  })
})

describe('create', () => {
  const create = (fields: object = {}) =>
    action('create', {
      publishedId: 'new',
      attributes: {
        _id: 'drafts.new',
        _type: 'note',
        _rev: 'made-up',
        _createdAt: '2026-02-02T02:02:02.000Z',
        text: 'New',
      },
      ifExists: 'fail',
      ...fields,
    })

  test('makes the draft with its own time and the revision of the transaction', async () => {
    expect(await act([create()], {transactionId: 'tx-new'})).toEqual([
      200,
      {transactionId: 'tx-new'},
    ])
    const document = {
      _id: 'drafts.new',
      _type: 'note',
      _createdAt: '2026-02-02T02:02:02.000Z',
      _updatedAt: expect.stringMatching(/^2026-03/),
      text: 'New',
    }
    expect(await client.getDocument('drafts.new')).toEqual({...document, _rev: 'tx-new'})
    expect(told()).toEqual([['drafts.new', [{create: document}]]])
  })

  test('of a draft that exists fails or does nothing, as it asks', async () => {
    expect(await act([create()])).toEqual(exists('drafts.new'))
    expect(await act([create({ifExists: 'ignore'})])).toEqual(done)
    expect(await client.getDocument('drafts.new')).toMatchObject({_rev: 'tx-new'})
    expect(commits).toEqual([])
  })

  test('beside a published document is refused', async () => {
    expect(await act([create({publishedId: id, ifExists: 'ignore'})])).toEqual(exists(id))
  })
})

describe('a request of actions', () => {
  const edit = () => action('edit', {draftId, publishedId: id, patch: {set: {text: 'Draft'}}})

  test('without any is answered and does nothing', async () => {
    expect(await act([], {transactionId: 'tx-empty'})).toEqual([200, {transactionId: 'tx-empty'}])
    expect(commits).toEqual([])
  })

  test('may hold a single one that is no list', async () => {
    expect(await act(edit())).toEqual(done)
  })

  test('for a try changes nothing and tells nobody, and refuses what would be refused', async () => {
    const transactionId = `tx-${id}`
    const probe = {transactionId, dryRun: true, skipCrossDatasetReferenceValidation: true}

    for (let round = 0; round < 3; round += 1) {
      expect(await act([edit()], probe)).toEqual([200, {transactionId}])
    }
    expect(await act([action('publish', {draftId, publishedId: id})], probe)).toEqual(
      notFound(draftId),
    )
    expect(await both()).toEqual([published, null])
    expect(commits).toEqual([])
    expect(await act([edit()], {transactionId})).toEqual([200, {transactionId}])
  })

  test('does all or nothing, and says which failed', async () => {
    const bad = action('publish', {draftId: 'drafts.nobody', publishedId: 'nobody'})

    const description = 'The document with the ID "drafts.nobody" was not found'
    expect(await act([edit(), bad])).toEqual(
      refused('documentNotFoundError', description, {id: 'drafts.nobody'}, 1),
    )
    expect(await both()).toEqual([published, null])
  })

  test('cannot run twice under one transaction id', async () => {
    await act([edit()], {transactionId: `tx-${id}`})

    expect(await act([edit()], {transactionId: `tx-${id}`})).toEqual([
      409,
      {
        error: {
          type: 'transactionAlreadyExistsError',
          description: `The transaction "tx-${id}" has been submitted before`,
        },
      },
    ])
  })

  test('of a kind that is not served, or malformed, is refused with 400', async () => {
    const unknown = action('version.create', {publishedId: id, versionId: `versions.r.${id}`})
    expect(await act([unknown])).toEqual(
      refused(
        'validationError',
        'The action "sanity.action.document.version.create" is not available here.',
      ),
    )
    expect(await act([action('publish', {draftId})])).toMatchObject([
      400,
      {error: {type: 'actionError', items: [{index: 0, error: {type: 'validationError'}}]}},
    ])
    expect(await act('publish')).toEqual([
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: 'The body must be JSON with an array "actions".',
      },
    ])
  })

  test.each<[string, object]>([
    ['create', {attributes: {_type: 'note'}}],
    ['edit', {draftId: 'drafts.drafts.x', patch: {}}],
    ['replaceDraft', {attributes: {_type: 'note'}}],
    ['delete', {includeDrafts: []}],
  ])('%s names a story by its published id alone', async (name, fields) => {
    await act([edit()])
    const before = await both()

    expect(await act([action(name, {...fields, publishedId: draftId})])).toEqual(
      refused('validationError', `"${draftId}" is no published id, which "publishedId" must be.`),
    )
    expect(await both()).toEqual(before)
  })

  test('create takes attributes of that story, and of no other', async () => {
    const create = (_id: string) =>
      action('create', {publishedId: `new-${id}`, attributes: {_id, _type: 'note'}})

    expect(await act([create('drafts.other')])).toEqual(
      refused('validationError', `"drafts.other" is not a draft or version of "new-${id}".`),
    )
    expect(await act([create(`drafts.new-${id}`)])).toEqual(done)
  })

  test('without a type is told so', async () => {
    for (const untyped of [{}, 'publish', {actionType: 1}]) {
      expect(await act([untyped])).toEqual(
        refused('validationError', 'An action must be an object with an "actionType".'),
      )
    }
  })

  test.each(['2024-05-22', '1'])('is not known to API version %s', async (version) => {
    expect(await act([edit()], {}, version)).toEqual([
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: 'Actions need API version 2024-05-23 or later.',
      },
    ])
  })
})
