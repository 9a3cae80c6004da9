import fc from 'fast-check'

import {jsonValue} from '../../lake/support/documents.ts'

const oddities = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '%',
  '%00',
  '%ff',
  '%2e%2e',
  '\u0000',
  '\ud800',
  '_',
  '_.',
  'drafts.',
  'drafts.drafts.a',
  'versions.',
  'versions.r.',
  '-',
  'a,b,,c',
  '*',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '"',
  '0',
  '-1',
  '1e309',
  'NaN',
  '9'.repeat(400),
  '0x10',
  '2147483648',
  '9007199254740993',
  '2026-02-31',
  '2026-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '99999',
  'raw',
  'drafts',
  'published',
  'a'.repeat(5000),
  '😀'.repeat(300),
  "'; DROP TABLE log; --",
] as const

/** Text where a name, a number, a time or a document's id should stand, or nearly. */
export const oddText = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 20}),
  fc.string({unit: 'binary', maxLength: 20}),
  fc.string({unit: 'grapheme-ascii', maxLength: 20}),
  fc.constantFrom(...oddities),
)

export const documentId = fc.oneof(
  {weight: 3, arbitrary: fc.constantFrom('a', 'b', 'drafts.a', 'versions.r1.a', 'image-a-1x1-png')},
  {weight: 1, arbitrary: oddText},
)

/** JSON with a few odd texts in it. */
export const oddJson = fc.oneof(jsonValue, oddText, fc.array(oddText, {maxLength: 3}))

const wholeQueries = [
  '*[_type == "note" && title match "a*"] | order(_updatedAt desc) [0...10] {_id, "n": count(list)}',
  '*[_id in path("drafts.**")]{..., "r": *[references(^._id)]._id}',
  '*[title match text::query("a -b \\"c d\\"")] | score(boost(title match "a", 2)) {_score}',
  'array::unique(*[].list[].text)[defined(@)]',
  'geo::contains(geo({"type": "Point", "coordinates": [1, 2]}), geo(*[0].place))',
  'select(count(*) > 2 => "many", dateTime(now()) > dateTime($t) => pt::text(body), "few")',
  '*[dateTime(_createdAt) < dateTime("2030-01-01T00:00:00Z") - 60*60*24]{"s": string::split(title, " ")[0]}',
  '*[_type in $types && list[text == "k1"][0].text != null][$from..$to]{"x": math::sum(list[].count)}',
  'delta::changedAny({"a": 1}, {"a": 2}, (a, b[c == 1].d))',
  '"\\u{1f600}" + upper(*[0]._id) + string(1 / 0)',
]

/** GROQ that is whole, or was: pieces are cut out, doubled or put where they do not belong. */
export const oddQuery = fc.oneof(
  fc.constantFrom(...wholeQueries),
  fc
    .tuple(
      fc.constantFrom(...wholeQueries),
      fc.nat(120),
      fc.nat(30),
      fc.oneof(
        oddText,
        fc.constantFrom('(', ')', '[', ']', '{', '}', '->', '@', '^', '$', '|', '**'),
      ),
    )
    .map(
      ([query, start, length, piece]) =>
        query.slice(0, start) + piece + query.slice(start + length),
    ),
  fc
    .tuple(fc.constantFrom('(', '[', '{"a":', '!', '-', '*['), fc.integer({min: 1, max: 3000}))
    .map(([piece, times]) => piece.repeat(times)),
  oddText,
)
