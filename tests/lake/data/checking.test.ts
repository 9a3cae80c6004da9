import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, expect, test} from 'vitest'

import type {Check, CheckedTransaction, Objection, Read} from '../../../lake/documents/checking.ts'
import {errorOf} from '../support/errorOf.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

type Asked = {
  transaction: CheckedTransaction
  read: Read
  /** Ends the check: with what speaks against the transaction, or because it failed. */
  answer(objections?: readonly Objection[]): void
  fail(reason: Error): void
}

/** A check that a test answers by hand, in the order in which it is asked. */
function checkByHand() {
  const asked: Asked[] = []
  let told = () => {}
  const check: Check = {
    types: ['page'],
    objections: (transaction, read) =>
      new Promise((resolve, reject) => {
        asked.push({transaction, read, answer: (found = []) => resolve(found), fail: reject})
        told()
      }),
  }
  const next = async (): Promise<Asked> => {
    for (;;) {
      const first = asked.shift()
      if (first) return first
      await new Promise<void>((resolve) => (told = resolve))
    }
  }
  return {check, next, asked}
}

let hand: ReturnType<typeof checkByHand>
let running: RunningLake
let client: SanityClient

beforeEach(async () => {
  hand = checkByHand()
  running = await startLake({check: hand.check})
  client = await running.clientFor('editor', {perspective: 'raw'})
})

afterEach(() => running.close())

const page = (title: string) => ({_id: 'page', _type: 'page', title})

test('what becomes public is checked; drafts, private documents and other types are not', async () => {
  await client.create({_id: 'drafts.page', _type: 'page'})
  await client.create({_id: 'private.page', _type: 'page'})
  await client.create({_id: 'note', _type: 'note'})
  await client.delete('nothing')
  expect(hand.asked).toEqual([])

  const publishing = client.action({
    actionType: 'sanity.action.document.publish',
    draftId: 'drafts.page',
    publishedId: 'page',
  })
  const {transaction, answer} = await hand.next()
  expect(transaction).toMatchObject({
    roles: ['editor'],
    changes: [
      {id: 'drafts.page', before: {_id: 'drafts.page'}, after: undefined},
      {id: 'page', before: undefined, after: {_id: 'page', _rev: transaction.transactionId}},
    ],
  })
  answer()
  await publishing
  expect(await client.getDocument('page')).toMatchObject({_rev: transaction.transactionId})
})

test('an objection refuses the whole transaction, by the place of its document', async () => {
  const writing = client
    .transaction()
    .create({_id: 'note', _type: 'note'})
    .create(page('Half'))
    .commit({transactionId: 'again'})
  const {answer} = await hand.next()
  answer([{documentId: 'page', sentence: 'The page is half-finished. Finish it.'}])
  expect(await errorOf(writing)).toEqual({
    status: 422,
    error: {
      type: 'mutationError',
      description: 'The transaction was refused',
      items: [
        {
          index: 1,
          error: {
            type: 'documentInvalidError',
            id: 'page',
            description: 'The page is half-finished. Finish it.',
          },
        },
      ],
    },
  })
  expect(await client.fetch('*')).toEqual([])

  const whole = client.mutate([{create: page('Whole')}], {transactionId: 'again'})
  const second = await hand.next()
  second.answer()
  await whole
  expect(await client.getDocument('page')).toMatchObject({title: 'Whole', _rev: 'again'})
})

test('a dry run is checked too', async () => {
  const trying = client.mutate([{create: page('Half')}], {dryRun: true})
  const {answer} = await hand.next()
  answer([{documentId: 'page', sentence: 'No.'}])
  expect(await errorOf(trying)).toMatchObject({status: 422})
})

test('others write meanwhile, and what is checked reads as if it were there', async () => {
  const writing = client.create(page('Checked'))
  const {read, answer} = await hand.next()
  await client.create({_id: 'drafts.other', _type: 'page', title: 'T'})
  for (const title of ['Ty', 'Typ', 'Type', 'Typed']) {
    await client.patch('drafts.other').set({title}).commit()
  }
  expect(await read('*[_type == "page"] | order(_id).title')).toEqual(['Typed', 'Checked'])
  expect(await read('*[_id == $id][0].title', {id: 'page'})).toBe('Checked')
  expect(await client.getDocument('page')).toBeUndefined()
  answer()
  await writing
  const times = await client.fetch<string[]>('*[] | order(_updatedAt).title')
  expect(times).toEqual(['Typed', 'Checked'])
  expect(hand.asked).toEqual([])
})

test('what changed meanwhile is checked again, as it is committed then', async () => {
  await client.create({_id: 'drafts.page', _type: 'page', title: 'One'})
  const publishing = client.action({
    actionType: 'sanity.action.document.publish',
    draftId: 'drafts.page',
    publishedId: 'page',
  })
  const first = await hand.next()
  await client.patch('drafts.page').set({title: 'Two'}).commit()
  first.answer()
  const second = await hand.next()
  expect(second.transaction.changes[1]?.after).toMatchObject({title: 'Two'})
  second.answer()
  await publishing
  expect(await client.getDocument('page')).toMatchObject({title: 'Two'})
  expect(await client.getDocument('drafts.page')).toBeUndefined()
})

test('a transaction that no longer can be done is told so, and is not checked again', async () => {
  const {_rev} = await client.create({_id: 'drafts.page', _type: 'page', title: 'One'})
  const publishing = client.action({
    actionType: 'sanity.action.document.publish',
    draftId: 'drafts.page',
    publishedId: 'page',
    ifDraftRevisionId: _rev,
  })
  const first = await hand.next()
  await client.patch('drafts.page').set({title: 'Two'}).commit()
  first.answer()
  expect(await errorOf(publishing)).toMatchObject({status: 409})
  expect(await client.getDocument('page')).toBeUndefined()
})

test('of two that would take the same, the second is checked again when the first is there', async () => {
  const free = async ({transaction, read, answer}: Asked) => {
    const [change] = transaction.changes
    const others = await read('count(*[_type == "page" && title == $title && _id != $id])', {
      title: String(change?.after?.['title']),
      id: String(change?.id),
    })
    answer(others === 0 ? [] : [{documentId: String(change?.id), sentence: 'Taken.'}])
  }
  const one = client.create({_id: 'one', _type: 'page', title: 'Same'})
  const other = client.create({_id: 'other', _type: 'page', title: 'Same'})
  const both = [await hand.next(), await hand.next()]
  await Promise.all(both.map(free))
  await free(await hand.next())
  const outcomes = await Promise.allSettled([one, other])
  expect(outcomes.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await client.fetch('count(*[_type == "page"])')).toBe(1)
})

test('keys and ids that the lake makes are those that were checked', async () => {
  const writing = client.mutate([{create: {_type: 'page', blocks: [{text: 'a'}]}}], {
    autoGenerateArrayKeys: true,
    returnDocuments: true,
    returnFirst: false,
  })
  const {transaction, answer} = await hand.next()
  answer()
  const [made] = await writing
  const checked = transaction.changes[0]?.after
  expect(made).toMatchObject({_id: checked?._id, blocks: checked?.['blocks']})
  expect(hand.asked).toEqual([])
})

test('whoever is overtaken again and again is checked while the others wait', async () => {
  await client.create({_id: 'drafts.page', _type: 'page', title: '0'})
  const publishing = client.action({
    actionType: 'sanity.action.document.publish',
    draftId: 'drafts.page',
    publishedId: 'page',
  })
  for (const title of ['1', '2', '3']) {
    const {answer} = await hand.next()
    await client.patch('drafts.page').set({title}).commit()
    answer()
  }
  const last = await hand.next()
  const waiting = client.create({_id: 'waiting', _type: 'note'})
  expect(await client.fetch('*[_id == "waiting"]')).toEqual([])
  last.answer()
  await Promise.all([publishing, waiting])
  expect(await client.getDocument('page')).toMatchObject({title: '3'})
})

test('a check that fails refuses, and may be tried again', async () => {
  const writing = client.create(page('Unknown'))
  const {fail} = await hand.next()
  fail(new Error('The worker has died.'))
  expect(await errorOf(writing)).toMatchObject({
    status: 503,
    error: {
      description:
        'What is to be published could not be checked, so nothing was written. Try again in a moment.',
    },
  })
  expect(await client.getDocument('page')).toBeUndefined()
})

test('closing the lake does not wait for a check', async () => {
  const writing = errorOf(client.create(page('Late'))).catch(() => 'cut')
  await hand.next()
  await running.lake.close()
  expect([expect.objectContaining({status: 503}), 'cut']).toContainEqual(await writing)
  const reopened = await startLake({dataDirectory: running.dataDirectory})
  try {
    const reader = await reopened.clientFor('viewer')
    expect(await reader.getDocument('page')).toBeUndefined()
  } finally {
    await reopened.close()
  }
})

test('administrators go past the check as they do past the guards', async () => {
  const token = await running.tokenFor('administrator')
  const answer = await fetch(
    `${running.url}/v2025-02-19/data/mutate/production?skipGuards=true&skipGuardsReason=Restoring`,
    {
      method: 'POST',
      headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
      body: JSON.stringify({mutations: [{create: page('Restored')}]}),
    },
  )
  expect(answer.status).toBe(200)
  expect(hand.asked).toEqual([])
})
