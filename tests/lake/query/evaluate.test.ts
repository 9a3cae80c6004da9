import {describe, expect, test} from 'vitest'

import {evaluated} from './support/evaluated.ts'

/** Sections are those of the GROQ specification. */

describe('Partial comparison', () => {
  test.each([
    ['"\\u{FFFD}" < "\\u{1F600}"', true],
    ['"\\u{E000}" < "\\u{10000}"', true],
    ['"a\\u{1F600}" > "a\\u{FFFF}"', true],
    ['"\\u{D7FF}" < "\\u{1F600}"', true],
    ['"ab" < "abc"', true],
    ['"" < "a"', true],
  ])('strings compare by code point: %s', (query, answer) => {
    expect(evaluated(query)).toBe(answer)
  })

  test.each(['1 < "2"', 'null < 1', '[1] < [2]', '{} <= {}', 'dateTime(now()) > now()'])(
    'what cannot be compared is null: %s',
    (query) => {
      expect(evaluated(query)).toBeNull()
    },
  )
})

describe('Equality', () => {
  test.each([
    ['[] == []', false],
    ['{} != {}', true],
    ['null == missing', true],
    ['dateTime("2026-01-01T00:00:00Z") == dateTime("2026-01-01T01:00:00+01:00")', true],
    ['1 == 1.0', true],
    ['1 == "1"', false],
    ['1 == true', false],
  ])('%s is %s', (query, answer) => {
    expect(evaluated(query)).toBe(answer)
  })
})

describe('Total comparison', () => {
  const documents = [
    {_id: 'a', by: {}},
    {_id: 'b', by: true},
    {_id: 'c', by: 'x'},
    {_id: 'd', by: 2},
    {_id: 'e'},
    {_id: 'f', by: 1},
    {_id: 'g', by: [1]},
    {_id: 'h', by: false},
    {_id: 'i', by: '\u{FFFD}'},
    {_id: 'j', by: '\u{1F600}'},
  ]

  test('numbers, strings, booleans, then the rest as it stood', () => {
    expect(evaluated('*|order(by)._id', {documents})).toEqual([...'fdcijhbaeg'])
  })

  test('descending, equals still stand as they stood', () => {
    expect(evaluated('*|order(by desc)._id', {documents})).toEqual([...'aegbhjicdf'])
  })

  test('datetimes come first, whatever the strings that they are read from', () => {
    const dated = [
      {_id: 'a', at: '2026-01-01T12:00:00+02:00'},
      {_id: 'b', at: 'some day'},
      {_id: 'c', at: '2026-01-01T09:00:00Z'},
    ]
    expect(evaluated('*|order(dateTime(at))._id', {documents: dated})).toEqual(['c', 'a', 'b'])
  })
})

describe('And, Or and Not operators', () => {
  const three = ['true', 'false', 'null']
  const table = three.flatMap((left) => three.map((right) => [left, right] as const))
  const value = (text: string) => (text === 'null' ? null : text === 'true')

  test.each(table)('%s with %s', (left, right) => {
    const sides = [value(left), value(right)]
    const and = sides.includes(false) ? false : !sides.includes(null) || null
    const or = sides.includes(true) ? true : sides.includes(null) ? null : false
    expect(evaluated(`[${left} && ${right}, ${left} || ${right}]`)).toEqual([and, or])
    const params = {l: value(left), r: value(right)}
    expect(evaluated('[$l && $r, $l || $r]', {params})).toEqual([and, or])
  })

  test('what is no boolean counts as null', () => {
    expect(evaluated('[1 && true, "" || false, !1, 1 && false, [] || true]')).toEqual([
      null,
      null,
      null,
      false,
      true,
    ])
  })
})

describe('Number', () => {
  test.each(['1 / 0', '0 / 0', '10 ** 400', '-1 ** 0.5 / 0', '1e308 * 10', '5 % 0'])(
    'what JSON has no number for is null: %s',
    (query) => {
      expect(evaluated(query)).toBeNull()
    },
  )
})

describe('Datetime', () => {
  test.each([
    '2023-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    'yesterday',
  ])('%s is none', (text) => {
    expect(evaluated('dateTime($text)', {params: {text}})).toBeNull()
  })

  test.each([
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2026-01-01T00:30:00.5+01:00', '2025-12-31T23:30:00.500Z'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00Z'],
  ])('%s leaves a query as %s', (text, answer) => {
    expect(evaluated('dateTime($text)', {params: {text}})).toBe(answer)
  })

  test('seconds are added and taken away, and differences are seconds', () => {
    const at = 'dateTime("2026-01-01T00:00:00Z")'
    expect(evaluated(`[${at} + 1.5, 60 + ${at}, ${at} - 1, ${at} - (${at} - 90)]`)).toEqual([
      '2026-01-01T00:00:01.500Z',
      '2026-01-01T00:01:00Z',
      '2025-12-31T23:59:59Z',
      90,
    ])
    expect(evaluated(`${at} + 1e300`)).toBeNull()
  })

  test('now is the same wherever it stands', () => {
    expect(evaluated('[now(), dateTime::now(), dateTime(now()) == dateTime::now()]')).toEqual([
      '2026-11-24T09:30:00.250Z',
      '2026-11-24T09:30:00.250Z',
      true,
    ])
  })
})

describe('Attribute access', () => {
  const document = JSON.parse('{"_id": "a", "then": 1, "nested": {"constructor": "own", "a.b": 2}}')
  const documents = [document]

  test.each([
    ['*[0].constructor', null],
    ['*[0].toString', null],
    ['*[0].__proto__', null],
    ['*[0].hasOwnProperty', null],
    ['*[0].then', 1],
    ['*[0].nested.constructor', 'own'],
    ['*[0].nested["a.b"]', 2],
    ['[1, 2].length', [null, null]],
    ['*[0]._id.length', null],
    ['dateTime(now()).milliseconds', null],
    ['path("a.*").pattern', null],
  ])('%s', (query, answer) => {
    expect(evaluated(query, {documents})).toEqual(answer)
  })
})

describe('Object', () => {
  test('an attribute may be called __proto__', () => {
    const own = JSON.parse('{"__proto__": {"a": 1}, "b": 2}')
    expect(evaluated('{"__proto__": {"a": 1}, "b": 2}')).toEqual(own)
    expect(evaluated('{"c": 3, ...$own}.a', {params: {own}})).toBeNull()
    expect(JSON.stringify(evaluated('{"c": 3, ...$own}', {params: {own}}))).toBe(
      '{"c":3,"__proto__":{"a":1},"b":2}',
    )
  })

  test('the last of two attributes of one name counts, and what is no object lays nothing in', () => {
    const params = {one: {a: 1, b: 1}, two: {b: 2}}
    expect(evaluated('{...$one, ...$two, ...[1], ...null, "a": 3}', {params})).toEqual({a: 3, b: 2})
    expect(evaluated('{"a": 3, ...$one}', {params})).toEqual({a: 1, b: 1})
  })

  test('a conditional lays in only what is true, and documents stay as they are', () => {
    const documents = [{_id: 'a', kind: 'x'}]
    const query = '*{_id, kind == "x" => {"x": 1}, kind => {"y": 1}, kind == "z" => {"z": 1}}'
    expect(evaluated(query, {documents})).toEqual([{_id: 'a', x: 1}])
    expect(documents).toEqual([{_id: 'a', kind: 'x'}])
  })
})

describe('In operator', () => {
  const ids = Array.from({length: 20}, (_, index) => `id-${index}`)

  test('long lists are looked through for every element', () => {
    const documents = ['id-3', 'id-19', 'other', 'id-0'].map((_id) => ({_id}))
    const asked = {documents, params: {ids: [...ids, null, true, 3]}}
    expect(evaluated('*[_id in $ids]._id', asked)).toEqual(['id-3', 'id-19', 'id-0'])
    expect(evaluated('*[missing in $ids]._id', asked)).toHaveLength(4)
    expect(evaluated('[3 in $ids, "3" in $ids, true in $ids, [] in $ids]', asked)).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  test.each([
    ['drafts.**', 'drafts.a', true],
    ['drafts.**', 'drafts.a.b', true],
    ['drafts.**', 'drafts', false],
    ['**', 'anything.at.all', true],
    ['a.*', 'a.b', true],
    ['a.*', 'a.b.c', false],
    ['*.b', 'a.b', true],
    ['**.c', 'a.b.c', true],
    ['**.c', 'a.c.b', false],
    ['a.**.d', 'a.b.c.d', true],
    ['a.**.b.**.c', 'a.x.b.y.z.c', true],
    ['a.**.b.**.c', 'a.x.y.z.c', false],
    ['a.b', 'a.b', true],
    ['a+', 'aa', false],
  ])('path("%s") and %s', (pattern, id, answer) => {
    expect(evaluated('$id in path($pattern)', {params: {id, pattern}})).toBe(answer)
  })

  test('no path makes matching slow', () => {
    const params = {pattern: `${'**.'.repeat(60)}x`, id: 'a.'.repeat(500)}
    expect(evaluated('$id in path($pattern)', {params})).toBe(false)
  })
})

describe('Parent expression', () => {
  const documents = [
    {
      _id: 'a',
      name: 'A',
      tags: [
        {n: 1, of: 'A'},
        {n: 2, of: 'B'},
      ],
      inner: {list: [1, 2, 3]},
    },
    {_id: 'b', name: 'B', tags: [], inner: {list: [3]}},
  ]

  test.each([
    ['*{"x": tags[of == ^.name].n}[0]', {x: [1]}],
    ['*{"x": *[name != ^.name].name}.x', [['B'], ['A']]],
    ['*{"x": tags[]{"y": ^.name}}.x[].y', ['A', 'A']],
    ['*[0]{"x": inner{"y": list[@ > 1 && ^.^.name == "A"]}}', {x: {y: [2, 3]}}],
    ['*[0]{"x": ^.name, "y": ^.^.name}', {x: null, y: null}],
    ['*[count(*[name == ^.name]) == 1].name', ['A', 'B']],
  ])('%s', (query, answer) => {
    expect(evaluated(query, {documents})).toEqual(answer)
  })
})

describe('Custom functions', () => {
  test('a body is evaluated for its argument, and those of the lake may be used in it', () => {
    const documents = [
      {_id: 'a', name: 'Åsa', pet: {_ref: 'b'}},
      {_id: 'b', name: 'Rex'},
    ]
    const query = `fn ex::named($it) = $it->{name, "long": string::length(name)};
      *[_id == "a"]{"pet": ex::named(pet)}`
    expect(evaluated(query, {documents})).toEqual([{pet: {name: 'Rex', long: 3}}])
  })
})

describe('diff and delta', () => {
  const before = {title: 'One', tags: [{_key: 'a', n: 1}], slug: {current: 'one'}}

  test.each([
    [{}, false, false, true],
    [{title: 'Two'}, true, false, true],
    [{slug: {current: 'two'}}, false, true, false],
    [{tags: []}, false, true, true],
    [{title: 'Two', slug: {current: 'two'}}, true, true, false],
  ])('%j', (changes, title, others, onlyTitleAndTags) => {
    const query = `[
      delta::changedAny(title), delta::changedAny((tags[].n, slug.(current, old))),
      delta::changedOnly((title, tags))
    ]`
    const delta = {before, after: {...before, ...changes}}
    expect(evaluated(query, {delta})).toEqual([title, others, onlyTitleAndTags])
    const same = query
      .replaceAll('delta::changedAny(', 'diff::changedAny($before, $after, ')
      .replaceAll('delta::changedOnly(', 'diff::changedOnly($before, $after, ')
    expect(evaluated(same, {params: delta})).toEqual([title, others, onlyTitleAndTags])
  })

  test.each([
    [{before, after: before}, 'update'],
    [{before: null, after: before}, 'create'],
    [{before, after: null}, 'delete'],
  ])('before(), after() and the operation', (delta, operation) => {
    const query = '[before().title, after().title, delta::operation()]'
    const {before: then, after: since} = delta
    expect(evaluated(query, {delta})).toEqual([then && 'One', since && 'One', operation])
  })

  test('outside of a change there is neither', () => {
    expect(evaluated('[before(), after(), delta::operation()]')).toEqual([null, null, null])
  })
})
