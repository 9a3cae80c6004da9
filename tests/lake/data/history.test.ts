import type {SanityClient} from '@sanity/client'
import {applyPatch} from 'mendoza'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

const clock = movableClock('2026-03-01T08:00:00.000Z')
let lake: RunningLake
let client: SanityClient
let token: string
let author: string

beforeAll(async () => {
  lake = await startLake({clock})
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
  author = (await client.users.getById('me')).id
  // One story from its first draft to its end, a minute apart, under transaction ids of our own.
  await client.mutate([{create: {_id: 'drafts.s', _type: 'note', text: 'One'}}], id('make'))
  clock.advance(60_000)
  await client.patch('drafts.s').set({text: 'Two'}).commit(id('edit'))
  clock.advance(60_000)
  await client.action({...story, actionType: 'sanity.action.document.publish'}, id('publish'))
  clock.advance(60_000)
  await client.mutate([{create: {_id: 'other', _type: 'note'}}], id('elsewhere'))
  const patch = {set: {text: 'Three'}}
  await client.action({...story, actionType: 'sanity.action.document.edit', patch}, id('again'))
  clock.advance(60_000)
  await client.action(
    {actionType: 'sanity.action.document.version.discard', versionId: 'drafts.s'},
    id('discard'),
  )
  await client.action({...story, actionType: 'sanity.action.document.unpublish'}, id('unpublish'))
  await client.mutate([{delete: {id: 'drafts.s'}}], id('end'))
})
afterAll(() => lake.close())

const story = {draftId: 'drafts.s', publishedId: 's'}
const id = (transactionId: string) => ({transactionId})
const base = '/v2025-02-19/data/history/production'

async function documents(ids: string, search: string) {
  const {status, body} = await ask(lake, `${base}/documents/${ids}?${search}`, {token})
  return [status, body]
}

const found = (...all: [_id: string, _rev: string, text: string][]) => [
  200,
  {documents: all.map(([_id, _rev, text]) => expect.objectContaining({_id, _rev, text}))},
]

describe('documents as they were', () => {
  test.each<[string, [_id: string, _rev: string, text: string][]]>([
    ['make', [['drafts.s', 'make', 'One']]],
    ['edit', [['drafts.s', 'edit', 'Two']]],
    // The draft's history has an entry for its publication, and the Studio asks that for the draft.
    [
      'publish',
      [
        ['s', 'publish', 'Two'],
        ['drafts.s', 'publish', 'Two'],
      ],
    ],
    ['elsewhere', [['s', 'publish', 'Two']]],
    [
      'again',
      [
        ['s', 'publish', 'Two'],
        ['drafts.s', 'again', 'Three'],
      ],
    ],
    ['discard', [['s', 'publish', 'Two']]],
    ['unpublish', [['drafts.s', 'unpublish', 'Two']]],
    ['end', []],
    ['unknown', []],
  ])('after the transaction %s', async (revision, states) => {
    expect(await documents('s,drafts.s', `revision=${revision}`)).toEqual(found(...states))
  })

  test.each<[string, [_id: string, _rev: string, text: string][]]>([
    ['2026-03-01T07:59:59.999Z', []],
    ['2026-03-01T08:00:00.000Z', [['drafts.s', 'make', 'One']]],
    ['2026-03-01T08:01:30Z', [['drafts.s', 'edit', 'Two']]],
    ['2026-03-01T10:02:30+02:00', [['s', 'publish', 'Two']]],
    ['2030-01-01T00:00:00Z', []],
  ])('at %s', async (time, states) => {
    expect(await documents('s,drafts.s', `time=${encodeURIComponent(time)}`)).toEqual(
      found(...states),
    )
  })

  test('in their last revision, though they are deleted', async () => {
    expect(await documents('s,drafts.s,nobody', 'lastRevision=true')).toEqual(
      found(['s', 'publish', 'Two'], ['drafts.s', 'unpublish', 'Two']),
    )
  })

  test('at no time are refused', async () => {
    expect(await documents('s', 'time=yesterday')).toEqual([
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: '"yesterday" is not a time. Use ISO 8601, in UTC.',
      },
    ])
  })
})

/** Lines of the transaction log. */
async function log(ids: string, search: string) {
  const answer = await ask(lake, `${base}/transactions/${ids}?${search}`, {token})
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  const lines = answer.text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line))
}

async function idsOf(search: string, ids = 's,drafts.s') {
  return (await log(ids, search)).map((line) => line.id)
}

const all = ['make', 'edit', 'publish', 'again', 'discard', 'unpublish', 'end']

describe('the transaction log', () => {
  test('has a line a transaction, with mutations and who made them when', async () => {
    const [make, edit, publish] = await log('drafts.s', 'limit=3')

    expect(make).toEqual({
      id: 'make',
      timestamp: '2026-03-01T08:00:00.000Z',
      author,
      documentIDs: ['drafts.s'],
      mutations: [
        {
          create: {
            _id: 'drafts.s',
            _type: 'note',
            _createdAt: '2026-03-01T08:00:00.000Z',
            _updatedAt: '2026-03-01T08:00:00.000Z',
            text: 'One',
          },
        },
      ],
    })
    expect(edit.mutations).toEqual([{patch: {id: 'drafts.s', set: {text: 'Two'}}}])
    expect(publish).toMatchObject({
      documentIDs: ['drafts.s', 's'],
      mutations: [{delete: {id: 'drafts.s'}}, {createOrReplace: {_id: 's'}}],
    })
  })

  test('can be kept to the documents that were asked for', async () => {
    const [publish] = await log('s', 'limit=1&includeIdentifiedDocumentsOnly=true')

    expect(publish).toMatchObject({id: 'publish', documentIDs: ['s']})
    expect(publish.mutations).toEqual([{createOrReplace: expect.objectContaining({_id: 's'})}])
  })

  test.each(['excludeContent=true', 'excludeMutations=true'])(
    'can leave mutations out: %s',
    async (search) => {
      expect(await log('drafts.s', `${search}&limit=1`)).toEqual([
        {id: 'make', timestamp: '2026-03-01T08:00:00.000Z', author, documentIDs: ['drafts.s']},
      ])
    },
  )

  test('has effects of the asked documents that lead from one state to the next and back', async () => {
    const lines = await log('s', 'effectFormat=mendoza&excludeContent=true&limit=2')

    expect(lines.map(({id: name, effects}) => [name, Object.keys(effects)])).toEqual([
      ['publish', ['s']],
      ['unpublish', ['s']],
    ])
    const [{effects}] = lines
    const after = applyPatch(null, effects.s.apply)
    expect(after).toMatchObject({_id: 's', text: 'Two'})
    expect(after).not.toHaveProperty('_rev')
    expect(applyPatch(after, effects.s.revert)).toBeNull()
  })

  test.each<[string, string[]]>([
    ['', all],
    ['fromTransaction=&toTransaction=', all],
    ['fromTransaction=publish', ['publish', 'again', 'discard', 'unpublish', 'end']],
    ['toTransaction=publish', ['make', 'edit', 'publish']],
    ['fromTransaction=elsewhere&toTransaction=discard', ['again', 'discard']],
    ['fromTransaction=unknown', []],
    ['reverse=true&limit=2', ['end', 'unpublish']],
    ['reverse=true&toTransaction=edit', ['edit', 'make']],
    ['limit=2&fromTransaction=edit', ['edit', 'publish']],
    ['fromTime=2026-03-01T08:01:00.000Z&toTime=2026-03-01T08:02:00.000Z', ['edit', 'publish']],
    ['fromTime=2026-03-01T08:01:00Z&toTime=2026-03-01T10:02:00%2B02:00', ['edit', 'publish']],
    ['fromTransaction=edit&toTransaction=make', []],
    ['authors=nobody', []],
    ['tag=sanity.studio.structure.history', all],
  ])('between bounds that belong to it: %j', async (search, ids) => {
    expect(await idsOf(search)).toEqual(ids)
  })

  test('names the authors that it is asked for', async () => {
    expect(await idsOf(`authors=nobody,${author}&limit=1`)).toEqual(['make'])
  })

  test('has fifty lines unless more are asked for', async () => {
    for (let round = 0; round < 60; round += 1) {
      await client.createOrReplace({_id: 'long', _type: 'note', round})
    }

    expect(await idsOf('', 'long')).toHaveLength(50)
    expect(await idsOf('limit=100', 'long')).toHaveLength(60)
    const refusal = await ask(lake, `${base}/transactions/long?limit=none`, {token})
    expect([refusal.status, refusal.body]).toEqual([
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        message: '"limit" must be a whole number above zero.',
      },
    ])
  })
})

describe("a story's events", () => {
  async function events(of: string, search = 'limit=100') {
    return (await ask(lake, `${base}/events/documents/${of}?${search}`, {token})).body
  }
  const happened = (type: string, minute: number, more: object) => ({
    type,
    timestamp: expect.stringMatching(new RegExp(`^2026-03-01T08:0${minute}:`)),
    author: expect.any(String),
    documentId: 's',
    ...more,
  })
  const draft = (versionRevisionId: string) => ({versionId: 'drafts.s', versionRevisionId})
  const everything = [
    happened('deleteDocumentVersion', 4, draft('unpublish')),
    happened('unpublishDocument', 4, draft('unpublish')),
    happened('deleteDocumentVersion', 4, draft('again')),
    happened('createDocumentVersion', 3, draft('again')),
    happened('publishDocumentVersion', 2, {
      ...draft('edit'),
      revisionId: 'publish',
      publishCause: 'document.publish',
    }),
    happened('createDocumentVersion', 0, draft('make')),
  ]

  test('are told newest first, under the id that was asked for', async () => {
    expect(await events('drafts.s')).toEqual({events: {'drafts.s': everything}, nextCursor: ''})
    expect(await events('s')).toEqual({events: {s: everything}, nextCursor: ''})
    expect(await events('nobody')).toEqual({events: {nobody: []}, nextCursor: ''})
  })

  test('come page by page', async () => {
    const first = await events('s', 'limit=4')
    expect(first).toEqual({
      events: {s: everything.slice(0, 4)},
      nextCursor: expect.stringMatching(/./),
    })
    const {nextCursor} = Object(first)
    expect(await events('s', `limit=4&nextCursor=${nextCursor}`)).toEqual({
      events: {s: everything.slice(4)},
      nextCursor: '',
    })
  })

  test('of a document without drafts are those of a live one, and its end', async () => {
    await client.mutate([{create: {_id: 'live', _type: 'note'}}], id('live-1'))
    await client.patch('live').set({text: 'x'}).commit(id('live-2'))
    await client.mutate([{delete: {id: 'live'}}], id('live-3'))

    const {events: told} = Object(await events('live'))
    expect(told.live).toMatchObject([
      {type: 'deleteDocumentGroup', documentId: 'live'},
      {type: 'updateLiveDocument', revisionId: 'live-2'},
      {type: 'createLiveDocument', revisionId: 'live-1'},
    ])
  })

  test('of releases are none, in the form that the Studio reads', async () => {
    const answer = await ask(lake, `${base}/events/releases/rABC?limit=10`, {token})

    expect([answer.status, answer.body]).toEqual([200, {events: [], nextCursor: ''}])
  })
})

test('a document may have attributes that every object has, and its history keeps them', async () => {
  await client.mutate([{create: {_id: 'odd', _type: 'note', constructor: 'one'}}], id('odd-1'))
  await client.patch('odd').unset(['constructor']).set({valueOf: 'two'}).commit(id('odd-2'))
  await client.patch('odd').set({constructor: 'three'}).commit(id('odd-3'))

  const states = await Promise.all(
    ['odd-1', 'odd-2', 'odd-3'].map(async (revision) => {
      const [, body] = await documents('odd', `revision=${revision}`)
      const [document] = Object(body).documents
      return Object.entries(document).filter(([name]) => !name.startsWith('_'))
    }),
  )
  expect(states).toEqual([
    [['constructor', 'one']],
    [['valueOf', 'two']],
    [
      ['valueOf', 'two'],
      ['constructor', 'three'],
    ],
  ])
})

test('what has been packed since is told as it was', async () => {
  const text = 'Long enough to be worth it. '.repeat(100)
  await client.mutate([{create: {_id: 'packed', _type: 'note', text}}], id('packed-made'))
  await client.patch('packed').set({text: 'Short'}).commit(id('packed-cut'))
  await lake.lake.dataset('production').settled()
  const [, made] = await documents('packed', 'revision=packed-made')
  expect(made).toMatchObject({documents: [{_id: 'packed', text}]})
  const answer = await ask(lake, `${base}/transactions/packed?excludeContent=false`, {token})
  const lines = answer.text.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).mutations)).toMatchObject([
    [{create: {_id: 'packed', text}}],
    [{patch: {id: 'packed', set: {text: 'Short'}}}],
  ])
})

test('each making of a document is told as it was sent, whatever became of it', async () => {
  const first = {_id: 'remade', _type: 'note', text: 'First', list: [{_key: 'a', n: 1}]}
  const second = {_id: 'remade', _type: 'note', other: 'Second'}
  await client.mutate([{create: first}], id('remade-1'))
  await client.patch('remade').set({text: 'Changed'}).unset(['list[0].n']).commit(id('remade-2'))
  await client.mutate([{delete: {id: 'remade'}}], id('remade-3'))
  await client.mutate([{createOrReplace: second}], id('remade-4'))
  await client.mutate([{createOrReplace: {...second, other: 'Third'}}], id('remade-5'))

  const lines = await log('remade', 'effectFormat=mendoza&reverse=true')
  expect(lines.map(({mutations}) => mutations[0])).toMatchObject([
    {createOrReplace: {...second, other: 'Third'}},
    {createOrReplace: second},
    {delete: {id: 'remade'}},
    {patch: {id: 'remade', set: {text: 'Changed'}}},
    {create: first},
  ])
  const {apply, revert} = lines.at(-1).effects.remade
  expect(applyPatch(null, apply)).toMatchObject(first)
  expect(revert).toEqual([0, null])
  expect(await documents('remade', 'revision=remade-1')).toMatchObject([200, {documents: [first]}])
})
