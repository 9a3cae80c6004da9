import type {ClientConfig, SanityClient} from '@sanity/client'
import {expect, test} from 'vitest'

import {breakStory} from '../../editorial/breaking.ts'
import {
  documentId,
  type BreakingLog,
  type BreakingNews,
  type LeaseLevel,
} from '../../editorial/documents.ts'
import {planBreaking} from '../../editorial/planning.ts'
import {readDesk} from '../support/deskAsRead.ts'
import {
  endLease,
  extendLease,
  giveUpPlannedLease,
  linkLease,
  setLeaseLevel,
  startPlannedLease,
  withdrawLease,
  type Hands,
} from '../../studio/breaking/leaseSteps.ts'
import {transact} from '../../studio/publishing/publishStory.ts'
import {newsroom} from './newsroomOnLake.ts'

const names = new Map([
  ['ann', 'Ann Editor'],
  ['bob', 'Bob Publisher'],
])

function handsOf(client: SanityClient, by: string): Hands {
  return {
    client,
    by,
    nameOf: (id) => Promise.resolve(names.get(id) ?? 'Somebody'),
    clock: (at) => `${at.slice(11, 16)} UTC`,
  }
}

/** Two publishers, and a flash that Ann put up. */
async function deskWithFlash() {
  const {ann, bob} = await newsroom()
  const hands = {ann: handsOf(ann, 'ann'), bob: handsOf(bob, 'bob')}
  await flash(hands.ann, 'harbour', 'Harbour closed')
  return {...hands, item: {leaseId: 'harbour', seen: await seen(ann, 'harbour')}}
}

async function flash({client, by}: Hands, leaseId: string, headline: string, article?: string) {
  const {deskRevision, live, now} = await readDesk(client)
  const {mutations} = breakStory({
    headline,
    level: 'flash',
    minutes: 30,
    now,
    by,
    leaseId,
    deskRevision,
    live,
    ...(article !== undefined && {article: {_id: article}}),
  })
  await transact(client, mutations, 'test')
}

async function leaseOf({client}: Hands, leaseId = 'harbour'): Promise<BreakingNews> {
  const lease = await client.getDocument<BreakingNews>(leaseId)
  if (!lease) throw new Error(`There is no ${leaseId}.`)
  return lease
}

async function logOf(client: SanityClient, leaseId = 'harbour') {
  const log = await client.getDocument<BreakingLog>(documentId.lease(leaseId))
  return log?.log.map(({by, did, reason}) => [by, did, reason]) ?? []
}

async function seen(client: SanityClient, leaseId: string): Promise<string> {
  const log = await client.getDocument<BreakingLog>(documentId.lease(leaseId))
  return log?.log.at(-1)?._key ?? ''
}

/** The same hands, whose next transaction reaches the lake (or not) while its answer is lost. */
function losingAnswer(hands: Hands, arrives: boolean): Hands {
  const answering = hands.client.config().resolveFetch?.() ?? fetch
  let lost = false
  const losing: ReturnType<NonNullable<ClientConfig['resolveFetch']>> = async (input, init) => {
    if (lost || init?.method !== 'POST') return await answering(input, init)
    lost = true
    if (arrives) await answering(input, init)
    throw new TypeError('fetch failed')
  }
  return {...hands, client: hands.client.withConfig({resolveFetch: () => losing})}
}

test('extend, level, link, end: each one transaction, each in the log', async () => {
  const {ann, item} = await deskWithFlash()
  const before = await leaseOf(ann)
  await extendLease(ann, item, 30)
  const extended = await leaseOf(ann)
  expect(Date.parse(extended.until) - Date.parse(before.until)).toBe(30 * 60_000)
  const now = {leaseId: 'harbour', seen: undefined}
  await setLeaseLevel(ann, now, 'developing')
  await linkLease(ann, now, 'drafts.port')
  expect(await leaseOf(ann)).toMatchObject({level: 'developing', article: {_ref: 'port'}})
  await endLease(ann, now)
  expect((await leaseOf(ann)).endedAt).toEqual(expect.any(String))
  expect(await logOf(ann.client)).toEqual([
    ['ann', 'start', undefined],
    ['ann', 'extend', undefined],
    ['ann', 'level', 'Flash → Developing'],
    ['ann', 'link', 'To port'],
    ['ann', 'end', undefined],
  ])
})

test('a withdrawal has its reason in the log and its sentence before readers', async () => {
  const {bob, item} = await deskWithFlash()
  const words = {reason: 'The source was wrong.', sentence: 'The harbour is open.'}
  await withdrawLease(bob, item, words)
  expect(await leaseOf(bob)).toMatchObject({withdrawn: {sentence: words.sentence}})
  expect((await logOf(bob.client)).at(-1)).toEqual(['bob', 'withdraw', words.reason])
})

test('what somebody did meanwhile is told with name, deed and owner, and nothing is done', async () => {
  const {ann, bob, item} = await deskWithFlash()
  await extendLease(bob, item, 30)
  const {until} = await leaseOf(bob)
  await expect(extendLease(ann, item, 30)).rejects.toMatchObject({
    code: 'meanwhile',
    message: `Bob Publisher extended it until ${until.slice(11, 16)} UTC a moment ago, so nothing more was done. “Harbour closed” is yours.`,
  })
  expect((await leaseOf(ann)).until).toBe(until)
})

test('both at once: one wins, the other is told whose item it is', async () => {
  const {ann, bob, item} = await deskWithFlash()
  const {until} = await leaseOf(ann)
  const outcomes = await Promise.allSettled([
    extendLease(ann, item, 30),
    extendLease(bob, item, 30),
  ])
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(1)
  expect(refused[0]?.reason).toMatchObject({
    code: 'meanwhile',
    message: expect.stringMatching(
      /^(Ann Editor|Bob Publisher) extended it until \d\d:\d\d UTC a moment ago, so nothing more was done\. “Harbour closed” is (yours|Ann Editor’s)\.$/,
    ),
  })
  const extended = await leaseOf(ann)
  expect(Date.parse(extended.until) - Date.parse(until)).toBe(30 * 60_000)
})

test('somebody who moves another item at the same moment is in nobody’s way', async () => {
  const {ann, bob, item} = await deskWithFlash()
  await flash(bob, 'storm', 'Storm comes')
  const storm = {leaseId: 'storm', seen: await seen(bob.client, 'storm')}
  await Promise.all([extendLease(ann, item, 30), endLease(bob, storm)])
  expect((await logOf(ann.client)).at(-1)).toEqual(['ann', 'extend', undefined])
  expect((await logOf(ann.client, 'storm')).at(-1)).toEqual(['bob', 'end', undefined])
})

test('an item that just ended says who ended it', async () => {
  const {ann, bob, item} = await deskWithFlash()
  await endLease(bob, item)
  await expect(extendLease(ann, item, 30)).rejects.toMatchObject({
    code: 'over',
    message:
      'Bob Publisher ended “Harbour closed” a moment ago, so readers do not see it any more. “Harbour closed” is yours.',
  })
})

test('an item that ran out says so', async () => {
  const {ann, item} = await deskWithFlash()
  const past = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  await ann.client
    .patch('harbour')
    .set({startsAt: past(40), until: past(2.5)})
    .commit()
  await expect(endLease(ann, item)).rejects.toMatchObject({
    code: 'over',
    message:
      '“Harbour closed” ran out 2 minutes ago, so readers do not see it any more. “Harbour closed” is yours.',
  })
})

test('a story that is up already is not linked a second time', async () => {
  const {ann, item} = await deskWithFlash()
  await flash(ann, 'port', 'Port shut', 'port')
  await expect(linkLease(ann, item, 'port')).rejects.toMatchObject({code: 'alreadyBreaking'})
})

async function plan({client, by}: Hands, planned: {level: LeaseLevel; minutes: number}) {
  const {deskRevision, now} = await readDesk(client)
  const startsAt = new Date(now.getTime() + 3_600_000)
  const words = {headline: 'Budget is out', leaseId: 'budget', startsAt}
  const {mutations} = planBreaking({...words, ...planned, deskRevision, now, by})
  await transact(client, mutations, 'test')
}

test('a plan is given up with a reason', async () => {
  const {ann, bob} = await deskWithFlash()
  await plan(ann, {level: 'breaking', minutes: 30})
  expect(await logOf(ann.client, 'budget')).toEqual([['ann', 'plan', undefined]])
  const item = {leaseId: 'budget', seen: await seen(ann.client, 'budget')}
  await giveUpPlannedLease(bob, item, 'It is postponed.')
  expect(await logOf(bob.client, 'budget')).toEqual([
    ['ann', 'plan', undefined],
    ['bob', 'withdraw', 'It is postponed.'],
  ])
  await expect(giveUpPlannedLease(ann, item, 'Again.')).rejects.toThrow(
    'Bob Publisher gave this plan up a moment ago, so nothing more was done. It is yours.',
  )
})

test('a plan is started before its time, for as long as was planned', async () => {
  const {ann, bob} = await deskWithFlash()
  await plan(ann, {level: 'developing', minutes: 45})
  const item = {leaseId: 'budget', seen: await seen(ann.client, 'budget')}
  await startPlannedLease(bob, item)
  const lease = await leaseOf(bob, 'budget')
  expect(lease).toMatchObject({headline: 'Budget is out', level: 'developing'})
  expect(Date.parse(lease.until) - Date.parse(lease.startsAt)).toBe(45 * 60_000)
  const log = await ann.client.getDocument<BreakingLog>(documentId.lease('budget'))
  expect(log).toMatchObject({owner: 'ann', log: [{did: 'plan'}, {did: 'start', by: 'bob'}]})
  expect(log?.planned).toBeUndefined()
  await expect(startPlannedLease(ann, item)).rejects.toThrow('Bob Publisher put it before readers')
})

test('a lost answer: a step that happened has happened, one that did not says so', async () => {
  const {ann, bob, item} = await deskWithFlash()
  await extendLease(losingAnswer(ann, true), item, 30)
  expect(await logOf(ann.client)).toHaveLength(2)
  const now = {leaseId: 'harbour', seen: await seen(bob.client, 'harbour')}
  await expect(endLease(losingAnswer(bob, false), now)).rejects.toMatchObject({
    code: 'unanswered',
    message: expect.stringContaining('nothing was changed'),
  })
  expect((await leaseOf(bob)).endedAt).toBeUndefined()
})
