import {describe, expect, test} from 'vitest'

import {parsePatterns, parseTerms} from '../../../lake/query/text/terms.ts'
import {matchTokens, words} from '../../../lake/query/text/tokens.ts'
import {evaluated} from './support/evaluated.ts'

describe('tokens of a text', () => {
  test.each<[string, string[], string[]]>([
    ['FOO-bar ding.dong!', ['foo', 'bar', 'ding.dong'], ['foo', 'bar', 'ding', 'dong']],
    ['A.B.C.s. End.', ['a.b.c.s', 'end'], ['a', 'b', 'c', 's', 'end']],
    ["O'Brien’s", ["o'brien’s"], ['o', 'brien', 's']],
    ['Ærø und Köln', ['ærø', 'und', 'köln'], ['ærø', 'und', 'koln']],
    ['3.14 snake_case', ['3.14', 'snake_case'], ['3', '14', 'snake_case']],
    ['посчастливится', ['посчастливится'], ['посчастливится']],
    ['… — !', [], []],
  ])('%s', (text, inMatch, inQuery) => {
    expect(matchTokens(text)).toEqual(inMatch)
    expect(words(text)).toEqual(inQuery)
  })
})

describe('match (GROQ specification, "Match operator")', () => {
  test.each([
    ['"Foo bar" match "BAR"', true],
    ['"Foo bar" match "ba"', false],
    ['"Foo bar" match "ba*"', true],
    ['"Foo bar" match "*o b*r"', true],
    ['"Foo bar" match "f*o*o"', true],
    ['"fo" match "f*o*o"', false],
    ['"Foo" match ["foo", "bar"]', false],
    ['["Foo", 1, "bar"] match ["foo", "bar"]', true],
    ['"Foo" match ["foo", 1]', false],
    ['"Foo" match ""', false],
    ['{} match "*"', false],
    ['null match "*"', false],
    ['"Foo" match null', false],
    ['"Foo" match missing', false],
  ])('%s is %s', (query, answer) => {
    expect(evaluated(query)).toBe(answer)
  })

  test('no pattern makes it slow', () => {
    const params = {text: 'a'.repeat(20_000), pattern: `${'a*'.repeat(2_000)}b`}
    expect(evaluated('$text match $pattern', {params})).toBe(false)
  })

  test('a pattern may be another one for each element', () => {
    const documents = [
      {_id: 'a', text: 'one two', wanted: 'two'},
      {_id: 'b', text: 'one two', wanted: 'three'},
      {_id: 'c', text: 'one two', wanted: ['one', 't*']},
    ]
    expect(evaluated('*[text match wanted]._id', {documents})).toEqual(['a', 'c'])
  })
})

describe('terms', () => {
  test('of text::query', () => {
    expect(parseTerms('Foo* -Bar "exact phrase" * -"not this" ding.dong')).toEqual([
      {words: ['foo'], prefix: true, negated: false},
      {words: ['bar'], prefix: false, negated: true},
      {words: ['exact', 'phrase'], prefix: false, negated: false},
      {words: ['not', 'this'], prefix: false, negated: true},
      {words: ['ding', 'dong'], prefix: false, negated: false},
    ])
  })

  test('of match', () => {
    expect(parsePatterns('Foo* *bar! d*.dong *')).toEqual(['foo*', '*bar', 'd*.dong', '*'])
  })
})

describe('score (GROQ specification, "Score evaluation")', () => {
  const documents = [
    {_id: 'a', title: 'Fish', update: true},
    {_id: 'b', title: 'A long story that has fish somewhere in it', update: false},
    {_id: 'c', title: 'Fish, fish and chips', update: false},
    {_id: 'd', title: 'Chips', body: [{children: [{text: 'No fïsh here'}]}], update: true},
    {_id: 'e', title: 'Nothing', update: null},
  ]
  const ids = (query: string, params = {}) => evaluated(query, {documents, params})

  test('more and denser words rank higher, rarer ones too', () => {
    expect(ids('*|score(title match "fish")._id')).toEqual(['a', 'c', 'b', 'd', 'e'])
    expect(ids('*|score(title match "fish" || title match "chips")[0]._id')).toBe('c')
    expect(ids('*|score(title match "fish", title match "nothing")[0]._id')).toBe('e')
  })

  test('a match that does not hold scores nothing, though one of its words is there', () => {
    expect(ids('*|score(title match "fish chips")[_score > 0]._id')).toEqual(['c'])
  })

  test('a word that is asked for twice is no commoner for that', () => {
    expect(ids('*[title match "fish"]|score(title match "fish fish")[_score > 0]._id')).toEqual(
      ids('*[title match "fish"]|score(title match "fish")[_score > 0]._id'),
    )
  })

  test('conditions and boosts add up, and scoring again adds to the score', () => {
    expect(
      ids('*|score(boost(update, 3), _id == "a" || _id > "c")|score(_id == "e"){_id, _score}'),
    ).toEqual([
      {_id: 'a', _score: 5},
      {_id: 'd', _score: 5},
      {_id: 'e', _score: 2},
      {_id: 'b', _score: 0},
      {_id: 'c', _score: 0},
    ])
    expect(ids('*|score(boost(update, -1))[0]._score')).toBe(0)
    expect(ids('*|score(boost(update, "x"))[0]._score')).toBe(0)
  })

  test('what the Studio searches with', () => {
    const query = `*[_type in $types]
      | score(boost(_type in ["note"] && title match text::query($query), 10),
          ([@, _id] match text::query($query) || references($raw)))
      [_score > 0]{_id, "orderings": [_score]} | order(orderings[0] desc)[0...$limit]._id`
    const params = {types: ['note'], raw: 'fis', limit: 10}
    expect(ids(query, {...params, query: 'fis*'})).toEqual(['a', 'c', 'b', 'd'])
    expect(ids(query, {...params, query: '*'})).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(ids(query, {...params, query: 'fish -chips'})).toEqual(['a', 'b'])
    expect(ids(query, {...params, query: '"fish and"'})).toEqual(['c'])
  })

  test('what is no object has no score and comes last', () => {
    expect(evaluated('[1, {"a": 1}] | score(a == 1)')).toEqual([{a: 1, _score: 1}, 1])
  })
})
