import {randomUUID} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import {describe, expect, test} from 'vitest'

import {
  article,
  documentId,
  editorialState,
  type EditorialState,
} from '../../editorial/documents.ts'
import {moveOf} from '../../editorial/moves.ts'
import {planBreaking} from '../../editorial/planning.ts'
import {instantOf} from '../../editorial/zones.ts'
import {publishDue, untilNextRound} from '../../scripts/publishing/publishDue.ts'
import {countedKeys, draftOf, liveStory} from '../editorial/stories.ts'
import {temporaryFolder} from './support/files.ts'
import {lakeInProcess} from './support/lakeInProcess.ts'
import {clientFor, startProduct} from './support/product.ts'
import {runScript} from './support/script.ts'

const settings = {
  _id: 'siteSettings',
  _type: 'siteSettings',
  title: 'Dateline',
  timeZone: 'Europe/Berlin',
}

/** A newsroom in this process, whose clock a test sets. */
async function newsroom(time: string) {
  let now = new Date(time)
  const {clientOf} = await lakeInProcess({clock: {now: () => now}, guarded: true})
  const editor = clientOf('ann', 'administrator')
  await editor.create(settings)
  return {
    editor,
    setClock: (to: string) => {
      now = new Date(to)
    },
    worker: {client: clientOf('scheduler', 'publisher'), by: 'scheduler', newKey: countedKeys()},
  }
}

/** Writes, approves and schedules a story, as the newsroom's buttons do. */
async function schedule(client: SanityClient, id: string, at: string, fields: object = {}) {
  const {firstPublishedAt: _first, _rev, _createdAt, _updatedAt, ...words} = draftOf(liveStory())
  await client.create({
    ...words,
    slug: {_type: 'slug', current: id},
    ...fields,
    _id: documentId.draft(id),
  })
  const {id: by} = await client.users.getById('me')
  const moves = [{action: 'submit'}, {action: 'approve'}, {action: 'schedule', at}] as const
  for (const move of moves) {
    const [draft, state] = await client.getDocuments([`drafts.${id}`, `editorial.${id}`])
    const {mutations} = moveOf(
      {
        draft: article.parse(draft),
        state: editorialState.nullish().parse(state),
        now: new Date(await client.fetch('now()')),
        by,
        role: 'publisher',
        newKey: () => randomUUID(),
      },
      move,
    )
    await client.mutate(mutations)
  }
}

async function stateOf(client: SanityClient, id: string): Promise<EditorialState> {
  return editorialState.parse(await client.getDocument(`editorial.${id}`))
}

const due = '2026-11-24T14:05:00.000Z'
const morning = '2026-11-24T08:00:00.000Z'

describe('a scheduled story', () => {
  test('goes live at its time and not a moment before', async () => {
    const {editor, worker, setClock} = await newsroom(morning)
    await schedule(editor, 'kerry', due)
    setClock('2026-11-24T14:04:59.999Z')
    expect(await publishDue(worker)).toEqual({outcomes: [], next: due})
    setClock(due)
    expect(await publishDue(worker)).toEqual({
      outcomes: [{id: 'kerry', did: 'published', sentence: '“Kerry in Moscow” is live.'}],
      next: undefined,
    })
    expect(await publishDue(worker)).toEqual({outcomes: [], next: undefined})
    expect(await editor.getDocument('kerry')).toMatchObject({firstPublishedAt: due})
    expect(await editor.getDocument('drafts.kerry')).toBe(undefined)
    const {history} = await stateOf(editor, 'kerry')
    expect(history?.map(({action, by}) => `${action} ${by}`)).toEqual([
      'submit ann',
      'approve ann',
      'schedule ann',
      'publishScheduled scheduler',
    ])
  })

  test('that became due during an outage goes live afterwards, and its history says how late', async () => {
    const {editor, worker, setClock} = await newsroom(morning)
    await schedule(editor, 'kerry', due)
    setClock('2026-11-25T06:35:00.000Z')
    await publishDue(worker)
    expect((await stateOf(editor, 'kerry')).history?.at(-1)).toMatchObject({
      action: 'publishScheduled',
      note: 'Was due at 24 Nov 2026, 15:05 CET, went live 16 h 30 min later.',
    })
  })

  test.each([
    ['before clocks go back', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['after clocks went back', '2026-10-25T03:30', '2026-10-25T02:30:00.000Z'],
    ['after clocks went forward', '2027-03-28T03:30', '2027-03-28T01:30:00.000Z'],
    ['in the first minute of a year', '2027-01-01T00:00', '2026-12-31T23:00:00.000Z'],
  ])('goes live %s', async (_when, wallTime, instant) => {
    const {editor, worker, setClock} = await newsroom('2026-10-24T08:00:00.000Z')
    await schedule(editor, 'kerry', instantOf(wallTime, settings.timeZone))
    setClock(new Date(Date.parse(instant) - 1).toISOString())
    expect(await publishDue(worker)).toEqual({outcomes: [], next: instant})
    setClock(instant)
    expect((await publishDue(worker)).outcomes).toMatchObject([{did: 'published'}])
    expect(await editor.getDocument('kerry')).toMatchObject({firstPublishedAt: instant})
  })

  test('is published once by two workers at once', async () => {
    const {editor, worker, setClock} = await newsroom(morning)
    for (const id of ['one', 'two', 'three']) await schedule(editor, id, due)
    setClock(due)
    const other = {...worker, newKey: countedKeys()}
    const rounds = await Promise.all([publishDue(worker), publishDue(other), publishDue(worker)])
    const did = rounds.flatMap(({outcomes}) => outcomes.map((outcome) => outcome.did))
    expect(did.filter((what) => what === 'published')).toHaveLength(3)
    expect(did.filter((what) => what !== 'published' && what !== 'meanwhile')).toEqual([])
    for (const id of ['one', 'two', 'three']) {
      expect((await stateOf(editor, id)).history).toHaveLength(4)
    }
  })

  test.each<[string, (client: SanityClient) => Promise<unknown>, string]>([
    [
      'was changed after its approval',
      (client) => client.patch('drafts.kerry').set({headline: 'Another'}).commit(),
      'Changed since approval at 24 Nov 2026, 09:00 CET. Submit it again, so that the new text is approved.',
    ],
    [
      'shares its address with another by now',
      (client) =>
        client.create({
          _id: 'drafts.other',
          _type: 'article',
          headline: 'Other',
          slug: {_type: 'slug', current: 'kerry'},
        }),
      '“Other” has this address. Change a word of it.',
    ],
    [
      'lost its draft',
      (client) => client.delete('drafts.kerry'),
      'There is no draft, so there is nothing to hand on. Write something first.',
    ],
    [
      'is in no usual form',
      (client) => client.patch('drafts.kerry').set({headline: 7}).commit(),
      'The draft cannot be used: “headline” is not in its usual form. Correct it, or restore an older version.',
    ],
  ])('that %s goes back to approved, and readers see nothing', async (_what, spoil, sentence) => {
    const {editor, worker, setClock} = await newsroom(morning)
    await schedule(editor, 'kerry', due)
    await spoil(editor)
    setClock(due)
    expect((await publishDue(worker)).outcomes).toMatchObject([
      {did: 'failed', sentence: expect.stringContaining(sentence)},
    ])
    expect(await editor.getDocument('kerry')).toBe(undefined)
    const {stage, lastFailure, publishAt} = await stateOf(editor, 'kerry')
    expect({stage, lastFailure, publishAt}).toEqual({
      stage: 'approved',
      lastFailure: sentence,
      publishAt: undefined,
    })
    expect(await publishDue(worker)).toEqual({outcomes: [], next: undefined})
  })

  test('that the lake refuses goes back to approved too, and keeps no other waiting', async () => {
    const {editor, worker, setClock} = await newsroom(morning)
    const dangling = {_type: 'reference', _key: 'a', _ref: 'nobody', _weak: true}
    await schedule(editor, 'kerry', due, {
      authors: [{...dangling, _strengthenOnPublish: {type: 'author'}}],
    })
    await schedule(editor, 'lavrov', due)
    setClock(due)
    const {outcomes} = await publishDue(worker)
    expect(outcomes.map(({id, did}) => `${id} ${did}`)).toEqual([
      'kerry failed',
      'lavrov published',
    ])
    expect((await stateOf(editor, 'kerry')).lastFailure).not.toBe(undefined)
  })
})

test('a planned lease starts at its time, once, whoever works', async () => {
  const {editor, worker, setClock} = await newsroom(morning)
  const {mutations} = planBreaking({
    headline: 'Kerry leaves',
    level: 'breaking',
    minutes: 30,
    now: new Date(morning),
    by: 'ann',
    leaseId: 'plan',
    deskRevision: undefined,
    startsAt: new Date(due),
  })
  await editor.mutate(mutations)
  expect(await publishDue(worker)).toEqual({outcomes: [], next: due})
  setClock(due)
  const rounds = await Promise.all([publishDue(worker), publishDue(worker)])
  const did = rounds.flatMap(({outcomes}) => outcomes.map((outcome) => outcome.did))
  expect(did.filter((what) => what === 'started')).toHaveLength(1)
  expect(await editor.getDocument('plan')).toMatchObject({
    headline: 'Kerry leaves',
    startsAt: due,
    until: '2026-11-24T14:35:00.000Z',
  })
})

test('a plan whose story is under embargo when it is due is given up, and readers see nothing', async () => {
  const {editor, worker, setClock} = await newsroom(morning)
  const draft = {_id: 'drafts.secret', _type: 'article', embargoUntil: '2099-01-01T00:00:00.000Z'}
  const {mutations} = planBreaking({
    article: {_id: 'secret'},
    headline: 'It is out',
    level: 'flash',
    minutes: 30,
    now: new Date(morning),
    by: 'ann',
    leaseId: 'early',
    deskRevision: undefined,
    startsAt: new Date(due),
  })
  await editor.mutate([{create: draft}, ...mutations])
  setClock(due)
  const {outcomes} = await publishDue(worker)
  expect(outcomes.map(({id, did}) => `${id} ${did}`)).toEqual(['early gaveUp'])
  expect(await editor.getDocument('early')).toBeUndefined()
  expect(await editor.getDocument('newsroom.lease.early')).toMatchObject({
    givenUp: {headline: 'It is out'},
    log: [{did: 'plan'}, {reason: expect.stringContaining('under embargo until 1 Jan 2099')}],
  })
})

test('a round comes at the next due time, and soon in any case', () => {
  const now = new Date(due)
  expect([
    untilNextRound(undefined, now, 5000),
    untilNextRound('2026-11-24T14:05:01.500Z', now, 5000),
    untilNextRound('2026-11-24T15:00:00.000Z', now, 5000),
    untilNextRound('2026-11-24T14:00:00.000Z', now, 5000),
  ]).toEqual([5000, 1500, 5000, 5000])
})

describe('on the command line', {timeout: 120_000}, () => {
  test('publish-due publishes what is due in a data folder, and npm start does by itself', async () => {
    const folder = temporaryFolder()
    const options = {env: {DATELINE_STUDIO_DEV_SERVER: 'http://127.0.0.1:9'}}
    const product = await startProduct(['--data', folder, '--no-seed'], options)
    const client = await clientFor(product, folder)
    await schedule(client, 'soon', new Date(Date.now() + 5000).toISOString())
    const site = async () => (await fetch(`${product.origin}/a/soon`)).status
    await expect.poll(site, {timeout: 20_000}).toBe(200)
    await schedule(client, 'later', new Date(Date.now() + 8000).toISOString())
    await product.stop()
    const publishDueNow = async () => (await runScript('publish-due', ['--data', folder])).out
    await expect.poll(publishDueNow, {timeout: 60_000}).toMatch(/^“Kerry in Moscow” is live\./)
    expect((await runScript('publish-due', ['--data', folder])).out).toBe('Nothing is due.\n')
  })
})
