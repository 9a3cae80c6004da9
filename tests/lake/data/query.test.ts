import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {errorOf} from '../support/errorOf.ts'
import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient
let token: string

beforeAll(async () => {
  lake = await startLake({clock: movableClock('2026-03-01T08:00:00.000Z')})
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
  await client
    .transaction()
    .create({_id: 'ada', _type: 'person', name: 'Ada'})
    .create({_id: 'a1', _type: 'note', title: 'One', author: {_type: 'reference', _ref: 'ada'}})
    .create({_id: 'drafts.a1', _type: 'note', title: 'One, drafted'})
    .create({_id: 'versions.r1.a1', _type: 'note', title: 'One, in a release'})
    .create({_id: 'a2', _type: 'note', title: 'Two', tags: ['x', 'y']})
    .create({_id: 'drafts.a3', _type: 'note', title: 'Three, drafted'})
    .create({_id: '_.releases.r1', _type: 'system.release', name: 'r1', state: 'active'})
    .commit()
})
afterAll(() => lake.close())

async function query(
  search: {[name: string]: string},
  {version = '2025-02-19', json}: Options = {},
) {
  const path = `/v${version}/data/query/production?${new URLSearchParams(search)}`
  return await ask(lake, path, {token, ...(json === undefined ? {} : {json})})
}
type Options = {version?: string; json?: object}

async function resultOf(search: {[name: string]: string}, options: Options = {}) {
  const {body} = await query({...search, returnQuery: 'false'}, options)
  const answer: {result?: unknown} = Object(body)
  return answer.result
}

const notes = '*[_type == "note"] | order(_id) {_id, title}'

describe('the endpoint', () => {
  test('answers the query, its result and how long it took', async () => {
    const {status, body} = await query({query: '*[_id == "a2"][0].title', tag: 'x', explain: 'no'})

    expect([status, body]).toEqual([
      200,
      {
        query: '*[_id == "a2"][0].title',
        result: 'Two',
        ms: expect.any(Number),
        syncTags: ['s1:d:a2'],
      },
    ])
    expect(Number.isInteger(Object(body).ms)).toBe(true)
  })

  test('leaves the query out when that is asked, and never the result', async () => {
    const {body} = await query({query: '*[_id == "nobody"][0]', returnQuery: 'false'})

    expect(body).toEqual({result: null, ms: expect.any(Number), syncTags: ['s1:d:nobody']})
  })

  test('takes parameters as JSON', async () => {
    const search = {
      query: '{"found": *[_id in $ids]._id, "params": [$text, $number, $object.deep, $nothing]}',
      $ids: '["a1","a2"]',
      $text: '"Ü \\" \\n"',
      $number: '1.5',
      $object: '{"deep":[true]}',
      $nothing: 'null',
    }

    expect(await resultOf(search)).toEqual({
      found: ['a1', 'a2'],
      params: ['Ü " \n', 1.5, [true], null],
    })
  })

  test('takes long queries by POST, with the options still in the address', async () => {
    const json = {query: `*[_id == $id][0].title // ${'x'.repeat(20_000)}`, params: {id: 'a1'}}

    expect(await resultOf({perspective: 'drafts'}, {json})).toBe('One, drafted')
    expect(await resultOf({perspective: 'published'}, {json})).toBe('One')
    const ids = Array.from({length: 2_000}, (_, index) => `a${index}`)
    expect(await client.fetch('*[_id in $ids]._id', {ids})).toEqual(['a1', 'a2'])
  })

  test.each([
    ['published', '2025-02-19'],
    ['published', '2026-11-23'],
    ['published', 'X'],
    ['raw', '2025-02-18'],
    ['raw', '2021-03-25'],
    ['raw', '1'],
  ])(
    'shows the perspective %s to API version %s unless another is named',
    async (name, version) => {
      expect(await resultOf({query: notes}, {version})).toEqual(
        await resultOf({query: notes, perspective: name}, {version}),
      )
    },
  )

  test('refuses what is no query with 400 and the place of the mistake', async () => {
    expect(await errorOf(client.fetch('*[_type == '))).toEqual({
      status: 400,
      error: {
        type: 'queryParseError',
        description: 'unexpected end-of-file, expected expression',
        query: '*[_type == ',
        start: 11,
        end: 11,
      },
    })
    expect(await errorOf(client.fetch('*[nonsense(_id)]'))).toEqual({
      status: 400,
      error: {
        type: 'queryParseError',
        description: 'Undefined function: nonsense',
        query: '*[nonsense(_id)]',
        start: 2,
        end: 10,
      },
    })
  })

  const badRequest = (message: string) => ({statusCode: 400, error: 'Bad Request', message})

  test.each([
    [{}, 'The request has no query. Send GROQ as "query".'],
    [
      {query: '*', $type: 'note'},
      'The parameter $type is not JSON. Strings need quotation marks: $type="…".',
    ],
    [
      {query: '*', perspective: 'raw,drafts'},
      'The perspective "raw" cannot be combined with others.',
    ],
    [{query: '*', perspective: 'no name'}, '"no name" is not a perspective.'],
  ])('refuses %j with a sentence', async (search, message) => {
    const {status, body} = await query({...search})

    expect([status, body]).toEqual([400, badRequest(message)])
  })

  test('of a dataset that is not there is 404 in the form that names it', async () => {
    const other = client.withConfig({dataset: 'other'})

    expect(await errorOf(other.fetch('*'))).toEqual({
      status: 404,
      statusCode: 404,
      error: 'Not Found',
      message: 'Dataset "other" not found for project ID "testing"',
      attributes: {type: 'dataset'},
    })
  })
})

describe('perspectives', () => {
  test('a draft of another type hides what is published from a filter on the type', async () => {
    await client
      .transaction()
      .create({_id: 'turned', _type: 'letter'})
      .create({_id: 'drafts.turned', _type: 'postcard'})
      .commit()
    const ofType = (type: string, perspective: string) =>
      resultOf({query: `*[_type == "${type}"]._id`, perspective})
    expect([
      await ofType('letter', 'drafts'),
      await ofType('postcard', 'drafts'),
      await ofType('letter', 'published'),
    ]).toEqual([[], ['turned'], ['turned']])
  })

  const one = {_id: 'a1', title: 'One'}
  const two = {_id: 'a2', title: 'Two'}
  const drafted = {_id: 'a1', title: 'One, drafted'}
  const released = {_id: 'a1', title: 'One, in a release'}
  const three = {_id: 'a3', title: 'Three, drafted'}

  test.each<[string, object[]]>([
    ['published', [one, two]],
    ['drafts', [drafted, two, three]],
    ['previewDrafts', [drafted, two, three]],
    ['r1', [released, two]],
    ['r1,drafts', [released, two, three]],
    ['drafts,r1', [drafted, two, three]],
    ['rUnknown,drafts,published', [drafted, two, three]],
    [
      'raw',
      [
        one,
        two,
        {...drafted, _id: 'drafts.a1'},
        {...three, _id: 'drafts.a3'},
        {...released, _id: 'versions.r1.a1'},
      ],
    ],
  ])('%s', async (perspective, result) => {
    expect(await resultOf({query: notes, perspective})).toEqual(result)
  })

  test('filters, references and counts see what is laid over', async () => {
    const result = await resultOf({
      perspective: 'drafts',
      query: `{
        "original": *[_id == "a1"][0]._originalId,
        "prefixed": *[_id in path("drafts.**")],
        "versions": *[sanity::versionOf("a1")]._originalId,
        "whoRefers": *[references("ada")]._id,
        "count": count(*[_type == "note"]),
        "byTitle": *[title == "One"]
      }`,
    })

    expect(result).toEqual({
      original: 'drafts.a1',
      prefixed: [],
      versions: ['drafts.a1'],
      whoRefers: [],
      count: 3,
      byTitle: [],
    })
  })

  test('a reference leads to what the perspective shows', async () => {
    await client.create({_id: 'drafts.ada', _type: 'person', name: 'Ada Lovelace'})
    const authors = {query: '*[_id == "a1"][0].author->{name, _originalId}'}

    expect(await resultOf({...authors, perspective: 'published'})).toEqual({
      name: 'Ada',
      _originalId: null,
    })
    expect(await resultOf({...authors, perspective: 'r1,drafts'})).toBeNull()
    expect(
      await resultOf({query: '*[_id == "ada"]{name, _originalId}', perspective: 'drafts'}),
    ).toEqual([{name: 'Ada Lovelace', _originalId: 'drafts.ada'}])
    await client.delete('drafts.ada')
  })
})

describe('what the Studio asks', () => {
  const raw = (text: string, params: {[name: string]: unknown} = {}) => client.fetch(text, params)

  test('with comments, trailing commas, doubled attributes and conditional spreads', async () => {
    const text = `// findability-mvi:5
      *[_type == "note" && !(_id in path("drafts.**"))] // end
      | order(_id asc)
      {_id,_type,_type,_id, ...select(length(title) > 3 => {title}, {}), ...select(false => {_rev}),}
      [0...$limit] // the end`

    expect(await raw(text, {limit: 2})).toEqual([
      {_id: 'a1', _type: 'note'},
      {_id: 'a2', _type: 'note'},
    ])
  })

  test('about versions, releases, references and who is asking', async () => {
    const me = await client.users.getById('me')

    expect(
      await raw(
        `{
          "versions": *[sanity::versionOf("a1")]._id,
          "ofParameter": *[sanity::versionOf($id)]._id,
          "inRelease": *[sanity::partOfRelease("r1")]._id,
          "inReleaseByDocument": *[sanity::partOfRelease("_.releases.r1")]._id,
          "byParameter": *[sanity::partOfRelease($release)]._id,
          "inNone": *[sanity::partOfRelease("r2")]._id,
          "releases": *[_type == "system.release" && _id in path("_.releases.*")]._id,
          "all": releases::all()[]._id,
          "aggregated": {"r1": *[sanity::partOfRelease("r1")]{_updatedAt, "docId": string::split(_id, ".")[2]}
            | order(_updatedAt desc)}.r1[].docId,
          "referring": *[references($ids)]._id,
          "identity": identity(),
          "now": [now(), dateTime(now()) == dateTime("2026-03-01T08:00:00Z")],
          "groups": *[_type == "system.group"]{members, grants}
        }`,
        {id: 'a1', release: '_.releases.r1', ids: ['nobody', 'ada']},
      ),
    ).toEqual({
      versions: ['a1', 'drafts.a1', 'versions.r1.a1'],
      ofParameter: ['a1', 'drafts.a1', 'versions.r1.a1'],
      inRelease: ['versions.r1.a1'],
      inReleaseByDocument: ['versions.r1.a1'],
      byParameter: ['versions.r1.a1'],
      inNone: [],
      releases: ['_.releases.r1'],
      all: ['_.releases.r1'],
      aggregated: ['a1'],
      referring: ['a1'],
      identity: me.id,
      now: ['2026-03-01T08:00:00.000Z', true],
      groups: [],
    })
  })

  test('for previews: the same documents in one list, by id', async () => {
    expect(
      await raw('[*[_id in ["a2","nobody"]][0...2]{_id,_rev,_type,title}, *[_id in []]][0...2]'),
    ).toEqual([[{_id: 'a2', _rev: expect.any(String), _type: 'note', title: 'Two'}], []])
  })

  test('which references still lead somewhere, before it restores a revision', async () => {
    expect(
      await raw('{"ada": defined(*[_id=="ada"]._id), "nobody": defined(*[_id=="nobody"][0]._id)}'),
    ).toEqual({ada: true, nobody: false})
  })
})

test('a query sees a transaction as soon as it is answered, whatever its visibility', async () => {
  for (const visibility of ['sync', 'async', 'deferred'] as const) {
    await client.createOrReplace({_id: 'seen', _type: 'seen', visibility}, {visibility})
    expect(await client.fetch('*[_type == "seen"].visibility')).toEqual([visibility])
  }
})
