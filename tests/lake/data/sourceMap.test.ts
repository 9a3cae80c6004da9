import type {SanityClient} from '@sanity/client'
import {resolveEditUrl, type ContentSourceMap} from '@sanity/client/csm'
import {stegaClean} from '@sanity/client/stega'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw', useCdn: false})
  const reference = (id: string) => ({_type: 'reference', _ref: id, _key: `to-${id}`})
  const block = (key: string, ...texts: string[]) => ({
    _type: 'block',
    _key: key,
    children: texts.map((text, index) => ({_type: 'span', _key: `${key}${index}`, text})),
  })
  await client
    .transaction()
    .create({_id: 'ada', _type: 'person', name: 'Ada', aliases: ['A.', 'Countess', 'A.']})
    .create({_id: 'bob', _type: 'person', name: 'Bob'})
    .create({
      _id: 'a1',
      _type: 'article',
      headline: 'Storm nears',
      words: 300,
      update: true,
      standfirst: null,
      "it's": 'odd',
      authors: [reference('bob'), reference('ada')],
      body: [block('b1', 'Wind', 'Rain'), block("b'2", 'Sea')],
    })
    .create({_id: 'a2', _type: 'article', headline: 'Calm returns', words: 200, kicker: 'Weather'})
    .create({_id: 'drafts.a2', _type: 'article', headline: 'Calm is back', words: 200})
    .commit()
})
afterAll(() => lake.close())

type Options = {resultSourceMap?: true; perspective?: 'drafts' | 'published'}

/** The answer, and of each value in it which document's value it is: `"a1 $['headline']"`, or the kind of its source. */
async function sources(query: string, options: Options = {}, params = {}) {
  const {result, resultSourceMap} = await client.fetch(query, params, {
    resultSourceMap: 'withKeyArraySelector',
    ...options,
    filterResponse: false,
  })
  return {result, from: resultSourceMap && readable(resultSourceMap)}
}

function readable({documents, paths, mappings}: ContentSourceMap) {
  return Object.fromEntries(
    Object.entries(mappings).map(([at, {source}]) => [
      at,
      source.type === 'documentValue'
        ? `${documents[source.document]?._id} ${paths[source.path]}`
        : source.type,
    ]),
  )
}

describe('resultSourceMap', () => {
  test('has the form of Content Source Maps: documents and paths once, a mapping a value', async () => {
    const {resultSourceMap} = await client.fetch(
      '*[_type == "article" && !(_id in path("drafts.**"))] | order(headline) {headline, "words": words + 1, "kind": "story"}',
      {},
      {resultSourceMap: true, filterResponse: false},
    )

    const value = (source: object) => ({type: 'value', source})
    expect(resultSourceMap).toEqual({
      documents: [
        {_id: 'a2', _type: 'article'},
        {_id: 'a1', _type: 'article'},
      ],
      paths: ["$['headline']"],
      mappings: {
        "$[0]['headline']": value({type: 'documentValue', document: 0, path: 0}),
        "$[0]['words']": value({type: 'unknown'}),
        "$[0]['kind']": value({type: 'literal'}),
        "$[1]['headline']": value({type: 'documentValue', document: 1, path: 0}),
        "$[1]['words']": value({type: 'unknown'}),
        "$[1]['kind']": value({type: 'literal'}),
      },
    })
  })

  test('is not there unless it is asked for by one of its two names', async () => {
    const token = await lake.tokenFor('editor')
    for (const form of ['', '&resultSourceMap=false', '&resultSourceMap=constructor']) {
      const path = `/v2025-02-19/data/query/production?query=${encodeURIComponent('*[_id=="ada"].name')}`
      expect((await ask(lake, `${path}${form}&returnQuery=false`, {token})).body).toEqual({
        result: ['Ada'],
        ms: expect.any(Number),
        syncTags: expect.any(Array),
      })
    }
  })

  test('names elements of arrays by their key or by their place', async () => {
    const query = '*[_id == "a1"][0].body[].children[].text'

    expect(await sources(query)).toEqual({
      result: ['Wind', 'Rain', 'Sea'],
      from: {
        '$[0]': "a1 $['body'][?(@._key=='b1')]['children'][?(@._key=='b10')]['text']",
        '$[1]': "a1 $['body'][?(@._key=='b1')]['children'][?(@._key=='b11')]['text']",
        '$[2]': String.raw`a1 $['body'][?(@._key=='b\'2')]['children'][?(@._key=='b\'20')]['text']`,
      },
    })
    expect((await sources(query, {resultSourceMap: true})).from).toEqual({
      '$[0]': "a1 $['body'][0]['children'][0]['text']",
      '$[1]': "a1 $['body'][0]['children'][1]['text']",
      '$[2]': "a1 $['body'][1]['children'][0]['text']",
    })
  })

  test.each<[string, string, object]>([
    ['a value alone', '*[_id == "a1"][0].headline', {$: "a1 $['headline']"}],
    [
      'numbers and booleans',
      '*[_id == "a1"][0]{words, update}',
      {
        "$['words']": "a1 $['words']",
        "$['update']": "a1 $['update']",
      },
    ],
    [
      'null that is stored, and null that is not',
      '*[_id == "a1"][0]{standfirst, nothing}',
      {
        "$['standfirst']": "a1 $['standfirst']",
        "$['nothing']": 'unknown',
      },
    ],
    [
      'names with quotes',
      `*[_id == "a1"][0]{"it's": @["it's"]}`,
      {
        [String.raw`$['it\'s']`]: String.raw`a1 $['it\'s']`,
      },
    ],
    [
      'dereferences, in the order of the references',
      '*[_id == "a1"][0].authors[]->name',
      {
        '$[0]': "bob $['name']",
        '$[1]': "ada $['name']",
      },
    ],
    [
      'a dereference in a projection',
      '*[_id == "a1"]{"by": authors[]->{"who": name}}',
      {
        "$[0]['by'][0]['who']": "bob $['name']",
        "$[0]['by'][1]['who']": "ada $['name']",
      },
    ],
    [
      'a spread and what overrides it',
      '*[_id == "bob"][0]{..., "name": "B.", "_rev": 1, "_createdAt": null, "_updatedAt": null}',
      {
        "$['_id']": "bob $['_id']",
        "$['_type']": "bob $['_type']",
        "$['name']": 'literal',
        "$['_rev']": 'literal',
        "$['_createdAt']": 'literal',
        "$['_updatedAt']": 'literal',
      },
    ],
    [
      'conditional projections',
      '*[_id == "a1"][0]{words > 200 => {headline}, words < 200 => {words}}',
      {
        "$['headline']": "a1 $['headline']",
      },
    ],
    [
      'coalesce',
      '*[_type == "article" && !(_id in path("drafts.**"))] | order(_id) {"top": coalesce(kicker, headline, "none")}',
      {
        "$[0]['top']": "a1 $['headline']",
        "$[1]['top']": "a2 $['kicker']",
      },
    ],
    [
      'select',
      '*[_id == "a1"][0]{"size": select(words > 1000 => "long", words > 200 => headline, "short")}',
      {
        "$['size']": "a1 $['headline']",
      },
    ],
    [
      'slices, elements from the end, equal scalars',
      '*[_id == "ada"][0]{"last": aliases[-1], "some": aliases[1..2]}',
      {
        "$['last']": "ada $['aliases'][2]",
        "$['some'][0]": "ada $['aliases'][1]",
        "$['some'][1]": "ada $['aliases'][2]",
      },
    ],
    [
      'filters of arrays',
      '*[_id == "a1"][0].body[_key == "b\'2"]{"first": children[0].text}',
      {
        "$[0]['first']": String.raw`a1 $['body'][?(@._key=='b\'2')]['children'][?(@._key=='b\'20')]['text']`,
      },
    ],
    [
      'order over what was projected',
      '*[_type == "person"]{"n": name, "l": length(name)} | order(n desc) {n}',
      {
        "$[0]['n']": "bob $['name']",
        "$[1]['n']": "ada $['name']",
      },
    ],
    [
      'order of scalars',
      '*[_id == "ada"][0].aliases | order(@ desc)',
      {
        '$[0]': "ada $['aliases'][1]",
        '$[1]': "ada $['aliases'][0]",
        '$[2]': "ada $['aliases'][2]",
      },
    ],
    [
      'array::unique and array::compact',
      'array::compact(array::unique(*[_id == "ada"][0].aliases))',
      {
        '$[0]': "ada $['aliases'][0]",
        '$[1]': "ada $['aliases'][1]",
      },
    ],
    [
      'scores',
      '*[_type == "person"] | score(name == "Bob") {name, _score}',
      {
        "$[0]['name']": "bob $['name']",
        "$[0]['_score']": 'unknown',
        "$[1]['name']": "ada $['name']",
        "$[1]['_score']": 'unknown',
      },
    ],
    [
      'scores of what is no document of *',
      '[{"n": *[_id == "ada"][0].name}, {"n": "Bob"}] | score(n == "Bob") {n, _score}',
      {
        "$[0]['n']": 'literal',
        "$[0]['_score']": 'unknown',
        "$[1]['n']": "ada $['name']",
        "$[1]['_score']": 'unknown',
      },
    ],
    [
      'sub-queries and ^',
      '*[_id == "bob"][0]{"wrote": *[references(^._id)]{headline, "by": ^.name}}',
      {
        "$['wrote'][0]['headline']": "a1 $['headline']",
        "$['wrote'][0]['by']": "bob $['name']",
      },
    ],
    [
      'arrays laid together',
      '[...*[_id == "ada"].name, "and"] + *[_id == "bob"].name',
      {
        '$[0]': "ada $['name']",
        '$[1]': 'literal',
        '$[2]': "bob $['name']",
      },
    ],
    [
      'parameters and computed values',
      '{"given": $given, "count": count(*[_type == "person"]), "text": pt::text(*[_id == "a1"][0].body)}',
      {
        "$['given']": 'literal',
        "$['count']": 'unknown',
        "$['text']": 'unknown',
      },
    ],
    ['nothing at all', '*[_id == "nobody"]', {}],
  ])('follows %s', async (_name, query, from) => {
    const traced = await sources(query, {}, {given: 'x'})

    expect(traced.from).toEqual(from)
    expect(traced.result).toEqual(await client.fetch(query, {given: 'x'}))
  })

  test('names the draft that a perspective shows under the id of the story', async () => {
    expect(await sources('*[_id == "a2"][0]{_id, headline}', {perspective: 'drafts'})).toEqual({
      result: {_id: 'a2', headline: 'Calm is back'},
      from: {"$['_id']": 'unknown', "$['headline']": "drafts.a2 $['headline']"},
    })
    expect((await sources('*[_id == "a2"][0].kicker', {perspective: 'published'})).from).toEqual({
      $: "a2 $['kicker']",
    })
  })
})

describe('the client', () => {
  const studioUrl = 'https://studio.example'

  test('leads from a headline in an answer to the place in the Studio where it is edited', async () => {
    const query =
      '*[_id == "a1"][0]{headline, "first": body[0].children[1].text, "by": authors[0]->name}'
    const {result, resultSourceMap} = await client.fetch(
      query,
      {},
      {
        resultSourceMap: 'withKeyArraySelector',
        filterResponse: false,
      },
    )

    if (resultSourceMap === undefined) throw new Error('There is no source map.')
    const placeOf = (resultPath: string[]) => {
      const url = resolveEditUrl({studioUrl, resultSourceMap, resultPath})
      return url && decodeURIComponent(new URL(url).pathname)
    }
    expect(result.headline).toBe('Storm nears')
    expect([placeOf(['headline']), placeOf(['first']), placeOf(['by'])]).toEqual([
      '/intent/edit/mode=presentation;id=a1;type=article;path=headline',
      '/intent/edit/mode=presentation;id=a1;type=article;path=body[_key=="b1"].children[_key=="b11"].text',
      '/intent/edit/mode=presentation;id=bob;type=person;path=name',
    ])
  })

  test('hides in a headline what document and what path it is (stega)', async () => {
    const hidden: object[] = []
    const hiding = client.withConfig({
      perspective: 'drafts',
      stega: {
        enabled: true,
        studioUrl,
        filter(place) {
          const {sourceDocument, sourcePath, value} = place
          hidden.push({sourceDocument, sourcePath, value})
          return place.filterDefault(place)
        },
      },
    })
    const {headline, words} = await hiding.fetch('*[_id == "a2"][0]{headline, words}')

    expect(hidden).toEqual([
      {
        sourceDocument: {_id: 'drafts.a2', _type: 'article'},
        sourcePath: ['headline'],
        value: 'Calm is back',
      },
    ])
    expect([headline === 'Calm is back', stegaClean(headline), words]).toEqual([
      false,
      'Calm is back',
      200,
    ])
  })
})
