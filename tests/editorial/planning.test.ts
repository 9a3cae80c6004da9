import {describe, expect, test} from 'vitest'
import {breakingRefusal} from '../../editorial/breakableStory.ts'
import {breakingLog, breakingNews} from '../../editorial/documents.ts'
import {
  changeLevel,
  giveUpPlan,
  linkBreaking,
  planBreaking,
  startEarly,
  startPlanned,
} from '../../editorial/planning.ts'
import {withdrawBreaking} from '../../editorial/withdrawing.ts'
import {refusals} from './judged.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {leaseOnStory} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const at = '2026-11-24T14:05:00.000Z'
const startsAt = '2026-11-24T18:00:00.000Z'
const desk = {_id: 'newsroom.breakingDesk', _type: 'breakingDesk', _rev: 'desk-rev'}
const sender = {userId: 'bob', role: 'publisher'} as const

function planning(fields: object = {}) {
  return planBreaking({
    article: {_id: 'kerry'},
    headline: 'Kerry leaves',
    level: 'breaking',
    topics: ['syria'],
    minutes: 30,
    now,
    by: 'bob',
    leaseId: 'plan',
    deskRevision: 'desk-rev',
    startsAt: new Date(startsAt),
    ...fields,
  }).mutations
}

/** A newsroom with a plan in it. */
function planned() {
  const newsroom = newsroomInMemory(desk)
  expect(refusals([desk], planning(), {...sender, now})).toEqual([])
  newsroom.commit(planning())
  const log = () => breakingLog.parse(newsroom.document('newsroom.lease.plan'))
  const stored = () => newsroom.ids().flatMap((id) => newsroom.document(id) ?? [])
  const request = (time: string) => ({
    log: log(),
    deskRevision: newsroom.document(desk._id)?._rev,
    now: new Date(time),
    by: 'worker',
  })
  return {newsroom, log, request, stored}
}

describe('breaking news that starts later', () => {
  test('is started before its time by a publisher, as long as was planned', () => {
    const {newsroom, log, request, stored} = planned()
    const early = {...request('2026-11-24T15:00:00.000Z'), by: 'bob'}
    const times = {startsAt: '2026-11-24T14:50:00.000Z', until: '2026-11-24T15:20:00.000Z'}
    const {lease} = leaseOnStory(times)
    expect(() => startEarly({...early, live: [lease]})).toThrow(
      'Its story is up as “Breaking News”',
    )
    const {mutations} = startEarly({...early, live: []})
    expect(refusals(stored(), mutations, {...sender, now: early.now})).toEqual([])
    newsroom.commit(mutations)
    expect(breakingNews.parse(newsroom.document('plan'))).toMatchObject({
      headline: 'Kerry leaves',
      startsAt: '2026-11-24T15:00:00.000Z',
      until: '2026-11-24T15:30:00.000Z',
    })
    expect(log()).toMatchObject({owner: 'bob', log: [{did: 'plan'}, {did: 'start', by: 'bob'}]})
    expect(log().planned).toBeUndefined()
    expect(() => startEarly({...early, log: log(), live: []})).toThrow('Nothing is planned here')
  })

  test('is nowhere in public before it does, and then is as planned', () => {
    const {newsroom, log, request, stored} = planned()
    expect(newsroom.ids()).toEqual(['newsroom.breakingDesk', 'newsroom.lease.plan'])
    expect(() => startPlanned({...request('2026-11-24T17:59:59.999Z'), live: []})).toThrow(
      '“Kerry leaves” starts at 18:00 UTC.',
    )
    const {started, mutations} = startPlanned({...request(startsAt), live: []})
    const worker = {userId: 'worker', role: 'publisher', now: new Date(startsAt)} as const
    expect(refusals(stored(), mutations, worker)).toEqual([])
    newsroom.commit(mutations)
    expect(started).toBe(true)
    expect(breakingNews.parse(newsroom.document('plan'))).toMatchObject({
      headline: 'Kerry leaves',
      level: 'breaking',
      article: {_ref: 'kerry'},
      topics: [{_ref: 'syria'}],
      startsAt,
      until: '2026-11-24T18:30:00.000Z',
    })
    expect(log().log.map(({did, by}) => `${did} ${by}`)).toEqual(['plan bob', 'start worker'])
    expect(log().planned).toBe(undefined)
  })

  test('starts late after an outage, and ends when it was to end', () => {
    const {newsroom, request} = planned()
    const late = '2026-11-24T18:20:00.000Z'
    newsroom.commit(startPlanned({...request(late), live: []}).mutations)
    expect(newsroom.document('plan')).toMatchObject({
      startsAt: late,
      until: '2026-11-24T18:30:00.000Z',
    })
  })

  test.each([
    ['its end has passed', '2026-11-24T18:30:00.000Z', [], 'Its end had passed'],
    [
      'its story is up already',
      startsAt,
      [leaseOnStory({until: '2026-11-24T19:00:00.000Z'}).lease],
      'The story was up',
    ],
  ])('is given up when %s', (_what, time, live, reason) => {
    const {newsroom, log, request} = planned()
    const {started, mutations} = startPlanned({...request(time), live})
    newsroom.commit(mutations)
    expect(started).toBe(false)
    expect(newsroom.ids()).not.toContain('plan')
    expect(log().planned).toBe(undefined)
    expect(log().givenUp).toEqual({headline: 'Kerry leaves', level: 'breaking'})
    expect(log().log.at(-1)).toMatchObject({
      did: 'withdraw',
      reason: expect.stringContaining(reason),
    })
  })

  test('is given up when its story may not be spoken of yet', () => {
    const {newsroom, log, request} = planned()
    const refusal = breakingRefusal(
      {killed: false, isLive: false, embargoUntil: '2026-11-25T05:00:00.000Z'},
      {now: new Date(startsAt)},
    )
    newsroom.commit(startPlanned({...request(startsAt), live: [], refusal}).mutations)
    expect(newsroom.ids()).not.toContain('plan')
    expect(log().log.at(-1)).toMatchObject({
      did: 'withdraw',
      reason: expect.stringMatching(/^This story is under embargo until 25 Nov 2026/),
    })
  })

  test('may be given up before', () => {
    const {newsroom, log, request} = planned()
    newsroom.commit(giveUpPlan({...request(at), reason: ' He stays. '}).mutations)
    expect(log()).toMatchObject({
      givenUp: {headline: 'Kerry leaves', level: 'breaking'},
      log: [{did: 'plan'}, {did: 'withdraw', reason: 'He stays.'}],
    })
    expect(() => startPlanned({...request(startsAt), live: []})).toThrow('Nothing is planned here')
    expect(() => giveUpPlan({...request(at), reason: 'x'})).toThrow('Nothing is planned here')
  })

  test.each([
    ['no words', {headline: ' '}],
    ['no length', {minutes: 0}],
    ['a start that has passed', {startsAt: now}],
  ])('is not planned with %s', (_what, fields) => {
    expect(() => planning(fields)).toThrow(/\.$/)
  })
})

describe('a live lease', () => {
  const {lease, log} = leaseOnStory()
  const request = {lease, log, deskRevision: 'desk-rev', now, by: 'bob'}
  const documents = [desk, {...lease, _rev: 'lease-rev'}, {...log, _rev: 'log-rev'}]

  test.each([
    [
      'is withdrawn with a sentence for readers',
      withdrawBreaking({...request, reason: 'It was another plane.', sentence: 'He is not here.'}),
      {withdrawn: {at, sentence: 'He is not here.'}},
      {did: 'withdraw', reason: 'It was another plane.'},
    ],
    [
      'is linked to its story',
      linkBreaking({...request, article: {_id: 'drafts.lavrov'}, live: [lease]}),
      {article: {_type: 'reference', _ref: 'lavrov', _weak: true}},
      {did: 'link', reason: 'To lavrov'},
    ],
    [
      'changes its level',
      changeLevel({...request, level: 'flash'}),
      {level: 'flash'},
      {did: 'level', reason: 'Breaking News → Flash'},
    ],
  ])('%s', (_what, {mutations}, fields, line) => {
    const newsroom = newsroomInMemory(...documents)
    newsroom.commit(mutations)
    expect(newsroom.document('lease')).toMatchObject(fields)
    expect(newsroom.document('newsroom.lease.lease')).toMatchObject({
      log: [{did: 'start'}, {at, by: 'bob', ...line}],
    })
    expect(newsroom.document(desk._id)).toMatchObject({changedBy: 'bob'})
    expect(refusals(documents, mutations, {...sender, now})).toEqual([])
  })

  test('is not linked to a story that is up by another', () => {
    const other = leaseOnStory({_id: 'other'}).lease
    const link = () => linkBreaking({...request, article: {_id: 'kerry'}, live: [lease, other]})
    expect(link).toThrow('This story is up as “Breaking News” until 14:30 UTC. End one of the two.')
  })

  test.each(['reason', 'sentence'])('is not withdrawn without a %s', (missing) => {
    const words = {reason: 'It was wrong.', sentence: 'It was wrong.', [missing]: ' '}
    expect(() => withdrawBreaking({...request, ...words})).toThrow(
      expect.objectContaining({code: 'noteMissing'}),
    )
  })
})
