import {createClient, type Action} from '@sanity/client'
import {describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {item, refusal} from './refusals.ts'
import {chief, editor, everything, running, sealed} from './sealedPages.ts'

describe('mutations', () => {
  const changes: {[kind: string]: object} = {
    createOrReplace: {createOrReplace: {_id: 'sealed', _type: 'page', title: 'x'}},
    'patch of an id': {patch: {id: 'sealed', set: {title: 'x'}}},
    'patch of a query': {patch: {query: '*[_type == "page"]', set: {title: 'x'}}},
    insert: {patch: {id: 'sealed', insert: {after: 'tags[-1]', items: ['b']}}},
    unset: {patch: {id: 'sealed', unset: ['tags']}},
    diffMatchPatch: {
      patch: {id: 'sealed', diffMatchPatch: {title: '@@ -1,6 +1,7 @@\n Sealed\n+!\n'}},
    },
    'delete of an id': {delete: {id: 'sealed'}},
    'delete of a query': {delete: {query: '*[_type == "page"]'}},
  }

  test.each(Object.entries(changes))(
    '%s is refused and leaves nothing behind',
    async (_, change) => {
      const before = await everything()
      const sent = {
        mutations: [{create: {_id: 'beside', _type: 'note'}}, change],
        transactionId: 't',
      }
      const refused = await ask(running, '/v2025-02-19/data/mutate/production', {
        token: await running.tokenFor('editor'),
        json: sent,
      })
      expect([refused.status, refused.body]).toEqual([
        403,
        {error: refusal('mutationError', item(1, 'sealed', 'sealed', sealed)).error},
      ])
      expect(await everything()).toEqual(before)
      expect(running.lake.dataset('production').lastSequence()).toBe(3)

      await chief
        .patch('seal.sealed')
        .set({closed: false, by: (await chief.users.getById('me')).id})
        .commit()
      // The id of a refused transaction is free.
      const allowed = await ask(running, '/v2025-02-19/data/mutate/production', {
        token: await running.tokenFor('editor'),
        json: sent,
      })
      expect(allowed.body).toMatchObject({transactionId: 't'})
    },
  )

  test('create and createIfNotExists are judged when they make something', async () => {
    await editor.create({_id: 'seal.new', _type: 'seal', closed: true})
    const page = {_id: 'new', _type: 'page'}
    const expected = refusal('mutationError', item(0, 'sealed', 'new', sealed))
    expect(await errorOf(editor.create(page))).toEqual(expected)
    expect(await errorOf(editor.createIfNotExists(page))).toEqual(expected)
    await editor.createIfNotExists({_id: 'sealed', _type: 'page'})
    await editor.createIfNotExists({...page, _id: 'other'})
    expect(await editor.getDocument('other')).toMatchObject({_type: 'page'})
  })

  test('a dry run is judged too, and what it lets through is not there', async () => {
    const change = editor.patch('sealed').set({title: 'x'})
    expect(await errorOf(editor.mutate(change, {dryRun: true}))).toEqual(
      refusal('mutationError', item(0, 'sealed', 'sealed', sealed)),
    )
    await editor.mutate(editor.patch('open').set({title: 'x'}), {dryRun: true})
    expect(await editor.getDocument('open')).toMatchObject({title: 'Open'})
  })

  test('the client shows the sentence, and each refusal stands at its place', async () => {
    const transaction = editor
      .transaction()
      .patch('open', (patch) => patch.set({title: 'x'}))
      .patch('sealed', (patch) => patch.set({title: 'x'}))
      .create({_id: 'c', _type: 'counter', value: 1})
      .create({_id: 'old', _type: 'term', until: '2020-01-01T00:00:00.000Z'})
    await expect(transaction.commit()).rejects.toThrow(
      `The transaction was refused:\n- ${sealed}\n- This is over.`,
    )
    expect(await errorOf(transaction.commit())).toEqual(
      refusal(
        'mutationError',
        item(1, 'sealed', 'sealed', sealed),
        item(3, 'late', 'old', 'This is over.'),
      ),
    )
  })
})

describe('actions', () => {
  const publishedId = 'sealed'
  const draftId = 'drafts.sealed'
  const actions: {[kind: string]: Action} = {
    publish: {actionType: 'sanity.action.document.publish', draftId, publishedId},
    unpublish: {actionType: 'sanity.action.document.unpublish', draftId, publishedId},
    delete: {
      actionType: 'sanity.action.document.delete',
      publishedId,
      includeDrafts: [draftId],
    },
  }

  test.each(Object.entries(actions))('%s is refused by its place', async (_, action) => {
    await editor.create({_id: draftId, _type: 'page', title: 'Draft'})
    await editor.create({_id: 'drafts.open', _type: 'page', title: 'Draft'})
    const before = await everything()
    const discard = {actionType: 'sanity.action.document.discard', draftId: 'drafts.open'} as const
    expect(await errorOf(editor.action([discard, action]))).toEqual(
      refusal('actionError', item(1, 'sealed', 'sealed', sealed)),
    )
    expect(await errorOf(editor.action([action], {dryRun: true}))).toMatchObject({status: 403})
    expect(await everything()).toEqual(before)

    const changed = JSON.parse(JSON.stringify(action).replaceAll('sealed', 'open'))
    await editor.action([changed])
    expect(await everything()).not.toEqual(before)
  })

  test("those that touch drafts alone are nobody's business", async () => {
    const attributes = {_type: 'page', title: 'Made'}
    await editor.action({
      actionType: 'sanity.action.document.edit',
      draftId,
      publishedId,
      patch: {set: {title: 'Edited'}},
    })
    await editor.action({
      actionType: 'sanity.action.document.replaceDraft',
      publishedId,
      attributes: {...attributes, _id: draftId},
    })
    await editor.action({actionType: 'sanity.action.document.discard', draftId})
    await editor.action({
      actionType: 'sanity.action.document.create',
      publishedId: 'created',
      ifExists: 'fail',
      attributes: {...attributes, _id: 'drafts.created'},
    })
    expect(await editor.getDocument('drafts.created')).toMatchObject({title: 'Made'})
  })
})

test('every character of a draft is there, whatever becomes of its seal meanwhile', async () => {
  const {id} = await chief.users.getById('me')
  await editor.create({_id: 'drafts.sealed', _type: 'page', title: ''})
  const typed = 'What is typed at the moment of a change of stage survives.'
  const typing = (async () => {
    for (const end of Array.from(typed).keys()) {
      await editor
        .patch('drafts.sealed')
        .set({title: typed.slice(0, end + 1)})
        .commit()
    }
  })()
  const turning = (async () => {
    for (let turns = 0; turns < 20; turns++) {
      await chief.patch('seal.sealed').set({closed: false, by: id}).commit()
      await chief.patch('seal.sealed').set({closed: true}).commit()
    }
  })()
  await Promise.all([typing, turning])
  expect(await editor.getDocument('drafts.sealed')).toMatchObject({title: typed})
})

test('a part of the program is held to the guards like anybody', async () => {
  const identity = {userId: 'importer', displayName: 'Import', role: 'administrator'}
  const inside = running.lake.internalFetch(identity)
  const client = createClient({
    projectId: 'testing',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    apiHost: running.url,
    useProjectHostname: false,
    resolveFetch: () => inside,
  })
  expect(await errorOf(client.patch('sealed').set({title: 'x'}).commit())).toMatchObject({
    status: 403,
  })
})
