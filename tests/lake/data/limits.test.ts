import {describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {client, lake, token} from './editorsLake.ts'

const base = '/v2025-02-19/data'
const mutate = (json: object) => ask(lake, `${base}/mutate/production`, {token, json})
const act = (json: object) => ask(lake, `${base}/actions/production`, {token, json})
const query = (json: object) => ask(lake, `${base}/query/production`, {token, json})

const refused = (description: string, index = 0) => ({
  status: 400,
  error: {
    type: 'mutationError',
    description: `Mutation failed: ${description}`,
    items: [{index, error: {type: 'validationError', description}}],
  },
})
const badRequest = (message: string) => ({statusCode: 400, error: 'Bad Request', message})

describe('a document', () => {
  test('grows to 32 000 000 bytes and no further', async () => {
    const parts = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const small = await client.create({_id: 'grows', _type: 'note', parts})
    const grow = (part: string) =>
      client.patch('grows').set({'parts[0:9]': part}).commit({returnDocuments: false})

    const part = 'ß'.repeat(1_800_000)
    const bytes = Buffer.byteLength(JSON.stringify({...small, parts: parts.map(() => part)}))
    expect(await errorOf(grow(part))).toEqual(
      refused(`Document "grows" is ${bytes} bytes, which exceeds limit of 32000000`),
    )
    expect(await client.getDocument('grows')).toEqual(small)
    await grow('ß'.repeat(1_770_000))
    expect(await client.fetch('length(*[_id == "grows"][0].parts[8])')).toBe(1_770_000)
  })

  test('has at most 8 000 attributes, counted once for each type of value', async () => {
    const named = (count: number) =>
      Object.fromEntries(Array.from({length: count}, (_, index) => [`a${index}`, index]))
    const own = ['_id', '_type', '_rev', '_createdAt', '_updatedAt']

    await client.create({_id: 'named', _type: 'note', ...named(8_000 - own.length)})
    const patch = client.patch('named').set({oneMore: true})
    expect(await errorOf(patch.commit())).toEqual(
      refused('Document "named": total attribute/datatype count 8001 exceeds limit of 8000'),
    )
    expect(await errorOf(client.create({_id: 'more', _type: 'note', ...named(9_000)}))).toEqual(
      refused('Document "more": total attribute/datatype count 9005 exceeds limit of 8000'),
    )
  })

  test('may be as long as it likes: the paragraphs of a story share their attributes', async () => {
    const body = Array.from({length: 4_000}, (_, index) => ({
      _key: `k${index}`,
      _type: 'block',
      children: [{_key: `s${index}`, _type: 'span', text: 'Rain', marks: []}],
    }))

    expect(await client.create({_id: 'long', _type: 'note', body})).toMatchObject({_id: 'long'})
  })

  test('is nested at most 100 levels deep, however it came to be', async () => {
    const path = (depth: number) => Array.from({length: depth}, () => 'a').join('.')
    const set = async (depth: number) => {
      await client.createOrReplace({_id: 'deep', _type: 'note'})
      const answer = await mutate({mutations: [{patch: {id: 'deep', set: {[path(depth)]: 1}}}]})
      return {status: answer.status, ...Object(answer.body)}
    }

    expect(await set(100)).toMatchObject({status: 200})
    expect(await set(200)).toEqual(refused('The JSON is nested more than 100 levels deep.'))
  })
})

describe('a path that would lead to more places than there is time for', () => {
  const tangled = (start: string) =>
    refused(
      `The patch cannot be applied: the path "${start}" has too many steps or branches. Write several paths, each with fewer ".." and lists.`,
      1,
    )
  const deep = Array.from({length: 60}).reduce<object>((a) => ({a}), {})

  test.each<[string, object, string]>([
    ['unset', {unset: [`a${'..a'.repeat(20)}`]}, `a${'..a'.repeat(20)}`.slice(0, 60)],
    ['set', {set: {[`a${'..b'.repeat(3)}`]: 1}}, 'a..b..b..b'],
    ['insert', {insert: {after: 'a..b..b..b[0]', items: []}}, 'a..b..b..b[0]'],
    [
      'more steps than a document has levels',
      {set: {[`a${'.a'.repeat(1_500)}`]: 1}},
      `a${'.a'.repeat(1_500)}`.slice(0, 60),
    ],
    ['lists', {unset: [`a${'[0,0]'.repeat(14)}`]}, `a${'[0,0]'.repeat(14)}`.slice(0, 60)],
  ])('is refused: %s', async (_name, patch, start) => {
    const mutations = [
      {createOrReplace: {_id: 'tangled', _type: 'note', ...deep}},
      {patch: {id: 'tangled', ...patch}},
    ]
    const {status, body} = await mutate({mutations})

    expect({status, ...Object(body)}).toEqual(tangled(start))
  })

  test('is not one for its length, its keys or what stands in quotes', async () => {
    const text = 'a, b.. c..d..e, f'
    const list = [{_key: text, n: 1, deep: [{x: 1}, {y: {x: 2}}]}]
    await client.createOrReplace({_id: 'quoted', _type: 'note', list})

    await client
      .patch('quoted')
      .set({[`list[_key=="${text}"].n`]: 2})
      .unset(['list..x'])
      .commit()
    expect(await client.getDocument('quoted')).toMatchObject({
      list: [{_key: text, n: 2, deep: [{}, {y: {}}]}],
    })
  })
})

describe('a patch', () => {
  test('inserts at one place, and says which', async () => {
    const description =
      'The patch cannot be read: insert: it needs "items" and one of "before", "after" and "replace"'
    for (const insert of [
      {before: 'l[0]', after: 'l[0]', items: [1]},
      {after: 'l[0]'},
      {items: [1]},
    ]) {
      const {status, body} = await mutate({mutations: [{patch: {id: 'any', insert}}]})

      expect({status, ...Object(body)}).toEqual(refused(description))
    }
  })
})

describe('a transaction', () => {
  test.each([
    [5, 'it must be text'],
    ['', 'it is empty'],
    ['x'.repeat(129), 'it is longer than 128 characters'],
  ])('has an id that can be one, not %j', async (transactionId, reason) => {
    const told = badRequest(`The "transactionId" of the request cannot be read: ${reason}.`)

    expect((await mutate({mutations: [], transactionId})).body).toEqual(told)
    expect((await act({actions: [], transactionId})).body).toEqual(told)
  })

  test('of actions is dry or not', async () => {
    expect((await act({actions: [], dryRun: 'yes'})).body).toEqual(
      badRequest('The "dryRun" of the request cannot be read: it must be true or false.'),
    )
  })
})

describe('a query', () => {
  test.each([
    ['nothing but white space', ' \n\t'],
    ['nothing', ''],
  ])('of %s is none', async (_name, text) => {
    expect((await query({query: text})).body).toEqual(
      badRequest('The request has no query. Send GROQ as "query".'),
    )
  })

  test('of comments alone ends before it begins', async () => {
    const text = '// one\n  // two'

    expect((await query({query: text})).body).toEqual({
      error: {
        type: 'queryParseError',
        description: 'unexpected end-of-file, expected expression',
        query: text,
        start: text.length,
        end: text.length,
      },
    })
  })

  test.each([null, [], '"x"', 1])('has parameters by name, not %j', async (params) => {
    expect((await query({query: '1', params})).body).toEqual(
      badRequest('The body must be JSON with "query" and, if any, "params".'),
    )
  })

  test.each([
    ['arrays', '['.repeat(20_000), ']'.repeat(20_000)],
    ['brackets', '('.repeat(20_000), ')'.repeat(20_000)],
    ['objects', '{"a":'.repeat(20_000), '}'.repeat(20_000)],
  ])('nested without end is refused with a sentence: %s', async (_name, open, close) => {
    const text = `${open}1${close}`
    const {status, body} = await query({query: text})

    expect([status, body]).toEqual([
      400,
      {
        error: {
          type: 'queryParseError',
          description: 'it is nested too deeply, or its answer is too long',
          query: text,
          start: 0,
          end: text.length,
        },
      },
    ])
  })

  test('is answered whatever else the address says', async () => {
    const search = 'query=1&tag=a.b-c&unknown=x&cacheMode=noStale&$unused=2&returnQuery=false'

    expect((await ask(lake, `${base}/query/production?${search}`, {token})).body).toEqual({
      result: 1,
      ms: expect.any(Number),
      syncTags: [],
    })
  })
})
