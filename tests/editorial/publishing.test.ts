import {describe, expect, test} from 'vitest'
import type {Article} from '../../editorial/documents.ts'
import {publicationOf, type Publication} from '../../editorial/publishing.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {countedKeys, draftOf, liveState, liveStory, paragraph} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')

type Given = Omit<Publication, 'now' | 'by' | 'role' | 'newKey'> & {now?: Date}

function publish(publication: Given) {
  return publicationOf({now, by: 'ann', role: 'publisher', newKey: countedKeys(), ...publication})
    .mutations
}

/** What becomes of the story's editorial state when it goes live, with this in its history. */
const settled = (entry: {action: string; from: string; to: string; note?: string}) => ({
  patch: {
    id: 'editorial.kerry',
    ifRevisionID: 'state-rev',
    set: {stage: 'live'},
    setIfMissing: {history: []},
    unset: ['approvedRevision', 'change', 'publishAt', 'lastFailure'],
    insert: {
      after: 'history[-1]',
      items: [
        {
          _type: 'historyEntry',
          _key: 'key-1',
          at: '2026-11-24T14:05:00.000Z',
          by: 'ann',
          ...entry,
        },
      ],
    },
  },
})

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

const earlier = '2026-11-20T12:00:00.000Z'

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

type Mutations = ReturnType<typeof publish>

function created(mutations: Mutations): {[field: string]: unknown} {
  for (const mutation of mutations) if ('create' in mutation) return mutation.create
  throw new Error('Nothing was created.')
}

function replaced(mutations: Mutations): {[field: string]: unknown} {
  for (const mutation of mutations)
    if ('createOrReplace' in mutation) return mutation.createOrReplace
  throw new Error('Nothing was replaced.')
}

function publicationFieldsOf(story: {[field: string]: unknown} | Article) {
  const names = [
    'update',
    'updates',
    'corrections',
    'killed',
    'firstPublishedAt',
    'lastUpdatedAt',
    'previousSlugs',
  ]
  return Object.fromEntries(
    Object.entries(story).filter(([name, value]) => names.includes(name) && value !== undefined),
  )
}
