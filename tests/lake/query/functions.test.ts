import {describe, expect, test} from 'vitest'

import {evaluated} from './support/evaluated.ts'

describe('string and length', () => {
  test.each([
    ['string::length("Åsa")', 3],
    ['string::length("\\u{1F600}!")', 2],
    ['length("\\u{1F600}!")', 2],
    ['string::length([1])', null],
    ['length([1, 2])', 2],
    ['string::split("\\u{1F600}!", "")', ['\u{1F600}', '!']],
    ['string::split("", ",")', []],
    ['string::split("a,b", 1)', null],
    ['string::startsWith("abc", "ab")', true],
    ['upper("straße")', 'STRASSE'],
    ['lower(1)', null],
    ['string(1.50)', '1.5'],
    ['string(dateTime("2026-01-01T00:00:00Z"))', '2026-01-01T00:00:00Z'],
    ['string([])', null],
  ])('%s', (query, answer) => {
    expect(evaluated(query)).toEqual(answer)
  })
})

describe('round and math', () => {
  test.each([
    ['round(-2.5)', -3],
    ['round(1.005e2, 1)', 100.5],
    ['round(1.5, 101)', 1.5],
    ['round(1.5, 0.5)', null],
    ['round(1.5, -1)', null],
    ['math::sum([])', 0],
    ['math::sum([1, null, 2])', 3],
    ['math::avg([null])', null],
    ['math::max([1, "2"])', null],
    ['math::min([3, 1, 2])', 1],
  ])('%s', (query, answer) => {
    expect(evaluated(query)).toEqual(answer)
  })
})

describe('array', () => {
  test.each([
    ['array::unique([1, 1, null, null, "1", [1], [1]])', [1, null, '1', [1], [1]]],
    ['array::join([1, "a", true], "-")', '1-a-true'],
    ['array::join([1, null], "-")', null],
    ['array::compact([1, null, 2])', [1, 2]],
    ['array::intersects([1, 2], [2, 3])', true],
    ['array::intersects([[]], [[]])', false],
    ['array::intersects([null], [null])', true],
  ])('%s', (query, answer) => {
    expect(evaluated(query)).toEqual(answer)
  })
})

describe('pt::text (GROQ specification, "Portable Text Extension")', () => {
  const block = (...texts: string[]) => ({
    _type: 'block',
    children: texts.map((text) => ({_type: 'span', text})),
  })
  const body = [block('One', ' line.'), {_type: 'image'}, block('Two.')]

  test.each([
    ['a block', block('One.'), 'One.'],
    ['blocks, and what is none between them', body, 'One line.\n\nTwo.'],
    ['arrays of blocks', [body, [block('Three.')]], 'One line.\n\nTwo.\n\nThree.'],
    ['no block at all', [{_type: 'image'}], null],
    ['inline objects have no text', {_type: 'block', children: [{_type: 'x', text: 'no'}]}, ''],
    ['a string', 'One.', null],
  ])('%s', (_name, value, text) => {
    expect(evaluated('pt::text($value)', {params: {value}})).toBe(text)
  })

  test('of one attribute of many documents is matched as one text', () => {
    const documents = [{_id: 'a', sections: [{body}, {body: [block('Three.')]}]}]
    expect(evaluated('*[pt::text(sections[].body) match "three"]._id', {documents})).toEqual(['a'])
  })
})

describe('sanity and releases (GROQ functions reference)', () => {
  const documents = [
    {_id: '_.releases.r1', _type: 'system.release'},
    {_id: 'a', _system: {variants: [{_ref: '_.variants.mobile'}]}},
    {_id: 'drafts.a'},
    {_id: 'versions.r1.a', _system: {variant: 'mobile'}},
    {_id: 'versions.r1.b.c'},
    {_id: 'versions.r2.a'},
  ]

  test.each([
    ['*[sanity::versionOf("a")]._id', ['a', 'drafts.a', 'versions.r1.a', 'versions.r2.a']],
    ['*[sanity::versionOf("b.c")]._id', ['versions.r1.b.c']],
    ['*[sanity::partOfRelease("r1")]._id', ['versions.r1.a', 'versions.r1.b.c']],
    ['*[sanity::partOfRelease("_.releases.r2")]._id', ['versions.r2.a']],
    ['*[sanity::partOfVariant("mobile")]._id', ['a', 'versions.r1.a']],
    ['*[sanity::partOfVariant("_.variants.mobile")]._id', ['a', 'versions.r1.a']],
    ['sanity::partOfRelease("r1")', null],
    ['[sanity::projectId(), sanity::dataset(), identity()]', ['desk', 'news', 'ada']],
    ['releases::all()._id', null],
    ['releases::all()[]._id', ['_.releases.r1']],
  ])('%s', (query, answer) => {
    expect(evaluated(query, {documents})).toEqual(answer)
  })
})

describe('documents, media and user', () => {
  const documents = [
    {_id: 'a', title: 'A', image: {_ref: 'media'}},
    {_id: 'b', of: {_ref: 'a'}, and: {_ref: 'dataset:desk.news:a'}, far: {_ref: 'dataset:x.y:a'}},
    {_id: 'media', aspects: {credit: 'Ada'}},
  ]

  test.each([
    ['documents::get("a").title', 'A'],
    ['documents::get(*[_id == "b"][0].of).title', 'A'],
    ['documents::get(*[_id == "b"][0].and).title', 'A'],
    ['documents::get(*[_id == "b"][0].far)', null],
    ['documents::get(1)', null],
    ['documents::incomingRefCount("a")', 1],
    ['*[documents::incomingRefCount() > 0]._id', ['a', 'media']],
    ['*[_id == "a"][0]{"credit": media::aspect(image, "credit")}', {credit: 'Ada'}],
    ['media::aspect("media", "toString")', null],
    ['user::attributes()', {}],
    ['defined(user::attributes().team)', false],
  ])('%s', (query, answer) => {
    expect(evaluated(query, {documents})).toEqual(answer)
  })
})

describe('references (GROQ specification, "global::references")', () => {
  const documents = [
    {_id: 'a', deep: [{of: {_ref: 'x'}}]},
    {_id: 'b', of: {_ref: 'y', inner: {_ref: 'x'}}},
    {_id: 'c', list: [{_ref: 'y'}, {_ref: 'z'}]},
  ]

  test.each([
    ['*[references("x")]._id', ['a']],
    ['*[references("x", "z")]._id', ['a', 'c']],
    ['*[references(["y", 1])]._id', ['b', 'c']],
    ['*[references(null)]._id', []],
    ['*[0].deep[references("x")].of._ref', ['x']],
  ])('%s', (query, answer) => {
    expect(evaluated(query, {documents})).toEqual(answer)
  })
})
