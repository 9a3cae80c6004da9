import {array, assert, constantFrom, oneof, property, string} from 'fast-check'
import {describe, expect, test} from 'vitest'

import {IngestError} from '../../ingest/ingestError.ts'
import {capture, captures, read, textAt} from './support/fixtures.ts'

const realLines = captures.flatMap(({file}) => read(`captures/${file}`).split('\n'))
const line = oneof(
  {weight: 6, arbitrary: constantFrom(...realLines)},
  {
    weight: 2,
    arbitrary: constantFrom(
      'please wait',
      '0:00 0:01:00 0:00',
      'READ MORE',
      'XS',
      'share',
      '***',
      '42',
    ),
  },
  {weight: 2, arbitrary: string({unit: 'grapheme', maxLength: 60})},
)

describe('a receipt', () => {
  test('has every line that is not blank exactly once, and its text where it says', () => {
    assert(
      property(array(line, {maxLength: 40}), (lines) => {
        const text = ['Headline of the story', '', ...lines].join('\n').replaceAll('\u0000', '')
        const {article: story, receipt, unplaced} = capture(text)
        const source = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
        const written = source.flatMap((content, index) =>
          /[\p{L}\p{N}\p{P}\p{S}]/u.test(content) ? [{line: index + 1, text: content.trim()}] : [],
        )
        expect(
          receipt.lines.map(({line: number, text: content}) => ({line: number, text: content})),
        ).toEqual(written)
        expect(unplaced).toEqual(receipt.lines.filter(({fate}) => fate === 'unplaced'))
        const misplaced = receipt.lines.filter((entry) => {
          if (entry.fate === 'merged') {
            return !receipt.lines.some(({line, fate}) => line === entry.into && fate === 'kept')
          }
          if (entry.fate !== 'kept' || entry.path === 'update') return false
          const kept = textAt(story, entry.path)
          // A byline stands without its bullet, several joined; list items stand without theirs.
          return entry.path === 'byline' ? kept === '' : !entry.text.endsWith(kept)
        })
        expect(misplaced).toEqual([])
        const paths = receipt.lines.flatMap((entry) => (entry.fate === 'kept' ? [entry.path] : []))
        expect(new Set(paths).size).toBe(paths.length)
        const keys = JSON.stringify(story).match(/"_key":"[^"]+"/gu) ?? []
        expect(new Set(keys).size).toBe(keys.length)
      }),
      {numRuns: 300},
    )
  })

  test('names a line that found no place', () => {
    expect(
      capture('Headline here\n\nA text stands here.\n\n42\n\nThe end of it.').unplaced,
    ).toEqual([{line: 5, text: '42', fate: 'unplaced'}])
  })
})

describe('a capture that is no story', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['blank lines', '\uFEFF \r\n\t\r\n\u00A0\n', 'empty'],
    ['furniture alone', 'Accessibility links\n\nXS\nSM\n', 'no-headline'],
    [
      'a text without a headline',
      `${'A long sentence of the text stands here. '.repeat(8)}\n\nAnd another.`,
      'no-headline',
    ],
    ['no text at all', 'PNG\u0000\u0001', 'not-text'],
  ])('%s is refused with a sentence', (_name, text, code) => {
    expect(() => capture(text)).toThrow(
      expect.objectContaining({
        name: 'IngestError',
        code,
        message: expect.stringMatching(/^[A-Z].*\.$/u),
      }),
    )
  })

  test.each([
    {publishedAt: 'yesterday'},
    {publishedAt: '2016-02-30'},
    {language: 'not a language'},
    {sourceUrl: 'example.org/story'},
  ])('%o is refused', (options) => {
    expect(() => capture('Headline\n\nText.', options)).toThrow(IngestError)
  })
})
