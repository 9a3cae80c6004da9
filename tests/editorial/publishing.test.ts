import {describe, expect, test} from 'vitest'

import {newsroomInMemory} from './newsroomInMemory.ts'
import {
  created,
  earlier,
  publicationFieldsOf,
  publish,
  settled,
  type Given,
} from './publications.ts'
import {draftOf, liveState, liveStory, paragraph} from './stories.ts'

const unreviewed = {kind: 'now', reason: 'It is news.'} as const

describe('the first publication', () => {
  const {firstPublishedAt: _none, ...unpublished} = draftOf(liveStory())

  test('makes the live story, deletes the draft and opens the history, in one guarded transaction', () => {
    expect(publish({draft: unpublished, answer: unreviewed})).toEqual([
      {
        create: {
          _id: 'kerry',
          _type: 'article',
          _createdAt: '2026-11-20T08:00:00.000Z',
          headline: 'Kerry in Moscow',
          slug: {_type: 'slug', current: 'kerry-in-moscow'},
          lede: [paragraph('p1', 'John Kerry has arrived in Moscow.')],
          language: 'en',
          firstPublishedAt: '2026-11-24T14:05:00.000Z',
        },
      },
      {patch: {id: 'drafts.kerry', ifRevisionID: 'draft-rev', unset: ['_revisionGuard']}},
      {delete: {id: 'drafts.kerry'}},
      {
        create: {
          _id: 'editorial.kerry',
          _type: 'editorialState',
          article: {_type: 'reference', _ref: 'kerry', _weak: true},
          stage: 'live',
          history: [
            {
              _type: 'historyEntry',
              _key: 'key-1',
              at: '2026-11-24T14:05:00.000Z',
              by: 'ann',
              action: 'publishNow',
              from: 'draft',
              to: 'live',
              note: 'It is news.',
            },
          ],
        },
      },
    ])
  })

  test('settles what the story waited for', () => {
    const state = liveState({stage: 'approved', approvedRevision: 'draft-rev', change: 'review'})
    expect(publish({draft: unpublished, state, answer: {kind: 'first'}}).at(-1)).toEqual(
      settled({action: 'publish', from: 'approved', to: 'live'}),
    )
  })

  test('takes nothing over that only publishing may write, but the flag that an editor set', () => {
    const copied = draftOf(
      liveStory({
        update: true,
        updates: [{_type: 'articleUpdate', _key: 'u', number: 1, at: earlier, note: 'Old.'}],
        corrections: [
          {_type: 'correction', _key: 'c', kind: 'correction', at: earlier, text: 'Old.'},
        ],
        killed: {at: earlier, notice: 'Old.'},
        lastUpdatedAt: earlier,
        previousSlugs: ['old'],
      }),
    )
    expect(publicationFieldsOf(created(publish({draft: copied, answer: unreviewed})))).toEqual({
      update: true,
      firstPublishedAt: '2026-11-24T14:05:00.000Z',
    })
  })

  test('keeps the day on which an imported story was published elsewhere, unless it lies ahead', () => {
    const imported = (firstPublishedAt: string) =>
      created(
        publish({
          draft: draftOf(
            liveStory({
              firstPublishedAt,
              source: {_type: 'source', importId: 'capture-1'},
            }),
          ),
          answer: unreviewed,
        }),
      )['firstPublishedAt']
    expect([imported('2016-03-24T00:00:00.000Z'), imported('2026-11-24T14:05:00.001Z')]).toEqual([
      '2016-03-24T00:00:00.000Z',
      '2026-11-24T14:05:00.000Z',
    ])
  })

  test('is refused for a story that is live', () => {
    expect(() => publish({draft: unpublished, live: liveStory(), answer: {kind: 'first'}})).toThrow(
      /live already/,
    )
  })
})

describe('clearing the update label', () => {
  const live = liveStory({update: true})
  const draft = draftOf(live, {headline: 'Half a headl'})

  test('touches nothing but the flag of both versions, and the history', () => {
    const mutations = publish({
      draft,
      live,
      state: liveState({change: 'review'}),
      answer: {kind: 'clearUpdateLabel'},
    })
    const newsroom = newsroomInMemory(live, draft, liveState({change: 'review'}))
    newsroom.commit(mutations)
    expect([newsroom.document('kerry'), newsroom.document('drafts.kerry')]).toMatchObject([
      {...live, _rev: 'rev-1', update: false},
      {...draft, _rev: 'rev-1', update: false},
    ])
    expect(newsroom.document('editorial.kerry')).toMatchObject({
      stage: 'live',
      change: 'review',
      history: [{action: 'clearUpdateLabel', by: 'ann', from: 'live', to: 'live'}],
    })
  })

  test('needs no draft', () => {
    const mutations = publish({live, answer: {kind: 'clearUpdateLabel'}})
    expect(mutations[0]).toEqual({
      patch: {id: 'kerry', ifRevisionID: 'live-rev', set: {update: false}},
    })
    expect(mutations).toHaveLength(2)
  })
})

describe('refuses, and says what to do', () => {
  const live = liveStory()
  const draft = draftOf(live)
  const silentFix = {kind: 'silentFix'} as const

  test.each<[string, Given, string]>([
    ['an update without a note', {draft, live, answer: {kind: 'update', note: ' '}}, 'noteMissing'],
    [
      'a correction without a text',
      {draft, live, answer: {kind: 'correction', text: ''}},
      'noteMissing',
    ],
    ['a publication without a draft', {live, answer: silentFix}, 'draftMissing'],
    ['a change to a story that is not live', {draft, answer: silentFix}, 'notLive'],
    [
      'a change to a killed story',
      {draft, live: {...live, killed: {at: earlier, notice: 'Gone.'}}, answer: silentFix},
      'killed',
    ],
    [
      'the draft of another story',
      {draft: {...draft, _id: 'drafts.other'}, live, answer: silentFix},
      'otherStory',
    ],
    [
      'documents without a revision',
      {draft, live: {...live, _rev: undefined}, answer: silentFix},
      'revisionMissing',
    ],
    [
      'a first publication from the schedule',
      {draft, state: liveState({stage: 'scheduled'}), answer: {kind: 'first'}},
      'wrongStage',
    ],
    ['no headline', {draft: {...draft, headline: ' '}, live, answer: silentFix}, 'fieldMissing'],
    ['no address', {draft: {...draft, slug: undefined}, live, answer: silentFix}, 'fieldMissing'],
    [
      'no lede',
      {draft: {...draft, lede: [paragraph('p', ' ')]}, live, answer: silentFix},
      'fieldMissing',
    ],
    [
      'no language',
      {draft: {...draft, language: undefined}, live, answer: silentFix},
      'fieldMissing',
    ],
  ])('%s', (_what, publication, code) => {
    expect(() => publish(publication)).toThrow(expect.objectContaining({code}))
  })
})
