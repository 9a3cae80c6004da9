import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

const clock = movableClock('2026-03-01T08:00:00.000Z')
let lake: RunningLake
let client: SanityClient
let token: string

beforeAll(async () => {
  lake = await startLake({clock})
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
})
afterAll(() => lake.close())

const mutatePath = '/v2025-02-19/data/mutate/production'

function mutate(json: object, search = '') {
  return ask(lake, `${mutatePath}${search}`, {token, json})
}

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

describe('create', () => {
  test('answers the document with its own attributes set', async () => {
    const made = await client.create({_id: 'made', _type: 'note', text: 'One'})

    expect(made).toEqual({
      _id: 'made',
      _type: 'note',
      text: 'One',
      _rev: expect.stringMatching(/^[0-9a-f-]{36}$/),
      _createdAt: time,
      _updatedAt: made._createdAt,
    })
    expect(await client.getDocument('made')).toEqual(made)
  })

  test('makes an id up, behind a prefix that ends in a dot', async () => {
    expect((await client.create({_id: 'drafts.', _type: 'note'}))._id).toMatch(
      /^drafts\.[0-9a-f-]{36}$/,
    )
    expect((await client.create({_type: 'note'}))._id).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('of a document that exists is a 409 that the client knows by type', async () => {
    await client.create({_id: 'twice', _type: 'note'})

    const description = 'Document by ID "twice" already exists'
    expect(await errorOf(client.create({_id: 'twice', _type: 'note'}))).toEqual({
      status: 409,
      error: {
        type: 'mutationError',
        description: `Mutation failed: ${description}`,
        items: [{index: 0, error: {type: 'documentAlreadyExistsError', id: 'twice', description}}],
      },
    })
  })

  test('takes the transaction for the revision, whatever the body says', async () => {
    const document = {_id: 'ownRev', _type: 'note', _rev: 'mine'}

    await client.mutate([{create: document}], {transactionId: 'tx-own-rev'})

    expect((await client.getDocument('ownRev'))?._rev).toBe('tx-own-rev')
  })
})

describe('times', () => {
  test('that are given are kept by create and createIfNotExists, and createOrReplace keeps the old', async () => {
    const given = {_createdAt: '2019-05-05T05:05:05Z', _updatedAt: '2020-06-06T06:06:06Z'}
    const imported = {...given, _type: 'note'}
    await client
      .transaction()
      .create({...imported, _id: 'imported-a'})
      .createIfNotExists({...imported, _id: 'imported-b'})
      .createOrReplace({...imported, _id: 'imported-c'})
      .commit()

    const documents = await client.getDocuments(['imported-a', 'imported-b', 'imported-c'])
    expect(documents).toMatchObject([given, given, given])
    clock.advance(1_000)
    const replaced = await client.createOrReplace({
      _id: 'imported-a',
      _type: 'note',
      _createdAt: '2001-01-01T00:00:00Z',
      _updatedAt: '2001-01-01T00:00:00Z',
    })
    expect(replaced).toMatchObject({
      _createdAt: given._createdAt,
      _updatedAt: expect.stringMatching(/^2026-03-01T08:00:01/),
    })
  })

  test('of documents never lie ahead, and those of transactions always move on', async () => {
    const ahead = await client.create({
      _id: 'ahead',
      _type: 'note',
      _updatedAt: '2099-01-01T00:00:00Z',
    })
    const first = await client.patch('ahead').set({text: 'A'}).commit()
    clock.advance(-60_000)
    const second = await client.patch('ahead').set({text: 'B'}).commit()
    clock.advance(60_000)

    const times = [ahead, first, second].map(({_updatedAt}) => _updatedAt)
    expect(times).toEqual(times.toSorted())
    expect(new Set(times).size).toBe(3)
    expect(times.every((stamp) => stamp < '2026-03-01T09:00:00.000Z')).toBe(true)
  })

  test('with an offset are compared as moments, not as text', async () => {
    const stamp = '2026-03-01T07:30:00+02:00'

    expect(await client.create({_id: 'offset', _type: 'note', _updatedAt: stamp})).toMatchObject({
      _updatedAt: stamp,
    })
    const later = await client.create({
      _id: 'offset-ahead',
      _type: 'note',
      _updatedAt: '2026-03-01T07:30:00-08:00',
    })
    expect(later._updatedAt).toBe(later._createdAt)
  })

  test('that are none are refused', async () => {
    const answer = await mutate({
      mutations: [{create: {_id: 'noTime', _type: 'note', _createdAt: 'yesterday'}}],
    })

    const description = '"_createdAt" of "noTime" is "yesterday", which is not an ISO 8601 time.'
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        error: {
          type: 'mutationError',
          description: `Mutation failed: ${description}`,
          items: [{index: 0, error: {type: 'validationError', description}}],
        },
      },
    ])
  })
})

describe('the answer', () => {
  test('has one result a document and mutation, in order', async () => {
    const answer = await mutate(
      {
        transactionId: 'tx-results',
        mutations: [
          {create: {_id: 'r1', _type: 'note'}},
          {createIfNotExists: {_id: 'r1', _type: 'note'}},
          {createIfNotExists: {_id: 'r2', _type: 'note'}},
          {createOrReplace: {_id: 'r1', _type: 'note'}},
          {patch: {id: ['r1', 'r2'], set: {text: 'x'}}},
          {delete: {id: 'nobody'}},
          {delete: {id: ['r1', 'r2']}},
        ],
      },
      '?returnIds=true',
    )

    expect([answer.status, answer.body]).toEqual([
      200,
      {
        transactionId: 'tx-results',
        results: [
          {id: 'r1', operation: 'create'},
          {id: 'r1', operation: 'none'},
          {id: 'r2', operation: 'create'},
          {id: 'r1', operation: 'update'},
          {id: 'r1', operation: 'update'},
          {id: 'r2', operation: 'update'},
          {id: 'nobody', operation: 'none'},
          {id: 'r1', operation: 'delete'},
          {id: 'r2', operation: 'delete'},
        ],
      },
    ])
  })

  test.each(['sync', 'async', 'deferred'])(
    'holds documents when they are asked for, with visibility %s',
    async (visibility) => {
      const answer = await mutate(
        {
          transactionId: `tx-${visibility}`,
          mutations: [{create: {_id: visibility, _type: 'note'}}],
        },
        `?returnDocuments=true&visibility=${visibility}`,
      )

      expect(answer.body).toEqual({
        transactionId: `tx-${visibility}`,
        results: [
          {
            operation: 'create',
            document: {
              _id: visibility,
              _type: 'note',
              _rev: `tx-${visibility}`,
              _createdAt: time,
              _updatedAt: time,
            },
          },
        ],
      })
    },
  )

  test('says operations only when nothing more is asked for, and bodies may hold what nobody knows', async () => {
    const answer = await mutate({
      mutations: [{createOrReplace: {_id: 'bare', _type: 'note'}}],
      transactionId: 'tx-bare',
      tag: 'studio.document.commit',
      skipCrossDatasetReferenceValidation: true,
      unknown: {to: 'anybody'},
    })

    expect(answer.body).toEqual({transactionId: 'tx-bare', results: [{operation: 'create'}]})
  })

  test('to a dry run is the same, and leaves nothing behind', async () => {
    const heard: string[] = []
    const stop = lake.lake.dataset('production').onCommit(({transactionId}) => {
      heard.push(transactionId)
    })
    const mutations = [{create: {_id: 'dry', _type: 'note'}}]

    const dry = await mutate({mutations, transactionId: 'tx-dry'}, '?dryRun=true&returnIds=true')
    expect(await client.getDocument('dry')).toBeUndefined()
    const wet = await mutate({mutations, transactionId: 'tx-dry'}, '?returnIds=true')
    stop()

    expect(dry.body).toEqual(wet.body)
    expect(heard).toEqual(['tx-dry'])
  })
})

describe('a transaction', () => {
  test('leaves nothing behind when one mutation is bad, and says which', async () => {
    const transaction = client
      .transaction()
      .create({_id: 'half', _type: 'note'})
      .patch('nobody', {set: {text: 'x'}})

    const description = 'The document with the ID "nobody" was not found'
    expect(await errorOf(transaction.commit())).toEqual({
      status: 409,
      error: {
        type: 'mutationError',
        description: `Mutation failed: ${description}`,
        items: [{index: 1, error: {type: 'documentNotFoundError', id: 'nobody', description}}],
      },
    })
    expect(await client.getDocument('half')).toBeUndefined()
  })

  test('that ran cannot run again', async () => {
    const once = () => client.mutate([{create: {_type: 'note'}}], {transactionId: 'only-once'})
    await once()

    expect(await errorOf(once())).toEqual({
      status: 409,
      error: {
        type: 'transactionAlreadyExistsError',
        description: 'The transaction "only-once" has been submitted before',
      },
    })
  })

  test('that changes nothing is no transaction', async () => {
    await client.createOrReplace({_id: 'untouched', _type: 'note', text: 'As it was'})
    const before = await client.getDocument('untouched')
    const transactionId = 'tx-nothing'
    const mutations = [
      {createIfNotExists: {_id: 'untouched', _type: 'note'}},
      {delete: {id: 'nobody'}},
    ]

    for (let round = 0; round < 2; round += 1) {
      expect((await mutate({mutations, transactionId})).status).toBe(200)
    }
    expect(await client.getDocument('untouched')).toEqual(before)
  })

  test('under contention waits for its turn, and is never refused with a 409', async () => {
    await client.create({_id: 'contended', _type: 'note', count: 0})

    await Promise.all(
      Array.from({length: 40}, () => client.patch('contended').inc({count: 1}).commit()),
    )

    expect(await client.getDocument('contended')).toMatchObject({count: 40})
  })

  test('that is on disk is acknowledged, even if somebody who hears of it fails', async () => {
    const heard: string[] = []
    const dataset = lake.lake.dataset('production')
    const stops = [
      dataset.onCommit(() => {
        throw new Error('A listener is broken')
      }),
      dataset.onCommit(({transactionId}) => {
        heard.push(transactionId)
      }),
    ]

    const answer = await mutate({
      transactionId: 'tx-broken-listener',
      mutations: [{create: {_id: 'acknowledged', _type: 'note'}}],
    })
    for (const stop of stops) stop()

    expect([answer.status, heard]).toEqual([200, ['tx-broken-listener']])
  })
})

describe('mutations by query', () => {
  test('change what the query finds when the transaction begins, drafts too', async () => {
    for (const _id of ['q1', 'drafts.q1', 'q2']) await client.create({_id, _type: 'queried'})

    const answer = await mutate(
      {
        transactionId: 'tx-by-query',
        mutations: [
          {create: {_id: 'q3', _type: 'queried'}},
          {patch: {query: '*[_type == $type]', params: {type: 'queried'}, set: {found: true}}},
          {delete: {query: '*[_id == "q2"]._id'}},
        ],
      },
      '?returnIds=true',
    )

    expect(answer.body).toEqual({
      transactionId: 'tx-by-query',
      results: [
        {id: 'q3', operation: 'create'},
        {id: 'drafts.q1', operation: 'update'},
        {id: 'q1', operation: 'update'},
        {id: 'q2', operation: 'update'},
        {id: 'q2', operation: 'delete'},
      ],
    })
    expect(await client.fetch('*[_type == "queried"] | order(_id) {_id, found}')).toEqual([
      {_id: 'drafts.q1', found: true},
      {_id: 'q1', found: true},
      {_id: 'q3', found: null},
    ])
    expect(await client.delete({query: '*[_type == "queried"]'})).toMatchObject({
      results: [{id: 'drafts.q1'}, {id: 'q1'}, {id: 'q3'}],
    })
  })

  test('that cannot be parsed are told as a query is', async () => {
    expect(await errorOf(client.delete({query: '*[_type == '}))).toEqual({
      status: 400,
      error: {
        type: 'queryParseError',
        description: 'unexpected end-of-file, expected expression',
        query: '*[_type == ',
        start: 11,
        end: 11,
      },
    })
  })
})

describe('autoGenerateArrayKeys', () => {
  test('gives keys to objects in arrays of what is written, and to nothing else', async () => {
    const key = expect.stringMatching(/^[0-9a-f]{12}$/)
    await client.create({_id: 'keys', _type: 'note', old: [{text: 'Keyless'}]})
    await client
      .patch('keys')
      .set({blocks: [{children: [{text: 'a'}]}, {_key: 'own', text: 'b'}], tags: ['x']})
      .commit({autoGenerateArrayKeys: true})
    await client
      .patch('keys')
      .append('blocks', [{text: 'c'}])
      .commit({autoGenerateArrayKeys: true})

    expect(await client.getDocument('keys')).toMatchObject({
      old: [{text: 'Keyless'}],
      blocks: [
        {_key: key, children: [{_key: key, text: 'a'}]},
        {_key: 'own', text: 'b'},
        {_key: key, text: 'c'},
      ],
      tags: ['x'],
    })
  })
})
