import {describe, expect, test} from 'vitest'

import {LakeError} from '../../../lake/errors.ts'
import {parseQuery} from '../../../lake/query/parseQuery.ts'
import {evaluated} from './support/evaluated.ts'

/** What the API says of a query that it refuses, and the piece of the query that it points to. */
function refusal(query: string, params = {}) {
  try {
    parseQuery(query, params)
  } catch (error) {
    if (!(error instanceof LakeError)) throw error
    const {error: told} = error.body
    if (typeof told !== 'object' || told === null || Array.isArray(told)) throw error
    const {start, end, description, type} = told
    return {
      status: error.status,
      type,
      description,
      place: query.slice(Number(start), Number(end)),
      start,
    }
  }
  throw new Error('The query was taken.')
}

const parseError = {status: 400, type: 'queryParseError'}

describe('a mistake is told with its place in the query as it was sent', () => {
  test.each([
    ['*[_type == ', '', 11, 'unexpected end-of-file, expected expression'],
    ['*[a b]', 'b', 4, 'unexpected "b"'],
    ['*[string::length(a) > 1 && b c]', 'c', 29, 'unexpected "c"'],
    ['["\\u{1F600}", a b]', 'b', 16, 'Expected "]" after array expression'],
    ['*[nothing(a)]', 'nothing', 2, 'Undefined function: nothing'],
    ['*[string::nothing(a)]', 'string::nothing', 2, 'Undefined function: nothing'],
    ['*[ nowhere::length(a)]', 'nowhere::length', 3, 'Undefined namespace: nowhere'],
    ['[defined(a), defined(a, b)]', 'defined', 1, 'Incorrect number of arguments'],
    ['[1, string::length()]', 'string::length', 4, 'Incorrect number of arguments'],
    ['*[0] | score(a == 1)', 'score', 7, 'score() can only be used with documents'],
    ['*[_id == $id]', '$id', 9, 'param $id referenced, but not provided'],
    ['*[a match text::semanticSimilarity("x")]', 'text::semanticSimilarity', 10, 'embeddings'],
    ['boost(a, 1)', 'boost(a, 1)', 0, 'unexpected boost'],
  ])('%s', (query, place, start, description) => {
    expect(refusal(query)).toEqual({
      ...parseError,
      description: expect.stringContaining(description),
      place,
      start,
    })
  })
})

describe('functions that groq-js does not know', () => {
  test.each([
    ['string::length("abc")', 3],
    ['string :: length("abc")', 3],
    ['string::length ("abc")', 3],
    ['string::length(// how long\n "abc", )', 3],
    ['string::length(string::split("ab,c", ",")[0])', 2],
    ['[string::length("a"), string::length("ab")]', [1, 2]],
    ['"string::length(1)"', 'string::length(1)'],
    ["'it\\'s geo(1)'", "it's geo(1)"],
    ['1 // string::length(', 1],
    ['geo({"lat": 1, "lng": 2})', {type: 'Point', coordinates: [2, 1]}],
    ['geo::latLng(1, 2)', {type: 'Point', coordinates: [2, 1]}],
  ])('%s', (query, answer) => {
    expect(evaluated(query)).toEqual(answer)
  })
})

describe('selectors', () => {
  test.each(['delta::changedAny(a{b})', 'delta::changedOnly("a")', 'delta::changedAny(a[0])'])(
    '%s is refused',
    (query) => {
      expect(refusal(query)).toMatchObject(parseError)
    },
  )
})

describe('parameters', () => {
  const documents = ['a', 'b', 'c', 'd'].map((_id) => ({_id, list: [1, 2, 3], 'a b': _id}))

  test.each([
    ['*[$from...$to]._id', {from: 1, to: 3}, ['b', 'c']],
    ['*[0..$to - 1]._id', {to: 2}, ['a', 'b']],
    ['*[$at]._id', {at: -1}, 'd'],
    ['*[0][$name]', {name: 'a b'}, 'a'],
    ['*[$wanted]._id', {wanted: true}, ['a', 'b', 'c', 'd']],
    ['*[_id in [$one, "c"]]._id', {one: 'a'}, ['a', 'c']],
    ['*[_id in $ids][0...$to]._id', {ids: ['b', 'c', 'd'], to: 2}, ['b', 'c']],
    ['$list[1]', {list: [1, 2]}, 2],
  ])('%s with %j', (query, params, answer) => {
    expect(evaluated(query, {documents, params})).toEqual(answer)
  })

  test('that only stand for values leave a hot query as it was parsed', () => {
    const query = '*[_id == $id][0...$to]'
    const tree = parseQuery(query, {id: 'a', to: 1})
    expect(parseQuery(query, {id: 'b', to: 1})).toBe(tree)
    expect(parseQuery(query, {id: 'a', to: 2})).not.toBe(tree)
    expect(parseQuery(query, {id: 'a', to: 1})).toBe(tree)
  })

  test('of a slice must be whole numbers', () => {
    expect(refusal('*[0...$to]', {to: 'a'})).toMatchObject(parseError)
    expect(refusal('*[0...$to]', {to: 1.5})).toMatchObject(parseError)
  })

  test('of a custom function are its own, those of the query have to be given', () => {
    const query = 'fn ex::ids($of) = $of[]{_id}; ex::ids(*[_id == $id])'
    expect(evaluated(query, {documents, params: {id: 'b'}})).toEqual([{_id: 'b'}])
    expect(refusal(query)).toMatchObject({...parseError, place: '$id'})
  })
})

describe('strings (GROQ specification, "String")', () => {
  test('may hold any character of Unicode', () => {
    expect(evaluated('"\\u{1F600}\\u{41}\\u00e5\\ud83d\\ude00"')).toBe('\u{1F600}Aå\u{1F600}')
    expect(evaluated(`'\\'\\"\\\\\\/\\b\\f\\n\\r\\t' + "\n\t\0"`)).toBe('\'"\\/\b\f\n\r\t\n\t\0')
  })

  test.each(['\\u{110000}', '\\u{}', '\\u{12', '\\u{zz}', '\\u12', '\\q'])(
    'do not know %s',
    (text) => {
      expect(refusal(`a == "${text}" || b == "}"`)).toMatchObject({...parseError, start: 6})
    },
  )
})
