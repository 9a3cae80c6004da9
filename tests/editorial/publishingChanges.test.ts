import {describe, expect, test} from 'vitest'

import type {Publication} from '../../editorial/publishing.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {earlier, publicationFieldsOf, publish, replaced, settled} from './publications.ts'
import {draftOf, liveState, liveStory} from './stories.ts'

describe('a change to a live story', () => {
  const live = liveStory({
    update: true,
    updates: [{_type: 'articleUpdate', _key: 'u1', number: 1, at: earlier, note: 'He landed.'}],
    corrections: [
      {_type: 'correction', _key: 'c1', kind: 'clarification', at: earlier, text: 'It was noon.'},
    ],
    lastUpdatedAt: earlier,
    previousSlugs: ['kerry-travels'],
  })
  const draft = draftOf(live, {
    headline: 'Kerry meets Putin',
    update: false,
    updates: [],
    corrections: [],
    firstPublishedAt: '1999-01-01T00:00:00.000Z',
    lastUpdatedAt: '1999-01-01T00:00:00.000Z',
    previousSlugs: ['forged'],
  })
  const state = liveState({change: 'review'})
  const fields = (answer: Publication['answer']) =>
    publicationFieldsOf(replaced(publish({draft, live, state, answer})))
  const before = publicationFieldsOf(live)

  test('is one transaction over the three documents', () => {
    expect(publish({draft, live, state, answer: {kind: 'silentFix'}})).toEqual([
      {patch: {id: 'kerry', ifRevisionID: 'live-rev', unset: ['_revisionGuard']}},
      {
        createOrReplace: {
          ...live,
          _rev: undefined,
          _updatedAt: undefined,
          headline: 'Kerry meets Putin',
        },
      },
      {patch: {id: 'drafts.kerry', ifRevisionID: 'draft-rev', unset: ['_revisionGuard']}},
      {delete: {id: 'drafts.kerry'}},
      settled({action: 'republish', from: 'live', to: 'live', note: 'Silent fix'}),
    ])
  })

  test('as a silent fix leaves every publication field as it was', () => {
    expect(fields({kind: 'silentFix'})).toEqual(before)
  })

  test('as an update raises the flag, adds the next number and the time', () => {
    expect(fields({kind: 'update', note: ' They talked for four hours. '})).toEqual({
      ...before,
      update: true,
      updates: [
        ...(live.updates ?? []),
        {
          _type: 'articleUpdate',
          _key: 'key-1',
          number: 2,
          at: '2026-11-24T14:05:00.000Z',
          note: 'They talked for four hours.',
        },
      ],
      lastUpdatedAt: '2026-11-24T14:05:00.000Z',
    })
  })

  test.each(['correction', 'clarification'] as const)(
    'as a %s adds it with its time and leaves the flag as it was',
    (kind) => {
      expect(fields({kind, text: 'He landed at noon.'})).toEqual({
        ...before,
        corrections: [
          ...(live.corrections ?? []),
          {
            _type: 'correction',
            _key: 'key-1',
            kind,
            at: '2026-11-24T14:05:00.000Z',
            text: 'He landed at noon.',
          },
        ],
        lastUpdatedAt: '2026-11-24T14:05:00.000Z',
      })
    },
  )

  test.each([
    [{kind: 'silentFix'}, 'Silent fix'],
    [{kind: 'update', note: 'News.'}, 'Update 2: News.'],
    [{kind: 'correction', text: 'Wrong.'}, 'Correction: Wrong.'],
    [{kind: 'clarification', text: 'Vague.'}, 'Clarification: Vague.'],
  ] satisfies [Publication['answer'], string][])('%j is told in the history', (answer, note) => {
    const last = publish({draft, live, state, answer}).at(-1)
    expect(last).toMatchObject({patch: {insert: {items: [{note}]}}})
  })

  test('makes a changed address a former one, and one that is taken up again none', () => {
    const moved = (current: string) =>
      replaced(
        publish({
          draft: {...draft, slug: {_type: 'slug', current}},
          live,
          state,
          answer: {kind: 'silentFix'},
        }),
      )['previousSlugs']
    expect({
      same: moved('kerry-in-moscow'),
      new: moved('kerry-meets-putin'),
      back: moved('kerry-travels'),
    }).toEqual({
      same: ['kerry-travels'],
      new: ['kerry-travels', 'kerry-in-moscow'],
      back: ['kerry-in-moscow'],
    })
  })

  test('never carries a time before an earlier one, whatever the clock says', () => {
    const lastUpdatedAt = '2026-11-24T14:06:00.000Z'
    const story = replaced(
      publish({
        draft,
        live: {...live, lastUpdatedAt},
        state,
        answer: {kind: 'update', note: 'News.'},
      }),
    )
    expect(story).toMatchObject({lastUpdatedAt, updates: [{}, {number: 2, at: lastUpdatedAt}]})
  })

  test('makes references strong that were weak only until publication', () => {
    const story = replaced(
      publish({
        draft: {
          ...draft,
          authors: [
            {
              _type: 'reference',
              _key: 'a',
              _ref: 'ann',
              _weak: true,
              _strengthenOnPublish: {type: 'author', template: {id: 'author'}},
            },
          ],
          related: [
            {
              _type: 'reference',
              _key: 'r1',
              _ref: 'lavrov',
              _weak: true,
              _strengthenOnPublish: {type: 'article', weak: true},
            },
            {_type: 'reference', _key: 'r2', _ref: 'putin', _weak: true},
          ],
          leadFigure: {
            _type: 'figureWithCaption',
            image: {_type: 'image', _upload: {progress: 40}},
          },
        },
        live,
        state,
        answer: {kind: 'silentFix'},
      }),
    )
    expect({
      authors: story['authors'],
      related: story['related'],
      leadFigure: story['leadFigure'],
    }).toEqual({
      authors: [{_type: 'reference', _key: 'a', _ref: 'ann'}],
      related: [
        {_type: 'reference', _key: 'r1', _ref: 'lavrov', _weak: true},
        {_type: 'reference', _key: 'r2', _ref: 'putin', _weak: true},
      ],
      leadFigure: {_type: 'figureWithCaption', image: {_type: 'image'}},
    })
  })

  test.each([
    ['kerry', 'live-rev'],
    ['drafts.kerry', 'draft-rev'],
    ['editorial.kerry', 'state-rev'],
  ])('publishes nothing when %s was changed meanwhile', (id) => {
    const newsroom = newsroomInMemory(live, draft, state)
    const mutations = publish({draft, live, state, answer: {kind: 'silentFix'}})
    const changed = newsroom.document(id)
    if (!changed) throw new Error(`${id} is missing`)
    newsroom.put(changed)
    expect(() => newsroom.commit(mutations)).toThrow(`409: ${id} is at rev-1`)
    expect(newsroom.document('kerry')).toMatchObject({headline: 'Kerry in Moscow'})
  })
})
