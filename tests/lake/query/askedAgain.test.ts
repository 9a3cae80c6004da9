import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

/** A query that was asked before is not worked out anew: other values, callers and data must still have their own answers. */
let lake: RunningLake

beforeAll(async () => {
  lake = await startLake()
  const client = await lake.clientFor('editor')
  const transaction = client.transaction()
  const documents: {_id: string; [attribute: string]: unknown}[] = [
    {_id: 'one', place: 'a', by: {_ref: 'ada', _weak: true}},
    {_id: 'two', place: 1, by: {_ref: 'ada', _weak: true}},
    {_id: 'three', place: true, by: {_ref: 'nobody', _weak: true}, on: {_ref: '', _weak: true}},
    {_id: 'four', slug: {current: 'four'}},
    {_id: 'drafts.one', place: 'draft', by: {_ref: 'bo', _weak: true}},
  ]
  for (const document of documents) transaction.create({_type: 'story', ...document})
  transaction.create({_id: 'ada', _type: 'person', name: 'Ada', desk: {_ref: 'home', _weak: true}})
  transaction.create({_id: 'bo', _type: 'person', name: 'Bo'})
  transaction.create({_id: 'home', _type: 'desk', name: 'Home'})
  await transaction.commit()
})
afterAll(() => lake.close())

const byPlace = '*[_type == "story" && place == $place]._id'

describe('one text, other values', () => {
  test.each<[unknown, string[]]>([
    ['a', ['one']],
    [1, ['two']],
    [true, ['three']],
    [null, ['four']],
    ['b', []],
    [['a'], []],
    [{a: 1}, []],
    ['a', ['one']],
  ])('%j', async (place, expected) => {
    const client = await lake.clientFor('viewer', {perspective: 'published'})
    expect(await client.fetch(byPlace, {place})).toEqual(expected)
  })

  test('in a list, in a limit and in a reference', async () => {
    const client = await lake.clientFor('viewer', {perspective: 'published'})
    const inList = '*[_type == "story" && place in $places] | order(_id)._id'
    expect(await client.fetch(inList, {places: ['a']})).toEqual(['one'])
    expect(await client.fetch(inList, {places: [1, 'a']})).toEqual(['one', 'two'])
    expect(await client.fetch(inList, {places: []})).toEqual([])
    const first = '*[_type == "story"] | order(_id)[0...$count]._id'
    expect(await client.fetch(first, {count: 1})).toEqual(['four'])
    expect(await client.fetch(first, {count: 2})).toEqual(['four', 'one'])
    const about = '*[references($ids)] | order(_id)._id'
    expect(await client.fetch(about, {ids: 'ada'})).toEqual(['one', 'two'])
    expect(await client.fetch(about, {ids: ['nobody', 'home']})).toEqual(['ada', 'three'])
    expect(await client.fetch(about, {ids: null})).toEqual([])
    expect(await client.fetch(about, {ids: []})).toEqual([])
  })
})

test('one text, other perspectives and callers', async () => {
  const query = '*[_type == "story"] | order(_id)[0...2]{_id, place}'
  const viewer = await lake.clientFor('viewer')
  const published = [
    {_id: 'four', place: null},
    {_id: 'one', place: 'a'},
  ]
  const drafted = [
    {_id: 'four', place: null},
    {_id: 'one', place: 'draft'},
  ]
  const raw = [
    {_id: 'drafts.one', place: 'draft'},
    {_id: 'four', place: null},
  ]
  expect(await viewer.fetch(query, {}, {perspective: 'published'})).toEqual(published)
  expect(await viewer.fetch(query, {}, {perspective: 'drafts'})).toEqual(drafted)
  expect(await viewer.fetch(query, {}, {perspective: 'raw'})).toEqual(raw)
  const anonymous = lake.anonymousClient()
  expect(await anonymous.fetch(query, {}, {perspective: 'raw'})).toEqual(published)
  expect(await anonymous.fetch(query, {}, {perspective: 'drafts'})).toEqual(published)
})

test('one text, changed data', async () => {
  const client = await lake.clientFor('editor', {perspective: 'published'})
  const bySlug = '*[slug.current == $slug][0]{_id}'
  const counted = 'count(*[_type == "novelty"])'
  const everything = '*[place == "new"] | order(_updatedAt desc)[0...5]{_type}'
  const asked = async () => [
    await client.fetch(bySlug, {slug: 'five'}),
    await client.fetch(counted),
    await client.fetch(everything),
  ]
  expect(await asked()).toEqual([null, 0, []])
  await client.create({_id: 'n5', _type: 'novelty', place: 'new', slug: {current: 'five'}})
  expect(await asked()).toEqual([{_id: 'n5'}, 1, [{_type: 'novelty'}]])
  await client.create({_id: 'n1', _type: 'novelty', slug: {current: 'five'}})
  expect(await asked()).toEqual([{_id: 'n1'}, 2, [{_type: 'novelty'}]])
  await client.delete({query: '*[_type == "novelty"]'})
  expect(await asked()).toEqual([null, 0, []])
})

describe('of a referenced document, all that is looked at is there', () => {
  test.each<[string, unknown]>([
    ['by->name', 'Ada'],
    ['by->desk->name', 'Home'],
    ['by->{name, "desk": desk->{name}}', {name: 'Ada', desk: {name: 'Home'}}],
    ['[by->_id, by->_type, by->missing]', ['ada', 'person', null]],
    ['[by]{"whole": @->}.whole.name', ['Ada']],
    ['[by][]->name', ['Ada']],
    ['[by->][0].name', 'Ada'],
    ['{"n": by->name, "all": defined(by->{...}.desk)}', {n: 'Ada', all: true}],
    ['by->{"same": *[_type == "person" && name == ^.name]._id}', {same: ['ada']}],
    ['by->{"others": *[references(^._id)] | order(_id)._id}', {others: ['one', 'two']}],
    ['{"n": by->name, "got": documents::get(by).desk._ref}', {n: 'Ada', got: 'home'}],
    ['count([by->][defined(desk)])', 1],
    ['(by->).desk._ref', 'home'],
    ['coalesce(by->nick, by->name)', 'Ada'],
    ['by->{"lower": string::lower(name), "keys": count(@)}', {lower: 'ada', keys: null}],
  ])('%s', async (expression, expected) => {
    const client = await lake.clientFor('viewer', {perspective: 'published'})
    expect(await client.fetch(`*[_id == "one"][0]{"x": ${expression}}.x`)).toEqual(expected)
  })

  test('under the id by which it is known', async () => {
    const client = await lake.clientFor('viewer', {perspective: 'drafts'})
    const query = '*[_id == "one"][0]{_originalId, "by": by->{_id, _originalId, name}}'
    expect(await client.fetch(query)).toEqual({
      _originalId: 'drafts.one',
      by: {_id: 'bo', _originalId: 'bo', name: 'Bo'},
    })
  })
})
