import {describe, expect, test} from 'vitest'

import {capture, kerryFile, read, textAt} from './support/fixtures.ts'

const text = read('kerry-in-moscow.txt')
const lines = text.split('\n')
const kerry = capture(text, {fileName: 'kerry-in-moscow.txt'})

const block = (line: number) => ({
  _type: 'block',
  _key: expect.stringMatching(/^[0-9a-f]{12}$/u),
  style: 'normal',
  markDefs: [],
  children: [
    {
      _type: 'span',
      _key: expect.stringMatching(/^[0-9a-f]{13}$/u),
      text: lines[line - 1],
      marks: [],
    },
  ],
})
const figure = (line: number, facts: {takenAt: string; place: string}) => ({
  _type: 'figureWithCaption',
  alt: lines[line - 1],
  caption: lines[line - 1],
  ...facts,
})
const section = (heading: string) => ({
  _type: 'section',
  _key: expect.stringMatching(/^[0-9a-f]{12}$/u),
  heading,
})

describe('the Kerry story', () => {
  test('is read as the design says', () => {
    expect(kerry.article).toEqual({
      _id: expect.stringMatching(/^story-[0-9a-f]{24}$/u),
      _type: 'article',
      headline: 'Kerry in Moscow to Push for Political Transition in Syria',
      slug: {_type: 'slug', current: 'kerry-in-moscow-to-push-for-political-transition-in-syria'},
      language: 'en',
      update: true,
      firstPublishedAt: '2016-03-23T00:00:00.000Z',
      leadFigure: figure(9, {takenAt: '2016-03-23', place: 'Moscow, Russia'}),
      lede: [block(12), block(14)],
      sections: [
        {...section("‘A moment to seize'"), body: [block(18), block(20), block(22), block(24)]},
        {
          ...section('Ukraine fighting drags on'),
          figure: figure(26, {takenAt: '2016-02-20', place: 'Kiev, Ukraine'}),
          body: [block(31), block(33), block(35)],
        },
        {
          ...section("US Calls for Nadiya Savchenko's release"),
          figure: figure(37, {takenAt: '2016-03-06', place: 'Kyiv, Ukraine'}),
          body: [block(42), block(44), block(46), block(48), block(50), block(52)],
        },
      ],
      source: {
        _type: 'source',
        format: 'capture',
        label: 'Breaking News',
        importId: 'kerry-in-moscow',
        importedAt: '2032-05-01T08:00:00.000Z',
      },
    })
  })

  test('drops page furniture only, and places everything', () => {
    const dropped = kerry.receipt.lines.filter(({fate}) => fate === 'dropped')
    expect(dropped).toEqual([
      {line: 1, text: 'Accessibility links', fate: 'dropped', rule: 'skip-link'},
      {line: 54, text: 'XS', fate: 'dropped', rule: 'breakpoints'},
      {line: 55, text: 'SM', fate: 'dropped', rule: 'breakpoints'},
      {line: 56, text: 'MD', fate: 'dropped', rule: 'breakpoints'},
      {line: 57, text: 'LG', fate: 'dropped', rule: 'breakpoints'},
    ])
    expect(kerry.receipt.counts).toEqual({kept: 24, merged: 3, dropped: 5, unplaced: 0})
    expect(kerry.unplaced).toEqual([])
  })

  test('keeps every line byte for byte', () => {
    for (const line of kerry.receipt.lines) {
      if (line.fate !== 'kept' || line.path === 'update') continue
      expect(textAt(kerry.article, line.path)).toBe(lines[line.line - 1])
    }
  })

  test('asks what an editor would', () => {
    expect(kerry.questions.map(({_key: key, assumed}) => [key, assumed])).toEqual([
      ['published-at-0', 'On the day of the lead picture, 2016-03-23.'],
      ['alt-9', 'The alternative text is the caption.'],
      ['quotation-16', 'They are kept as they stand.'],
      ['alt-26', 'The alternative text is the caption.'],
      ['alt-37', 'The alternative text is the caption.'],
    ])
  })

  test('is the same story every time, and keeps its keys when a paragraph is put in', () => {
    expect(capture(text, {fileName: 'kerry-in-moscow.txt'})).toEqual(kerry)
    const longer = capture(
      text.replace('\n\nOn Syria', '\n\nA new paragraph stands here.\n\nOn Syria'),
    )
    const keys = (story: typeof kerry.article) =>
      story.sections?.flatMap(({body}) => body?.map(({_key: key}) => key))
    expect(keys(longer.article)).toEqual(expect.arrayContaining(keys(kerry.article) ?? []))
    expect(longer.article._id).toBe(kerry.article._id)
  })

  test('takes what it is told about the source', () => {
    const told = capture(text, {
      fileName: kerryFile.split('/').at(-1) ?? '',
      publishedAt: '2016-03-23T14:05:00+01:00',
      language: 'en-us',
      publisher: 'VOA',
      sourceUrl: 'https://www.example.org/a/kerry/1.html?utm_source=x',
    })
    expect(told.article).toMatchObject({
      language: 'en-US',
      firstPublishedAt: '2016-03-23T13:05:00.000Z',
      source: {publisher: 'VOA', url: 'https://www.example.org/a/kerry/1.html?utm_source=x'},
    })
    const again = capture('Kerry, rewritten\n\nA text.', {
      sourceUrl: 'http://example.org/a/kerry/1.html#top',
    })
    expect(again.article._id).toBe(told.article._id)
    expect(told.questions.map(({_key: key}) => key)).not.toContain('published-at-0')
  })
})
