import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {BreakingLog, BreakingNews} from '../../editorial/documents.ts'
import {
  breakStory,
  endBreaking,
  extendBreaking,
  isLive,
  liveLeases,
  nextEdge,
  type BreakingRequest,
} from '../../editorial/breaking.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'

const now = new Date('2026-11-24T14:00:00.000Z')
const at = (time: string) => new Date(`2026-11-24T${time}Z`)

function lease(fields: Partial<BreakingNews> = {}): BreakingNews {
  return {
    _id: 'lease-1',
    _type: 'breakingNews',
    _rev: 'lease-rev',
    headline: 'Explosion at the airport',
    article: {_type: 'reference', _ref: 'airport', _weak: true},
    level: 'breaking',
    startsAt: '2026-11-24T13:50:00.000Z',
    until: '2026-11-24T14:20:00.000Z',
    ...fields,
  }
}

const log: BreakingLog = {
  _id: 'newsroom.lease.lease-1',
  _type: 'breakingLog',
  _rev: 'log-rev',
  lease: {_type: 'reference', _ref: 'lease-1', _weak: true},
  owner: 'ann',
  log: [
    {
      _type: 'leaseLogEntry',
      _key: 'start-20261124135000000',
      at: '2026-11-24T13:50:00.000Z',
      by: 'ann',
      did: 'start',
      until: '2026-11-24T14:20:00.000Z',
    },
  ],
}

describe('a lease', () => {
  test.each([
    ['13:49:59.999', false],
    ['13:50:00.000', true],
    ['14:19:59.999', true],
    ['14:20:00.000', false],
  ])('at %s is live: %s', (time, live) => {
    expect(isLive(lease(), at(time))).toBe(live)
  })

  test('is over for good once it was ended or withdrawn', () => {
    const ended = lease({endedAt: '2026-11-24T13:55:00.000Z'})
    const withdrawn = lease({withdrawn: {at: '2026-11-24T13:55:00.000Z', sentence: 'Untrue.'}})
    expect([isLive(ended, now), isLive(withdrawn, now)]).toEqual([false, false])
    expect(isLive(lease({endedAt: null, withdrawn: null}), now)).toBe(true)
  })
})

test('readers see the most urgent first, then the newest', () => {
  const leases = [
    lease({_id: 'developing', level: 'developing', startsAt: '2026-11-24T13:59:00.000Z'}),
    lease({_id: 'older', startsAt: '2026-11-24T13:40:00.000Z'}),
    lease({_id: 'flash', level: 'flash', startsAt: '2026-11-24T13:30:00.000Z'}),
    lease({_id: 'newer'}),
    lease({_id: 'same as newer'}),
    lease({_id: 'over', level: 'flash', until: '2026-11-24T14:00:00.000Z'}),
    lease({_id: 'ahead', level: 'flash', startsAt: '2026-11-24T14:00:00.001Z'}),
  ]
  expect(liveLeases(leases, now).map(({_id}) => _id)).toEqual([
    'flash',
    'newer',
    'same as newer',
    'older',
    'developing',
  ])
})

describe('the next edge', () => {
  test('is the first instant at which the list changes by itself', () => {
    const leases = [
      lease({until: '2026-11-24T14:20:00.000Z'}),
      lease({startsAt: '2026-11-24T14:10:00.000Z', until: '2026-11-24T14:30:00.000Z'}),
      lease({until: '2026-11-24T14:05:00.000Z', endedAt: '2026-11-24T13:55:00.000Z'}),
      lease({until: '2026-11-24T13:59:00.000Z'}),
    ]
    expect([
      nextEdge(leases, now),
      nextEdge(leases, at('14:10:00.000')),
      nextEdge(leases, at('14:30:00.000')),
    ]).toEqual([at('14:10:00.000'), at('14:20:00.000'), undefined])
  })

  test('misses no change', () => {
    const minutes = fc.integer({min: 0, max: 60})
    const timeOf = (minute: number) => new Date(now.getTime() + minute * 60_000).toISOString()
    const anyLease = fc
      .record({start: minutes, end: minutes, over: fc.boolean()})
      .map(({start, end, over}) =>
        lease({
          startsAt: timeOf(start),
          until: timeOf(end),
          endedAt: over ? timeOf(start) : undefined,
        }),
      )
    fc.assert(
      fc.property(fc.array(anyLease), minutes, (leases, minute) => {
        const instant = new Date(timeOf(minute))
        const list = (time: Date) => JSON.stringify(liveLeases(leases, time))
        const edge = nextEdge(leases, instant) ?? new Date(timeOf(61))
        for (let time = instant.getTime(); time < edge.getTime(); time += 60_000) {
          expect(list(new Date(time))).toBe(list(instant))
        }
      }),
    )
  })
})

describe('breaking a story', () => {
  const request: BreakingRequest = {
    article: {_id: 'drafts.airport'},
    headline: ' Explosion at the airport ',
    level: 'flash',
    topics: ['accidents'],
    minutes: 30,
    now,
    by: 'ann',
    leaseId: 'lease-1',
    deskRevision: 'desk-rev',
    live: [],
  }

  test('makes the lease, its log and a move of the desk', () => {
    expect(breakStory(request)).toEqual({
      mutations: [
        {
          create: {
            _id: 'lease-1',
            _type: 'breakingNews',
            headline: 'Explosion at the airport',
            article: {_type: 'reference', _ref: 'airport', _weak: true},
            level: 'flash',
            topics: [{_type: 'reference', _ref: 'accidents', _weak: true, _key: 'accidents'}],
            startsAt: '2026-11-24T14:00:00.000Z',
            until: '2026-11-24T14:30:00.000Z',
          },
        },
        {
          create: {
            _id: 'newsroom.lease.lease-1',
            _type: 'breakingLog',
            lease: {_type: 'reference', _ref: 'lease-1', _weak: true},
            owner: 'ann',
            log: [
              {
                _type: 'leaseLogEntry',
                _key: 'start-20261124140000000',
                at: '2026-11-24T14:00:00.000Z',
                by: 'ann',
                did: 'start',
                until: '2026-11-24T14:30:00.000Z',
              },
            ],
          },
        },
        {
          patch: {
            id: 'newsroom.breakingDesk',
            ifRevisionID: 'desk-rev',
            set: {changedAt: '2026-11-24T14:00:00.000Z', changedBy: 'ann'},
          },
        },
      ],
    })
  })

  test('makes the desk for the first time, and needs no story', () => {
    const {mutations} = breakStory({...request, article: null, topics: [], deskRevision: null})
    expect([mutations[0], mutations[2]]).toEqual([
      {
        create: {
          _id: 'lease-1',
          _type: 'breakingNews',
          headline: 'Explosion at the airport',
          level: 'flash',
          startsAt: '2026-11-24T14:00:00.000Z',
          until: '2026-11-24T14:30:00.000Z',
        },
      },
      {
        create: {
          _id: 'newsroom.breakingDesk',
          _type: 'breakingDesk',
          changedAt: '2026-11-24T14:00:00.000Z',
          changedBy: 'ann',
        },
      },
    ])
  })

  test('sent twice makes one banner', () => {
    const newsroom = newsroomInMemory({
      _id: 'newsroom.breakingDesk',
      _type: 'breakingDesk',
    })
    const {mutations} = breakStory({...request, deskRevision: 'rev-0'})
    newsroom.commit(mutations)
    expect(() => newsroom.commit(mutations)).toThrow('409: lease-1 already exists')
    expect(newsroom.ids()).toEqual(['lease-1', 'newsroom.breakingDesk', 'newsroom.lease.lease-1'])
  })

  test('does not pass another publisher unseen', () => {
    const newsroom = newsroomInMemory({_id: 'newsroom.breakingDesk', _type: 'breakingDesk'})
    const mine = breakStory({...request, deskRevision: 'rev-0'})
    const theirs = breakStory({...request, article: null, leaseId: 'b', deskRevision: 'rev-0'})
    newsroom.commit(mine.mutations)
    expect(() => newsroom.commit(theirs.mutations)).toThrow('409: newsroom.breakingDesk')
    expect(newsroom.document('b')).toBeUndefined()
  })

  test.each<[string, Partial<BreakingRequest>, string]>([
    ['a second lease of one story', {live: [lease()]}, 'alreadyBreaking'],
    ['an empty banner', {headline: '  '}, 'fieldMissing'],
    ['a banner of 101 characters', {headline: 'x'.repeat(101)}, 'headlineTooLong'],
    ['no time at all', {minutes: 0}, 'leaseLength'],
    ['a length that is no number', {minutes: Number.NaN}, 'leaseLength'],
    ['more than twelve hours', {minutes: 721}, 'leaseLength'],
    ['an id that readers cannot see', {leaseId: 'drafts.x'}, 'idNotPublic'],
  ])('refuses %s', (_what, fields, code) => {
    expect(() => breakStory({...request, ...fields})).toThrow(expect.objectContaining({code}))
  })

  test.each<[string, Partial<BreakingRequest>]>([
    ['a story whose lease is over', {live: [lease({until: '2026-11-24T14:00:00.000Z'})]}],
    ['another story', {live: [lease({article: {_type: 'reference', _ref: 'other'}})]}],
    ['a second flash without a story', {article: null, live: [lease({article: undefined})]}],
    ['exactly twelve hours', {minutes: 720}],
    ['a hundred emoji', {headline: '🚨'.repeat(100)}],
  ])('allows %s', (_what, fields) => {
    expect(breakStory({...request, ...fields}).mutations).toHaveLength(3)
  })

  test('says what is up already', () => {
    expect(() => breakStory({...request, live: [lease()]})).toThrow(
      'This story is up as “Breaking News” until 14:20 UTC. Extend that instead of adding a second one.',
    )
  })
})

describe('a click on a live lease', () => {
  const click = {lease: lease(), log, deskRevision: 'desk-rev', now, by: 'bob'}
  const desk = {
    patch: {
      id: 'newsroom.breakingDesk',
      ifRevisionID: 'desk-rev',
      set: {changedAt: '2026-11-24T14:00:00.000Z', changedBy: 'bob'},
    },
  }

  test('ends it now', () => {
    expect(endBreaking(click)).toEqual({
      mutations: [
        {
          patch: {
            id: 'lease-1',
            ifRevisionID: 'lease-rev',
            set: {endedAt: '2026-11-24T14:00:00.000Z'},
          },
        },
        {
          patch: {
            id: 'newsroom.lease.lease-1',
            ifRevisionID: 'log-rev',
            setIfMissing: {log: []},
            insert: {
              after: 'log[-1]',
              items: [
                {
                  _type: 'leaseLogEntry',
                  _key: 'end-20261124140000000',
                  at: '2026-11-24T14:00:00.000Z',
                  by: 'bob',
                  did: 'end',
                },
              ],
            },
          },
        },
        desk,
      ],
    })
  })

  test('starts the log of a lease that came without one', () => {
    expect(endBreaking({...click, log: null}).mutations[1]).toMatchObject({
      create: {_id: 'newsroom.lease.lease-1', owner: 'bob', log: [{did: 'end', by: 'bob'}]},
    })
  })

  test('extends it from its end', () => {
    const {mutations} = extendBreaking({...click, minutes: 30})
    expect([mutations[0], mutations[2]]).toEqual([
      {
        patch: {
          id: 'lease-1',
          ifRevisionID: 'lease-rev',
          set: {until: '2026-11-24T14:50:00.000Z'},
        },
      },
      desk,
    ])
    expect(mutations[1]).toMatchObject({
      patch: {insert: {items: [{did: 'extend', until: '2026-11-24T14:50:00.000Z'}]}},
    })
  })

  test('extends it to twelve hours and no further', () => {
    const long = lease({startsAt: '2026-11-24T02:30:00.000Z', until: '2026-11-24T14:20:00.000Z'})
    expect(extendBreaking({...click, lease: long, minutes: 30}).mutations[0]).toMatchObject({
      patch: {set: {until: '2026-11-24T14:30:00.000Z'}},
    })
    const longest = {...long, until: '2026-11-24T14:30:00.000Z'}
    expect(() => extendBreaking({...click, lease: longest, minutes: 30})).toThrow(
      expect.objectContaining({code: 'leaseLength'}),
    )
  })

  test.each([
    [{endedAt: '2026-11-24T13:55:00.000Z'}, 'is over already; readers saw it until 13:55 UTC'],
    [{until: '2026-11-24T14:00:00.000Z'}, 'is over already; readers saw it until 14:00 UTC'],
    [{startsAt: '2026-11-24T14:10:00.000Z'}, 'has not started yet; it starts at 14:10 UTC'],
  ])('on a lease with %j is refused', (fields, sentence) => {
    const past = {...click, lease: lease(fields)}
    expect(() => endBreaking(past)).toThrow(sentence)
    expect(() => extendBreaking({...past, minutes: 30})).toThrow(sentence)
  })
})
