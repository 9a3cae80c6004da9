import {afterAll, beforeAll, expect, test} from 'vitest'

import {
  breakingDeskAnswer,
  breakingDeskQuery,
  deskAt,
  deskMemory,
  type BreakingDesk,
} from '../../queries/breakingDesk.ts'
import {startSite, type RunningSite} from '../site/support/startSite.ts'
import {memoryLake} from './support/memoryLake.ts'
import {articleDocument, leaseDocument, minutesAgo, weakReference} from './support/stories.ts'

/** The lake's `now()` is the machine's. */
const now = new Date()
const ago = (minutes: number) => minutesAgo(minutes, now.toISOString())

function logDocument(id: string, log: object[], fields: object = {}) {
  return {
    _id: `newsroom.lease.${id}`,
    _type: 'breakingLog',
    lease: weakReference(id),
    owner: 'anna',
    log: log.map((line, place) => ({_key: `line-${place}`, by: 'anna', at: ago(60), ...line})),
    ...fields,
  }
}

const plan = (fields: object = {}) => ({
  planned: {
    headline: 'Budget is out',
    level: 'breaking',
    startsAt: ago(-30),
    until: ago(-60),
    ...fields,
  },
})

const documents: {_id: string; _type: string; [field: string]: unknown}[] = [
  {...articleDocument('harbour'), language: 'fa'},
  {...articleDocument('killed'), killed: {at: ago(5), notice: 'Gone.'}},
  articleDocument('drafts.budget'),
  {_id: 'city', _type: 'topic', title: 'City'},
  leaseDocument('older', {startsAt: ago(8), until: ago(-22), article: weakReference('harbour')}),
  logDocument('older', [
    {did: 'start', until: ago(-10)},
    {did: 'extend', by: 'ben', until: ago(-22)},
  ]),
  leaseDocument('flash', {
    level: 'flash',
    startsAt: ago(9),
    until: ago(-21),
    topics: [{...weakReference('city'), _key: 'city'}],
  }),
  leaseDocument('newer', {startsAt: ago(2), until: ago(-28), article: weakReference('killed')}),
  leaseDocument('ended', {startsAt: ago(50), until: ago(-5), endedAt: ago(20)}),
  leaseDocument('ranOut', {startsAt: ago(70), until: ago(40)}),
  leaseDocument('withdrawn', {
    startsAt: ago(15),
    until: ago(-10),
    withdrawn: {at: ago(10), sentence: 'It is open.'},
  }),
  logDocument('later', [{did: 'plan'}], plan({startsAt: ago(-90), until: ago(-120)})),
  logDocument('sooner', [{did: 'plan'}], plan({article: weakReference('budget')})),
  logDocument('givenUp', [{did: 'plan'}, {did: 'withdraw', at: ago(30), reason: 'Postponed.'}], {
    givenUp: {headline: 'Verdict is in', level: 'flash'},
  }),
  {_id: 'newsroom.breakingDesk', _type: 'breakingDesk', changedAt: ago(2), changedBy: 'ben'},
]

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  const transaction = running.editor.transaction()
  for (const document of documents) transaction.createOrReplace(document)
  await transaction.commit()
})
afterAll(() => running.close())

async function deskOfLake(): Promise<BreakingDesk> {
  const answer: unknown = await running.editor.fetch(breakingDeskQuery, {}, {perspective: 'raw'})
  return breakingDeskAnswer.parse(answer)
}

test('what is live stands in the readers’ order, with story, topics, owner and log', async () => {
  const desk = await deskOfLake()
  const {live} = deskAt(desk, now)
  expect(live.map(({_id}) => _id)).toEqual(['flash', 'newer', 'older'])
  const [flash, newer, older] = live
  expect(flash).toMatchObject({topics: [{id: 'city', title: 'City'}], owner: undefined, log: []})
  expect(newer?.story).toMatchObject({id: 'killed', slug: undefined, isLive: false})
  expect(older).toMatchObject({
    story: {
      id: 'harbour',
      headline: 'Headline of harbour',
      language: 'fa',
      slug: 'harbour',
      isLive: true,
    },
    owner: 'anna',
    log: [
      {did: 'start', by: 'anna', until: ago(-10)},
      {did: 'extend', by: 'ben', until: ago(-22)},
    ],
  })
})

test('plans stand by their start, with the story that is still a draft', async () => {
  const {plans} = await deskOfLake()
  expect(plans.map(({id}) => id)).toEqual(['sooner', 'later'])
  expect(plans[0]).toMatchObject({
    owner: 'anna',
    headline: 'Budget is out',
    startsAt: ago(-30),
    story: {id: 'budget', headline: 'Headline of drafts.budget', isLive: false},
  })
})

test('what is over stands by when readers lost it, and plans that were given up stand among it', async () => {
  const {past} = deskAt(await deskOfLake(), now)
  expect(past.map(({kind, id, at}) => [kind, id, at])).toEqual([
    ['lease', 'withdrawn', ago(10)],
    ['lease', 'ended', ago(20)],
    ['plan', 'givenUp', ago(30)],
    ['lease', 'ranOut', ago(40)],
  ])
  expect(past[2]).toMatchObject({plan: {headline: 'Verdict is in', level: 'flash'}})
})

test('as time passes, what was live is over without asking again', async () => {
  const {live, past} = deskAt(await deskOfLake(), new Date(ago(-21)))
  expect(live.map(({_id}) => _id)).toEqual(['newer', 'older'])
  expect(past[0]).toMatchObject({id: 'flash', at: ago(-21)})
})

test('the desk’s revision, who moved it, and the usual length come with it', async () => {
  const [{_rev} = {_rev: ''}] = await running.editor
    .getDocuments(['newsroom.breakingDesk'])
    .then((found) => found.filter((one) => one !== null))
  const common = {revision: _rev, changedAt: ago(2), changedBy: 'ben'}
  expect(await deskOfLake()).toMatchObject({...common, defaultMinutes: 30})
  await running.editor.createOrReplace({
    _id: 'siteSettings',
    _type: 'siteSettings',
    title: 'Post',
    breakingMinutes: 45,
  })
  expect(await deskOfLake()).toMatchObject({...common, defaultMinutes: 45})
})

test('groq-js and the lake agree', async () => {
  const all = await running.editor.fetch<typeof documents>(
    '*[_type in ["article", "topic", "breakingNews", "breakingLog", "breakingDesk", "siteSettings"]]',
    {},
    {perspective: 'raw'},
  )
  const answer: unknown = await memoryLake(...all).client.fetch(breakingDeskQuery)
  expect(deskAt(breakingDeskAnswer.parse(answer), now)).toEqual(deskAt(await deskOfLake(), now))
})

test('it remembers the last twenty, and never leaves out what is live', async () => {
  const {client} = memoryLake(
    {...leaseDocument('long', {startsAt: ago(600), until: ago(-60)}), _rev: 'r'},
    ...Array.from({length: deskMemory + 5}, (_, place) => ({
      ...leaseDocument(`short${place}`, {startsAt: ago(100 + place), until: ago(90 + place)}),
      _rev: 'r',
    })),
  )
  const desk = deskAt(breakingDeskAnswer.parse(await client.fetch(breakingDeskQuery)), now)
  expect(desk.live.map(({_id}) => _id)).toEqual(['long'])
  expect(desk.past).toHaveLength(deskMemory)
  expect(desk.past[0]?.id).toBe('short0')
})

test('an empty newsroom has an empty desk', async () => {
  const answer: unknown = await memoryLake().client.fetch(breakingDeskQuery)
  const desk = breakingDeskAnswer.parse(answer)
  expect(desk).toMatchObject({revision: undefined, changedBy: undefined, defaultMinutes: 30})
  expect(deskAt(desk, now)).toEqual({live: [], plans: [], past: []})
})
