import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let lake: RunningLake
let client: SanityClient

const span = (text: string) => ({
  _type: 'block',
  _key: 'b',
  children: [{_type: 'span', _key: 's', text}],
})

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  const person = {_type: 'person'}
  await client
    .transaction()
    .create({...person, _id: 'brandt', name: 'Wílly Brandt', body: [span('Ostpolitik')]})
    .create({...person, _id: 'schmidt', name: 'Helmut Schmidt', tags: ['Hamburg', 'pilot']})
    .create({...person, _id: 'kohl', name: 'Helmut Kohl', party: {_ref: 'cdu', _weak: true}})
    .create({_type: 'party', _id: 'cdu', name: 'CDU'})
    .commit()
})
afterAll(() => lake.close())

/** The list pane's query: what is typed as terms, with the last one as a beginning, and as it is. */
function listed(text: string, raw = '') {
  return client.fetch<string[]>(
    `*[_type in $__types && ([@, _id] match text::query($__query) || references($__rawQuery))]
      {_id, "orderings": [_id]} | order(orderings[0] asc) [0...$__limit]._id`,
    {__types: ['person'], __query: text, __rawQuery: raw, __limit: 101},
  )
}

describe('over whole documents', () => {
  test.each<[string, string[]]>([
    ['*', ['brandt', 'kohl', 'schmidt']],
    ['', ['brandt', 'kohl', 'schmidt']],
    ['helmut', ['kohl', 'schmidt']],
    ['HELMUT schm*', ['schmidt']],
    ['helm', []],
    ['helm*', ['kohl', 'schmidt']],
    ['willy', ['brandt']],
    ['helmut -kohl', ['schmidt']],
    ['"helmut kohl"', ['kohl']],
    ['"kohl helmut"', []],
    ['ostpol*', ['brandt']],
    ['pilot hamburg', ['schmidt']],
    ['brandt*', ['brandt']],
    ['nobody', []],
    ['-', ['brandt', 'kohl', 'schmidt']],
  ])('%j', async (text, found) => {
    expect(await listed(text)).toEqual(found)
  })

  test('with what is typed taken for an id that documents refer to', async () => {
    expect(await listed('cdu*', 'cdu')).toEqual(['kohl'])
  })
})

test('an attribute can be asked, a list, what a reference leads to, and what stands inside', async () => {
  const found = await client.fetch(
    `{
      "name": *[name match text::query("hel* schm*")]._id,
      "tags": *[tags match text::query("ham*")]._id,
      "body": *[pt::text(body) match text::query("ostpolitik")]._id,
      "none": *[name match text::query($none)]._id,
      "accents": *[name match text::query("willy")]._id,
      "phrase": *[name match text::query("\\"kohl helmut\\"")]._id,
      "without": *[_type == "person" && name match text::query("-helmut")]._id,
      "not": *[!(tags match text::query("hamburg")) && _type == "person"]._id,
      "blocks": *[body match text::query("ostpolitik")]._id,
      "followed": *[party->name match text::query("cdu")]._id,
      "inside": *[_id == "schmidt"][0].tags[@ match text::query("ham*")],
      "nested": *[_id == "brandt"][0].body[children[0].text match text::query("ost*")]._key
    }`,
    {none: 'nobody'},
  )

  expect(found).toEqual({
    name: ['schmidt'],
    tags: ['schmidt'],
    body: ['brandt'],
    none: [],
    accents: ['brandt'],
    phrase: [],
    without: ['brandt'],
    not: ['brandt', 'kohl'],
    blocks: ['brandt'],
    followed: ['kohl'],
    inside: ['Hamburg'],
    nested: ['b'],
  })
})

test('the search ranks by score, with boosts, and leaves out what does not match', async () => {
  const search = (text: string, raw: string) =>
    client.fetch(
      `// findability-mvi:5
      *[_type in $__types] | score(
        boost(_type in ["person"] && name match text::query($__query), 10),
        boost(references($__refIds), 2),
        ([@, _id] match text::query($__query) || references($__rawQuery))
      ) [_score > 0] {_type, _id, _originalId, "orderings": [_score]}
      | order(orderings[0] desc) [0...$__limit] {_id, "ranked": orderings[0] > 0}`,
      {__types: ['person', 'party'], __query: text, __rawQuery: raw, __refIds: ['cdu'], __limit: 9},
    )

  expect(await search('schm*', 'schm')).toEqual([
    {_id: 'schmidt', ranked: true},
    {_id: 'kohl', ranked: true},
  ])
  expect(await search('ostpolitik*', 'ostpolitik')).toEqual(
    expect.arrayContaining([{_id: 'brandt', ranked: true}]),
  )
})

describe('what no index is made of is found all the same', () => {
  test('the attributes that Sanity keeps, at the top and inside', async () => {
    const found = await client.fetch(`{
      "type": *[_type match "part*"]._id,
      "reference": *[party._ref match "cdu"]._id,
      "keys": *[body[]._key match "b" && _type == "person"]._id,
      "beside": *[[name, party._ref] match "cdu"]._id,
      "scored": *[_type == "person"] | score(party._ref match "cdu")[_score > 0]._id
    }`)
    expect(found).toEqual({
      type: ['cdu'],
      reference: ['kohl'],
      keys: ['brandt'],
      beside: ['cdu', 'kohl'],
      scored: ['kohl'],
    })
  })

  test('attributes beyond those that have a column of their own', async () => {
    const names = Array.from({length: 100}, (_, number) => `attribute${number}`)
    const attributes = Object.fromEntries(names.map((name) => [name, `of ${name}`]))
    await client.create({_type: 'wide', _id: 'wide', ...attributes})
    await client.create({
      _type: 'wide',
      _id: 'swapped',
      attribute98: 'attribute99',
      attribute99: 'x',
    })
    for (const name of ['attribute0', 'attribute62', 'attribute63', 'attribute99']) {
      const query = `*[${name} match text::query("${name}")]`
      expect(await client.fetch(`${query}._id`)).toEqual(['wide'])
      expect(await client.fetch(`${query} | score(${name} match "of")[_score > 0]._id`)).toEqual([
        'wide',
      ])
    }
    expect(await client.fetch('*[attribute98 match "attribute99"]._id')).toEqual(['swapped'])
  })
})

test('a word that goes on in the next span is one, whatever stands between', async () => {
  const children = [
    {_type: 'span', _key: 'a', text: 'Fish'},
    {_type: 'note', _key: 'b', text: 'aside'},
    {_type: 'span', _key: 'c', text: 'monger'},
  ]
  await client.create({
    _type: 'joined',
    _id: 'joined',
    body: [{_type: 'block', _key: 'b', children}],
  })
  const found = await client.fetch(`{
    "whole": *[pt::text(body) match "fishmonger"]._id,
    "part": *[pt::text(body) match "fish"]._id,
    "spans": *[body[].children[].text match "fish"]._id,
    "aside": *[body match text::query("aside monger")]._id
  }`)
  expect(found).toEqual({whole: ['joined'], part: [], spans: ['joined'], aside: ['joined']})
})

test('running text is what the blocks say, and nothing that stands in or between them', async () => {
  const span = (text: string) => ({_type: 'span', _key: text, text, marks: ['strong']})
  const blocks = [
    {
      _type: 'block',
      _key: 'b',
      style: 'lead',
      children: [span('Tide '), {_type: 'flag', code: 'ie'}, span('tables')],
    },
    {_type: 'figure', _key: 'f', caption: 'A lighthouse'},
  ]
  await client.create({
    _type: 'told',
    _id: 'told',
    sections: [{heading: 'Ebb', body: blocks}],
    tide: 'spring',
  })
  const asked = async (left: string, text: string) =>
    client.fetch<string[]>(`*[_type == "told" && ${left} match ${text}]._id`)
  const running = 'pt::text(sections[].body[])'
  expect(await asked(running, '"tables tide"')).toEqual(['told'])
  expect(await asked(running, 'text::query("\\"tide tables\\"")')).toEqual(['told'])
  expect(await asked(`[tide, ${running}]`, '["spring", "tables"]')).toEqual(['told'])
  for (const word of ['lighthouse', 'ebb', 'lead', 'strong', 'ie', 'spring']) {
    expect(await asked(running, `"${word}"`)).toEqual([])
    expect(await asked('@', `text::query("${word}")`)).toEqual(['told'])
  }
  expect(await asked('sections[].body[].caption', '"lighthouse"')).toEqual(['told'])
  expect(await asked('sections[].body[].children[].text', '"tables"')).toEqual(['told'])
  expect(await asked('sections[].heading', '"ebb"')).toEqual(['told'])
})
