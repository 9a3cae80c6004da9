import {describe, expect, test} from 'vitest'
import type {Asking} from '../../editorial/asking.ts'
import {article, editorialState, type Article} from '../../editorial/documents.ts'
import {publicationOf} from '../../editorial/publishing.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {countedKeys, draftOf, leaseOnStory, liveState, liveStory} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const at = '2026-11-24T14:05:00.000Z'
const notice = 'This story named a person who must not be named.'
const asking = {now, by: 'bob', role: 'publisher', newKey: countedKeys()} as const
const desk = {_id: 'newsroom.breakingDesk', _type: 'breakingDesk', _rev: 'desk-rev'}

/** A story with all that readers can have seen of it. */
const live = liveStory({
  previousSlugs: ['kerry-travels'],
  update: true,
  updates: [
    {
      _type: 'articleUpdate',
      _key: 'u1',
      number: 1,
      at: '2026-11-20T11:00:00.000Z',
      note: 'He landed.',
    },
  ],
  lastUpdatedAt: '2026-11-20T11:00:00.000Z',
})
const record = {
  _type: 'storyRecord',
  slug: {_type: 'slug', current: 'kerry-in-moscow'},
  previousSlugs: ['kerry-travels'],
  updates: live.updates,
  firstPublishedAt: '2026-11-20T10:00:00.000Z',
  lastUpdatedAt: '2026-11-20T11:00:00.000Z',
}

function newsroom(...documents: Parameters<typeof newsroomInMemory>) {
  const stored = newsroomInMemory(...documents)
  const story = (id: string) => article.optional().parse(stored.document(id))
  return {
    ...stored,
    state: () => editorialState.optional().parse(stored.document('editorial.kerry')),
    read: (): Asking => ({
      ...asking,
      draft: story('drafts.kerry'),
      live: story('kerry'),
      state: editorialState.optional().parse(stored.document('editorial.kerry')),
    }),
  }
}

describe('killing a live story', () => {
  test('leaves its address, its language and the notice, and keeps its text and what readers saw', () => {
    const stored = newsroom(live, liveState())
    stored.commit(killOf({...stored.read(), notice: ` ${notice} `, leases: []}).mutations)
    expect(stored.document('kerry')).toEqual({
      _id: 'kerry',
      _type: 'article',
      _rev: 'rev-1',
      _createdAt: live._createdAt,
      slug: live.slug,
      previousSlugs: ['kerry-travels'],
      language: 'en',
      killed: {at, notice},
    })
    const {_createdAt, headline, slug, lede, language, previousSlugs} = live
    expect(stored.document('drafts.kerry')).toEqual({
      _id: 'drafts.kerry',
      _type: 'article',
      _rev: 'rev-1',
      _createdAt,
      headline,
      slug,
      lede,
      language,
      previousSlugs,
    })
    expect(stored.state()).toMatchObject({
      stage: 'killed',
      record,
      history: [{action: 'kill', by: 'bob', at, from: 'live', to: 'killed', note: notice}],
    })
  })

  test('leaves a draft that is there as it is, however often it changes meanwhile', () => {
    const draft = draftOf(live, {headline: 'Half a headl'})
    const stored = newsroom(live, draft, liveState())
    const {mutations} = killOf({...stored.read(), notice, leases: []})
    stored.put({...draft, headline: 'Half a headline'})
    stored.commit(mutations)
    expect(stored.document('drafts.kerry')).toMatchObject({headline: 'Half a headline'})
    expect(stored.document('kerry')).toMatchObject({killed: {at, notice}})
  })

  test.each(['kerry', 'editorial.kerry'])('does nothing when %s was changed meanwhile', (id) => {
    const stored = newsroom(live, liveState())
    const {mutations} = killOf({...stored.read(), notice, leases: []})
    const changed = stored.document(id)
    if (changed) stored.put(changed)
    expect(() => stored.commit(mutations)).toThrow(`409: ${id}`)
  })

  test('tells readers of a withdrawn banner what the publisher wrote for it', () => {
    const {lease, log} = leaseOnStory()
    const stored = newsroom(live, liveState(), desk, lease, log)
    const {mutations} = killOf({
      ...stored.read(),
      notice,
      sentence: ' This news was wrong. ',
      leases: [{lease, log}],
      deskRevision: desk._rev,
    })
    stored.commit(mutations)
    expect(stored.document(lease._id)).toMatchObject({
      withdrawn: {at, sentence: 'This news was wrong.'},
    })
    expect(stored.document('kerry')).toMatchObject({killed: {at, notice}})
  })

  test('withdraws the leases on it that readers see or would see, with their logs and the desk', () => {
    const seen = leaseOnStory()
    const over = leaseOnStory({_id: 'over', until: at})
    const ended = leaseOnStory({_id: 'ended', endedAt: '2026-11-24T14:01:00.000Z'})
    const plan = leaseOnStory({_id: 'plan'}).log
    const planned = {
      ...plan,
      planned: {
        headline: 'Kerry leaves',
        level: 'breaking' as const,
        startsAt: '2026-11-24T18:00:00.000Z',
        until: '2026-11-24T18:30:00.000Z',
      },
    }
    const leases = [seen, over, ended, {log: planned}]
    const stored = newsroom(live, liveState(), desk, seen.lease, seen.log, planned)
    const {mutations} = killOf({...stored.read(), notice, leases, deskRevision: 'rev-0'})
    expect(() => stored.commit(mutations)).toThrow('409: newsroom.breakingDesk is at desk-rev')
    stored.commit(killOf({...stored.read(), notice, leases, deskRevision: 'desk-rev'}).mutations)
    expect(stored.document('lease')).toMatchObject({withdrawn: {at, sentence: notice}})
    expect(stored.document('newsroom.lease.lease')).toMatchObject({
      log: [{did: 'start'}, {did: 'withdraw', at, by: 'bob', reason: 'The story was killed.'}],
    })
    const givenUp = stored.document('newsroom.lease.plan')
    expect(givenUp).toMatchObject({
      givenUp: {headline: 'Kerry leaves', level: 'breaking'},
      log: [{did: 'start'}, {did: 'withdraw'}],
    })
    expect(givenUp).not.toHaveProperty('planned')
    expect(stored.document('newsroom.breakingDesk')).toMatchObject({
      changedAt: at,
      changedBy: 'bob',
    })
    expect(stored.ids()).not.toContain('over')
  })

  test('needs a notice', () => {
    const stored = newsroom(live, liveState())
    expect(() => killOf({...stored.read(), reason: 'A reason', leases: []})).toThrow(
      'Write a notice: readers find it',
    )
  })
})

describe('killing a story before its publication', () => {
  const draft = draftOf(liveStory())

  test.each(['review', 'approved', 'scheduled'] as const)(
    'from %s makes no page and no notice',
    (stage) => {
      const state = liveState({stage, publishAt: at, approvedRevision: 'draft-rev'})
      const stored = newsroom(draft, state)
      stored.commit(killOf({...stored.read(), reason: 'It is false.', leases: []}).mutations)
      expect(stored.ids()).toEqual(['drafts.kerry', 'editorial.kerry'])
      expect(stored.document('drafts.kerry')).toEqual(draft)
      const {history, ...rest} = stored.state() ?? {}
      expect(rest).toEqual({
        _id: 'editorial.kerry',
        _type: 'editorialState',
        _rev: 'rev-1',
        article: state.article,
        stage: 'killed',
      })
      expect(history).toMatchObject([{action: 'kill', from: stage, note: 'It is false.'}])
    },
  )

  test('is not for a draft: that is deleted', () => {
    const stored = newsroom(draft)
    expect(() => killOf({...stored.read(), reason: 'It is false.', leases: []})).toThrow(
      'This story is “Draft”',
    )
  })
})

describe('a story that was taken down', () => {
  const ways = {
    'killed and revived': (stored: ReturnType<typeof newsroom>) => {
      stored.commit(killOf({...stored.read(), notice, leases: []}).mutations)
      stored.commit(reviveOf({...stored.read(), reason: 'It was another person.'}).mutations)
    },
    unpublished: (stored: ReturnType<typeof newsroom>) =>
      stored.commit(
        unpublicationOf({...stored.read(), reason: 'Too early.', leases: []}).mutations,
      ),
  }

  test.each(Object.entries(ways))(
    'and is %s is a draft, and goes on where it was when it is published again',
    (_way, takeDown) => {
      const stored = newsroom(live, liveState())
      takeDown(stored)
      expect(stored.ids()).toEqual(['drafts.kerry', 'editorial.kerry'])
      expect(stored.state()).toMatchObject({stage: 'draft', record})
      stored.put({
        ...draftOf(article.parse(stored.document('drafts.kerry'))),
        _id: 'drafts.kerry',
        slug: {_type: 'slug', current: 'kerry-again'},
        firstPublishedAt: '1999-01-01T00:00:00.000Z',
        updates: [],
        previousSlugs: ['forged'],
      })
      const answer = {kind: 'now', reason: 'It is right.'} as const
      stored.commit(publicationOf({...stored.read(), answer}).mutations)
      expect(stored.document('kerry')).toMatchObject({
        headline: live.headline,
        slug: {current: 'kerry-again'},
        previousSlugs: ['kerry-travels', 'kerry-in-moscow'],
        firstPublishedAt: live.firstPublishedAt,
        lastUpdatedAt: live.lastUpdatedAt,
        updates: live.updates,
      })
      expect(stored.state()).not.toHaveProperty('record')
      const next: Article = {...draftOf(live), _id: 'drafts.kerry'}
      stored.put(next)
      const update = {kind: 'update', note: 'He left.'} as const
      stored.commit(publicationOf({...stored.read(), answer: update}).mutations)
      expect(article.parse(stored.document('kerry')).updates?.map(({number}) => number)).toEqual([
        1, 2,
      ])
    },
  )

  test('is not published while it is killed', () => {
    const stored = newsroom(live, liveState())
    stored.commit(killOf({...stored.read(), notice, leases: []}).mutations)
    const answer = {kind: 'now', reason: 'It is right.'} as const
    expect(() => publicationOf({...stored.read(), answer})).toThrow('This story was killed.')
  })

  test('and was killed before its publication comes back without a page', () => {
    const draft = draftOf(live)
    const stored = newsroom(draft, liveState({stage: 'killed'}))
    stored.commit(reviveOf({...stored.read(), reason: 'It is true.'}).mutations)
    expect(stored.ids()).toEqual(['drafts.kerry', 'editorial.kerry'])
    expect(stored.state()).toMatchObject({stage: 'draft', history: [{note: 'It is true.'}]})
  })
})

test('a story is not unpublished while breaking news sends readers to it', () => {
  const stored = newsroom(live, liveState())
  const unpublish = (until: string) =>
    unpublicationOf({...stored.read(), reason: 'Too early.', leases: [leaseOnStory({until})]})
  expect(() => unpublish('2026-11-24T14:05:00.001Z')).toThrow('End that first.')
  stored.commit(unpublish(at).mutations)
  expect(stored.document('kerry')).toBe(undefined)
})
