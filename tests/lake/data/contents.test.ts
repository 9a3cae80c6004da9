import {describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {client, lake, token} from './editorsLake.ts'

const mutatePath = '/v2025-02-19/data/mutate/production'

describe('what cannot be stored is refused with 400 and a sentence', () => {
  const malformed = (description: string) => ({
    error: {
      type: 'mutationError',
      description: `Mutation failed: ${description}`,
      items: [{index: 0, error: {type: 'validationError', description}}],
    },
  })
  const badRequest = (message: string) => ({statusCode: 400, error: 'Bad Request', message})
  const nested = (depth: number): object => (depth === 0 ? {} : {a: nested(depth - 1)})

  test.each<[string, unknown, object]>([
    [
      'no type',
      {create: {_id: 'x'}},
      malformed('The document "x" has no "_type". Every document needs one.'),
    ],
    [
      'an id that is no text',
      {create: {_id: 1, _type: 'note'}},
      malformed('The "_id" of a document must be a string.'),
    ],
    [
      'a malformed id',
      {create: {_id: 'a b', _type: 'note'}},
      badRequest('Malformed document ID: "a b"'),
    ],
    [
      'an id with two dots',
      {create: {_id: 'a..b', _type: 'note'}},
      badRequest('Malformed document ID: "a..b"'),
    ],
    [
      'an unknown mutation',
      {upsert: {_id: 'x'}},
      malformed(
        'Unknown mutation "upsert". Known are create, createIfNotExists, createOrReplace, delete and patch.',
      ),
    ],
    [
      'two operations at once',
      {create: {_type: 'note'}, delete: {id: 'x'}},
      malformed('A mutation must be an object with exactly one operation.'),
    ],
    ['no target', {delete: {}}, malformed('A patch or delete needs an "id" or a "query".')],
    [
      'an attribute that hides what every object has',
      {create: {_type: 'note', deep: [{hasOwnProperty: 1}]}},
      badRequest(
        'An attribute cannot be called "hasOwnProperty": programs that read it would fail.',
      ),
    ],
    [
      'a document that is nested without end',
      {create: {_type: 'note', ...nested(5_000)}},
      badRequest('The JSON is nested more than 120 levels deep.'),
    ],
  ])('%s', async (_case, mutation, body) => {
    const answer = await ask(lake, mutatePath, {token, json: {mutations: [mutation]}})

    expect([answer.status, answer.body]).toEqual([400, body])
  })

  test('a prototype, which JSON can name', async () => {
    const body = '{"mutations":[{"create":{"_type":"note","__proto__":{"polluted":true}}}]}'
    const answer = await fetch(lake.url + mutatePath, {
      method: 'POST',
      headers: {authorization: `Bearer ${token}`},
      body,
    })

    expect([answer.status, await answer.json()]).toEqual([
      400,
      badRequest('An attribute cannot be called "__proto__": programs that read it would fail.'),
    ])
  })

  test('a number beyond all numbers, which would come back as null', async () => {
    const answer = await fetch(lake.url + mutatePath, {
      method: 'POST',
      headers: {authorization: `Bearer ${token}`},
      body: '{"mutations":[{"create":{"_type":"note","count":1e999}}]}',
    })

    expect([answer.status, await answer.json()]).toEqual([
      400,
      badRequest('A number is too large to be kept.'),
    ])
  })

  test('a body that is not JSON, or not mutations', async () => {
    const send = async (body: string) => {
      const headers = {authorization: `Bearer ${token}`}
      const answer = await fetch(lake.url + mutatePath, {method: 'POST', headers, body})
      return [answer.status, await answer.json()]
    }

    expect(await send('{"mutations":[')).toEqual([400, badRequest('The request body is not JSON.')])
    expect(await send('{"mutations":{}}')).toEqual([
      400,
      badRequest('The body must be JSON with an array "mutations".'),
    ])
  })

  test('a body of more than 4 000 000 bytes, with 413', async () => {
    const document = (length: number) => ({_id: 'large', _type: 'note', text: 'x'.repeat(length)})

    expect(await errorOf(client.create(document(4_000_000)))).toEqual({
      status: 413,
      statusCode: 413,
      error: 'Payload Too Large',
      message: 'Request body exceeds limit of 4000000 bytes',
    })
    expect(await client.create(document(3_999_000))).toMatchObject({_id: 'large'})
  })
})

test('a reference can lead to a document that JavaScript would take for a promise', async () => {
  const thenable = JSON.parse('{"then": "come back"}')
  await client.create({...thenable, _id: 'promise', _type: 'note', nested: thenable})
  await client.create({_id: 'waits', _type: 'note', for: {_type: 'reference', _ref: 'promise'}})

  expect(
    await client.fetch('*[_id == "waits"][0]{"then": for->then, "all": for->{..., "_rev": ""}}'),
  ).toEqual({
    ...thenable,
    all: {
      ...thenable,
      _id: 'promise',
      _type: 'note',
      _rev: '',
      _createdAt: expect.any(String),
      _updatedAt: expect.any(String),
      nested: thenable,
    },
  })
})

test('documents of every kind come back as they were sent', async () => {
  const document = {
    _id: 'every-kind',
    _type: 'note',
    constructor: 'a word like any other',
    toString: {valueOf: null},
    'with.dot': 1,
    'with "quotes"': [],
    '': 'empty',
    нет: '👩‍👩‍👧 Ünïcödé \u0000 \u2028 \u{1F600}',
    numbers: [0, -1.5, 1e21, Number.MAX_SAFE_INTEGER],
    nothing: null,
    lists: [[1, [2]], [], {}],
    long: 'ß'.repeat(500_000),
    deep: Array.from({length: 90}).reduce<object>((inner) => ({inner}), {end: true}),
  }

  await client.create(document)

  expect(await client.getDocument('every-kind')).toEqual({
    ...document,
    _rev: expect.any(String),
    _createdAt: expect.any(String),
    _updatedAt: expect.any(String),
  })
  expect(await client.fetch('*[_id == "every-kind"][0].constructor')).toBe('a word like any other')
})
