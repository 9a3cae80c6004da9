/** Values that documents hold and queries compare with: few enough that they meet, odd enough that they matter. */
export const scalars = [
  0,
  1,
  -1,
  2,
  1.5,
  10,
  0.1 + 0.2,
  1e21,
  -1e21,
  1e308,
  5e-324,
  9_007_199_254_740_991,
  9_007_199_254_740_992,
  2 ** 63,
  true,
  false,
  null,
  '',
  ' ',
  '1',
  '1.0',
  '10',
  'true',
  'null',
  'a',
  'A',
  'b',
  'ab',
  'a b',
  'a*',
  '%',
  '_',
  "it's",
  'a"b',
  'a\\b',
  'a\nb',
  '\u0000',
  'a\u0000b',
  'é',
  'e\u0301',
  'Straße',
  '\u{1F469}\u200D\u{1F467}',
  '\u{1F600}',
  '\uD83D',
  'b\uDE00',
  '2026-01-01T12:00:00Z',
  '2026-01-01T12:00:00.000Z',
  '2026-01-01T13:00:00+01:00',
  '2026-01-01',
  'note',
  'r1',
] as const

/** Those that come up most, so that a filter finds some documents and not all. */
export const frequentScalars = [0, 1, '1', 'a', 'b', 'a b', true, null] as const

/** Words, for `match`: how other text falls into tokens is left to whoever implements it (GROQ, "Match operator"). */
export const phrases = ['a', 'b', 'a b', 'ab', 'B', 'note', 'a-b', 'Straße', 'a2', '1', ''] as const

/** What a reference may lead to, or an id be compared with: there or not, in one form or another. */
export const groupIds = ['a', 'b', 'c', 'd-1', 'E', 'a.b'] as const

export const idPrefixes = ['', 'drafts.', 'versions.r1.', 'versions.r2.'] as const

export const types = ['note', 'person', "it's"] as const

/** Attribute names that a query can write as they are. */
export const plainNames = [
  'a',
  'b',
  'n',
  'title',
  'tags',
  'ref',
  'refs',
  'nested',
  'length',
] as const

/** Attribute names that need quotes in a query, and care in a path of SQL's. */
export const oddNames = [
  'odd.name',
  "it's",
  'q"d',
  'naïve',
  'a b',
  '0',
  '$x',
  'a[0]',
  'constructor',
  'then',
  '\\',
  '',
] as const

/** Keys that an index can be over: those of a dataset's own, and those that every dataset has. */
export const ownIndexes = [
  'a',
  'b',
  'n',
  'nested.a',
  'ref._ref',
  'tags[0]',
  'coalesce(a, b)',
] as const
export const indexedKeys = [...ownIndexes, 'slug.current', '_updatedAt', '_createdAt'] as const
