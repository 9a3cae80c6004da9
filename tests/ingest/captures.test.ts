import {describe, expect, test} from 'vitest'

import type {CapturedStory} from '../../ingest/capture.ts'
import {capture, captures, read, textAt} from './support/fixtures.ts'

/** What of a story the index of the captures speaks of. */
function readingOf({article: story, receipt, questions}: CapturedStory) {
  const captionLines = receipt.lines.filter(
    (line) => line.fate === 'kept' && line.path.endsWith('.caption'),
  )
  const doubled = captionLines.filter(({line}) =>
    receipt.lines.some((other) => other.fate === 'merged' && other.into === line),
  )
  const asks = (topic: string) => questions.filter(({_key: key}) => key.startsWith(`${topic}-`))
  return {
    lang: story.language,
    headline: story.headline,
    hasUpdateFlag: story.update,
    hasBreakingLabel: story.source?.label !== undefined,
    figures: doubled.length,
    singleCaptions: captionLines.length - doubled.length,
    headings: story.sections?.map(({heading}) => heading),
    mediaBlocks: asks('player').length,
    truncated: asks('truncated').length > 0,
  }
}

describe.each(captures)('$file', ({file, unsure, ...reading}) => {
  const {
    lang,
    headline,
    hasUpdateFlag,
    hasBreakingLabel,
    figures,
    singleCaptions,
    headings,
    mediaBlocks,
    truncated,
  } = reading

  test('gives what an editor reads out of it', () => {
    expect(readingOf(capture(read(`captures/${file}`)))).toEqual({
      lang,
      headline,
      hasUpdateFlag,
      hasBreakingLabel,
      figures,
      singleCaptions,
      headings,
      mediaBlocks,
      truncated,
    })
  })

  test('leaves no line without a place, and keeps each word for word', () => {
    const {article: story, receipt, unplaced} = capture(read(`captures/${file}`))
    expect(unplaced).toEqual([])
    for (const line of receipt.lines) {
      if (line.fate !== 'kept' || line.path === 'update') continue
      expect(line.text).toContain(textAt(story, line.path))
    }
  })

  test('reads the same from Windows, with a byte order mark', () => {
    const text = read(`captures/${file}`)
    expect(capture(`\uFEFF${text.trimEnd().replaceAll('\n', '\r\n')}`)).toEqual(capture(text))
  })

  test('has a question wherever an editor is unsure', () => {
    const topics = capture(read(`captures/${file}`)).questions.map(({_key: key}) => key)
    expect(topics).toEqual(expect.arrayContaining(expectedTopics[file] ?? []))
    expect(expectedTopics[file]?.length ?? 0).toBeGreaterThanOrEqual(unsure.length)
  })
})

/** Which question answers which doubt of the index, by the line it is about. */
const expectedTopics: {[file: string]: string[]} = {
  'update-flag-bio-cut.txt': ['byline-26', 'quotation-18', 'truncated-28'],
  'ru-voa-digest-heading.txt': ['standfirst-6', 'truncated-16'],
  'uk-rfe-label-headings.txt': ['label-3', 'truncated-19'],
  'fa-rtl-datebar-raw-image-url.txt': ['headline-6', 'caption-10', 'joiners-0', 'truncated-18'],
  'other-irishtimes-doubled-caption-readmore.txt': ['promo-14', 'unfinished-10', 'truncated-18'],
}
