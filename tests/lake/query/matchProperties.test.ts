import fc from 'fast-check'
import {expect, test} from 'vitest'

import {parsePatterns, tokenTest} from '../../../lake/query/text/terms.ts'
import {matchPattern} from '../../../lake/query/text/textPattern.ts'
import {matchTokens} from '../../../lake/query/text/tokens.ts'

const pieces = [
  'a',
  'b',
  'ab',
  'é',
  'e\u0301',
  '𐐨',
  '🐟',
  '.',
  '..',
  "'",
  '’',
  '-',
  ' ',
  '_',
  '1',
  'B',
  'İ',
]
const text = fc.array(fc.constantFrom(...pieces), {maxLength: 12}).map((chosen) => chosen.join(''))
const pattern = fc
  .array(fc.constantFrom(...pieces, '*'), {minLength: 1, maxLength: 5})
  .map((chosen) => chosen.join(''))

test('a pattern matches where each of its tokens fits one of the text', () => {
  fc.assert(
    fc.property(fc.array(text, {maxLength: 3}), pattern, (texts, asked) => {
      const patterns = parsePatterns(asked)
      const tokens = texts.flatMap(matchTokens)
      const fits = patterns.map(tokenTest).every((test) => tokens.some(test))
      expect(matchPattern(asked)?.matches(texts) ?? false).toBe(patterns.length > 0 && fits)
    }),
    {numRuns: 5_000},
  )
})
