import {describe, expect, test} from 'vitest'
import type {Article} from '../../editorial/documents.ts'
import {changedPaths, storyDifference} from '../../editorial/difference.ts'
import {noteFrom} from '../../editorial/notes.ts'
import {draftOf, liveStory, paragraph} from './stories.ts'

const p = (key: string, text = `Text of ${key}.`) => paragraph(key, text)
const section = (key: string, heading: string, ...body: NonNullable<Article['lede']>) => ({
  _type: 'section' as const,
  _key: key,
  heading,
  body,
})
const figure = (caption: string, fields: object = {}) => ({
  _type: 'figureWithCaption' as const,
  caption,
  ...fields,
})
const link = {_type: 'link', _key: 'a', href: 'https://example.com/'}

const live = liveStory({
  standfirst: 'He wants a transition.',
  lede: [p('l1'), p('l2')],
  sections: [
    section('s1', 'A moment to seize', p('a1'), p('a2'), p('a3')),
    section('s2', 'Ukraine fighting drags on', p('b1'), p('b2')),
    section('s3', 'Release', p('c1')),
  ],
})
const [first, second, third] = live.sections ?? []

/** The note for a draft that differs from the live story in these fields. */
function note(fields: Partial<Article>): string {
  return noteFrom(draftOf(live, fields), live)
}

describe('the note of an update', () => {
  test('tells what changed, as an editor would begin it', () => {
    expect(
      note({
        headline: 'Kerry meets Putin',
        sections: section2With(p('b1'), p('b2'), p('b3'), p('b4')),
      }),
    ).toBe("Headline changed; 2 paragraphs added in 'Ukraine fighting drags on'")
  })

  test('is empty when readers would see no difference', () => {
    expect([
      note({}),
      note({update: true, priority: 2, embargoUntil: '2026-11-24T00:00:00.000Z'}),
      note({updates: [], corrections: [], lastUpdatedAt: '2026-11-24T00:00:00.000Z'}),
      note({authors: []}),
    ]).toEqual(['', '', '', ''])
  })

  test.each<[string, Partial<Article>]>([
    ['Standfirst removed', {standfirst: undefined}],
    ['Standfirst changed', {standfirst: 'He wants peace.'}],
    ['Byline added; lead picture added', {byline: 'RFE/RL', leadFigure: figure('Landing.')}],
    ['Address changed', {slug: {_type: 'slug', current: 'kerry'}}],
    [
      '1 paragraph added, 1 changed and 1 removed in the lede',
      {lede: [p('l1', 'New words.'), p('l3')]},
    ],
    ['1 paragraph moved in the lede', {lede: [p('l2'), p('l1')]}],
    ['1 paragraph removed in the lede', {lede: [p('l1')]}],
    [
      "1 paragraph moved in 'A moment to seize'",
      {sections: sections(section('s1', 'A moment to seize', p('a2'), p('a3'), p('a1')))},
    ],
    [
      "Section 'Aftermath' added (2 paragraphs)",
      {sections: [...(live.sections ?? []), section('s4', 'Aftermath', p('d1'), p('d2'))]},
    ],
    ["Section 'Release' removed", {sections: [first, second].flatMap((part) => part ?? [])}],
    ["Section 'Release' moved", {sections: [third, first, second].flatMap((part) => part ?? [])}],
    [
      "Heading 'A moment to seize' is now 'A moment'",
      {sections: sections(section('s1', 'A moment', p('a1'), p('a2'), p('a3')))},
    ],
    [
      "Picture 'Shelling near Donetsk.' added in 'Ukraine fighting drags on'",
      {
        sections: (live.sections ?? []).map((part) =>
          part._key === 's2' ? {...part, figure: figure('Shelling near Donetsk.')} : part,
        ),
      },
    ],
    [
      "Quote 'Now or never' added in the lede; embed 'Video of the landing' added in the lede",
      {
        lede: [
          p('l1'),
          {_type: 'pullQuote', _key: 'q', quote: 'Now or never'},
          {_type: 'embed', _key: 'e', title: 'Video of the landing', url: 'https://example.com/'},
          p('l2'),
        ],
      },
    ],
    [
      "1 paragraph moved in 'Release'",
      {
        sections: [
          ...sections(section('s1', 'A moment to seize', p('a1'), p('a2'))).slice(0, 2),
          section('s3', 'Release', p('c1'), p('a3')),
        ],
      },
    ],
  ])('%s', (expected, fields) => {
    expect(note(fields)).toBe(expected)
  })

  test('does not take a text pasted over itself for a change', () => {
    expect(note({lede: [p('n1', 'Text of l1.'), p('n2', 'Text of l2.')]})).toBe('')
  })

  test('does not take a new key of the same link for a change, but a new address', () => {
    const linked = (key: string, href: string) => ({
      ...p('l1'),
      markDefs: [{...link, _key: key, href}],
      children: [{_type: 'span' as const, _key: 'x', text: 'Kerry', marks: [key, 'em']}],
    })
    const before = liveStory({lede: [linked('a', 'https://example.com/')]})
    const after = (key: string, href: string) =>
      noteFrom(draftOf(before, {lede: [linked(key, href)]}), before)
    expect([after('b', 'https://example.com/'), after('a', 'https://example.org/')]).toEqual([
      '',
      '1 paragraph changed in the lede',
    ])
  })

  test('cuts long captions at a word', () => {
    const caption =
      'US Secretary of State John Kerry shakes hands with Russian Foreign Minister Sergei Lavrov'
    expect(note({lede: [p('l1'), {...figure(caption), _key: 'f'}, p('l2')]})).toBe(
      "Picture 'US Secretary of State John Kerry shakes hands with Russian…' added in the lede",
    )
  })
})

test('changed paths are the fields that differ, without those that publishing owns', () => {
  const draft = draftOf(live, {headline: 'New', update: true, previousSlugs: ['x'], lede: []})
  expect(changedPaths(draft, live)).toEqual(['headline', 'lede'])
  expect(storyDifference(draft, live)).toEqual({
    fields: ['headline', 'lede'],
    parts: [
      {
        fate: 'kept',
        paragraphs: {added: 0, changed: 0, moved: 0, removed: 2},
        named: [],
        blocks: [{before: p('l1')}, {before: p('l2')}],
      },
    ],
  })
})

function sections(replaced: NonNullable<Article['sections']>[number]) {
  return (live.sections ?? []).map((part) => (part._key === replaced._key ? replaced : part))
}

function section2With(...body: NonNullable<Article['lede']>) {
  return sections(section('s2', 'Ukraine fighting drags on', ...body))
}
