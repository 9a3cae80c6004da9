import {randomUUID} from 'node:crypto'

import {ClientError, type SanityClient} from '@sanity/client'
import {describe, expect, test} from 'vitest'

import type {Asking} from '../../editorial/asking.ts'
import {breakStory} from '../../editorial/breaking.ts'
import {article, breakingLog, breakingNews, editorialState} from '../../editorial/documents.ts'
import {moveOf, type Move} from '../../editorial/moves.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {planBreaking} from '../../editorial/planning.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {killOf, reviveOf, unpublicationOf} from '../../editorial/takingDown.ts'
import {publishDue} from '../../scripts/publishing/publishDue.ts'
import {lakeInProcess} from '../scripts/support/lakeInProcess.ts'
import {draftOf, liveStory} from './stories.ts'

type Person = {client: SanityClient; by: string; role: RoleName}

/** The newsroom's clock. */
let now: Date

/** The newsroom at work, in the morning. */
async function newsroom() {
  now = new Date('2026-11-24T08:00:00.000Z')
  const {clientOf} = await lakeInProcess({clock: {now: () => now}, guarded: true})
  const person = (by: string, role: RoleName): Person => ({client: clientOf(by, role), by, role})
  return {
    rob: person('rob', 'reporter'),
    ann: person('ann', 'editor'),
    bob: person('bob', 'publisher'),
    scheduler: person('scheduler', 'publisher'),
  }
}

async function asking({client, by, role}: Person): Promise<Asking> {
  const ids = ['drafts.kerry', 'kerry', 'editorial.kerry']
  const [draft, live, state] = await client.getDocuments(ids)
  return {
    draft: article.nullish().parse(draft),
    live: article.nullish().parse(live),
    state: editorialState.nullish().parse(state),
    now: new Date(await client.fetch<string>('now()')),
    by,
    role,
    newKey: randomUUID,
  }
}

/** A minute passes with every step. */
async function commit({client}: Person, mutations: readonly Mutation[]): Promise<void> {
  await client.mutate([...mutations], {visibility: 'sync', returnDocuments: false})
  now = new Date(now.getTime() + 60_000)
}

async function act(who: Person, what: (asking: Asking) => {mutations: Mutation[]}): Promise<void> {
  await commit(who, what(await asking(who)).mutations)
}

const moves = (who: Person, move: Move) => act(who, (story) => moveOf(story, move))
const publishes = (who: Person, answer: PublicationAnswer) =>
  act(who, (story) => publicationOf({...story, answer}))

async function writes({client}: Person, fields: object = {}): Promise<void> {
  const {firstPublishedAt: _first, _rev, _createdAt, _updatedAt, ...words} = draftOf(liveStory())
  await client.createIfNotExists({
    ...words,
    ...(await client.getDocument('kerry')),
    _id: 'drafts.kerry',
  })
  await client.patch('drafts.kerry').set(fields).commit()
}

async function breaks(who: Person): Promise<void> {
  const {now, by} = await asking(who)
  const flash = breakStory({
    article: {_id: 'kerry'},
    headline: 'Kerry met Putin',
    level: 'flash',
    minutes: 30,
    now,
    by,
    leaseId: 'flash',
    deskRevision: undefined,
    live: [],
  })
  await commit(who, flash.mutations)
}

async function leases({client}: Person) {
  const [lease, log, desk] = await client.getDocuments([
    'flash',
    'newsroom.lease.flash',
    'newsroom.breakingDesk',
  ])
  return {
    leases: [{lease: breakingNews.parse(lease), log: breakingLog.parse(log)}],
    deskRevision: desk?._rev,
  }
}

/** The sentences with which the store refused something. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const outcome = await work.then(
    () => 'Nobody objected.',
    (error: unknown) => error,
  )
  if (outcome instanceof ClientError && outcome.statusCode === 403) return outcome.message
  throw outcome instanceof Error ? outcome : new Error(String(outcome))
}

test('a story’s whole life passes the guards, with everyone in their own role', async () => {
  const {rob, ann, bob, scheduler} = await newsroom()
  await writes(rob)
  await moves(rob, {action: 'submit'})
  await moves(ann, {action: 'return', note: 'Who says so?'})
  await writes(rob, {standfirst: 'He says so.'})
  await moves(rob, {action: 'submit', note: 'He does.'})
  await moves(ann, {action: 'approve'})
  await writes(rob, {standfirst: 'He says so himself.'})
  await moves(rob, {action: 'submit'})
  await moves(ann, {action: 'approve'})
  await publishes(ann, {kind: 'first'})
  await writes(rob, {headline: 'Kerry meets Putin', slug: {_type: 'slug', current: 'kerry-putin'}})
  await moves(rob, {action: 'submitChange', note: 'They met.'})
  await moves(ann, {action: 'returnChange', note: 'Really?'})
  await publishes(ann, {kind: 'update', note: 'They met.'})
  await writes(rob, {headline: 'Kerry met Putin'})
  await publishes(ann, {kind: 'correction', text: 'They met at noon.'})
  await publishes(ann, {kind: 'clearUpdateLabel'})
  await breaks(bob)
  const kill = {...(await leases(bob)), notice: 'It was another man.'}
  await act(bob, (killed) => killOf({...killed, ...kill}))
  expect(await bob.client.getDocument('flash')).toHaveProperty('withdrawn')
  expect(await bob.client.getDocument('kerry')).not.toHaveProperty('headline')
  await act(bob, (killed) => reviveOf({...killed, reason: 'It was him.'}))
  await publishes(bob, {kind: 'now', reason: 'He is here.'})
  await act(ann, (live) => unpublicationOf({...live, reason: 'Too early.', leases: []}))
  await moves(rob, {action: 'submit'})
  await moves(ann, {action: 'approve'})
  const at = new Date(now.getTime() + 3_600_000).toISOString()
  await moves(ann, {action: 'schedule', at})
  const soon = planBreaking({
    headline: 'Kerry speaks',
    level: 'breaking',
    minutes: 30,
    now,
    by: 'bob',
    leaseId: 'speech',
    deskRevision: (await bob.client.getDocument('newsroom.breakingDesk'))?._rev,
    startsAt: new Date(at),
  })
  await commit(bob, soon.mutations)
  now = new Date(at)
  const worker = {...scheduler, newKey: randomUUID}
  expect((await publishDue(worker)).outcomes.map(({did}) => did)).toEqual(['published', 'started'])
  const {live, state} = await asking(ann)
  expect({
    first: live?.firstPublishedAt,
    numbers: live?.updates?.map(({number}) => number),
    corrections: live?.corrections?.length,
    former: live?.previousSlugs,
    steps: state?.history?.length,
  }).toEqual({
    first: '2026-11-24T08:06:00.000Z',
    numbers: [1],
    corrections: 1,
    former: ['kerry-in-moscow'],
    steps: 20,
  })
})

describe('a raw client gets the same refusals as the buttons', () => {
  test('for a draft that nobody approved', async () => {
    const {rob, ann} = await newsroom()
    await writes(rob)
    const publish = ann.client.action({
      actionType: 'sanity.action.document.publish',
      draftId: 'drafts.kerry',
      publishedId: 'kerry',
    })
    expect(await refusal(publish)).toContain(
      'What readers see of a story changes only together with the story’s history.',
    )
    const atOnce = publishes({...ann, role: 'publisher'}, {kind: 'now', reason: 'Quick.'})
    expect(await refusal(atOnce)).toContain(
      'You cannot publish without a review: that takes the role publisher.',
    )
  })

  test('for a live story', async () => {
    const {rob, ann, bob} = await newsroom()
    await writes(rob)
    await publishes(bob, {kind: 'now', reason: 'News.'})
    const {client} = ann
    const sentences = [
      await refusal(client.patch('kerry').set({headline: 'Another'}).commit()),
      await refusal(client.delete('kerry')),
      await refusal(
        client.action({
          actionType: 'sanity.action.document.unpublish',
          draftId: 'drafts.kerry',
          publishedId: 'kerry',
        }),
      ),
      await refusal(client.patch('editorial.kerry').set({stage: 'draft'}).commit()),
      await refusal(client.delete('editorial.kerry')),
    ]
    expect(
      sentences.map((sentence) => /What readers|by one line|as long as/.test(sentence)),
    ).toEqual([true, true, true, true, true])
  })

  test('for a kill that has not seen the banner that went up meanwhile', async () => {
    const {rob, bob} = await newsroom()
    await writes(rob)
    await publishes(bob, {kind: 'now', reason: 'News.'})
    const notice = 'It was another man.'
    const {mutations} = killOf({...(await asking(bob)), leases: [], notice})
    await breaks(bob)
    expect(await refusal(commit(bob, mutations))).toContain(
      'This story went up as breaking news while you were killing it. Kill it again,',
    )
    const seen = await leases(bob)
    await act(bob, (story) => killOf({...story, ...seen, notice}))
    expect(await bob.client.getDocument('flash')).toHaveProperty('withdrawn')
  })

  test('but never for a word typed into a draft, at any stage', async () => {
    const {rob, ann, bob} = await newsroom()
    await writes(rob)
    await moves(rob, {action: 'submit'})
    await writes(rob, {headline: 'Typed in review'})
    await moves(ann, {action: 'approve'})
    await writes(rob, {
      headline: 'Typed when approved',
      updates: [],
      lastUpdatedAt: '2999-01-01T00:00:00.000Z',
    })
    await act(bob, (story) => killOf({...story, reason: 'False.', leases: []}))
    await writes(rob, {headline: 'Typed when killed'})
    expect(await rob.client.getDocument('drafts.kerry')).toMatchObject({
      headline: 'Typed when killed',
    })
  })
})
