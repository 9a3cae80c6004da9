import {expect, test} from 'vitest'

import {breakStory, endBreaking} from '../../editorial/breaking.ts'
import {readDesk, readLease} from '../support/deskAsRead.ts'
import {publishStory, transact} from '../../studio/publishing/publishStory.ts'
import {readStory} from '../../studio/publishing/storyAsRead.ts'
import {isRevisionConflict} from '../../studio/StudioError.ts'
import {editHeadline, liveStory, newsroom} from './newsroomOnLake.ts'

const silentFix = {articleId: 'kerry', answer: {kind: 'silentFix'}, role: 'publisher'} as const

test('the first publication moves the draft to its readers', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  const {draft: left, live, state} = await readStory(ann, 'kerry')
  expect({left, headline: live?.headline, published: live?.firstPublishedAt?.length}).toEqual({
    left: undefined,
    headline: 'Kerry in Moscow',
    published: '2026-11-24T10:00:00.000Z'.length,
  })
  expect(state?.stage).toBe('live')
})

test('a change as an update carries its note', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  await editHeadline(ann, 'Kerry arrives in Moscow')
  const outcome = await publishStory({
    client: ann,
    articleId: 'kerry',
    asRead: await readStory(ann, 'kerry'),
    answer: {kind: 'update', note: 'Kerry has landed.'},
    by: 'ann',
    role: 'publisher',
  })
  expect(outcome).toEqual({kind: 'done'})
  const {live} = await readStory(ann, 'kerry')
  expect({
    headline: live?.headline,
    update: live?.update,
    notes: live?.updates?.map(({number, note}) => ({number, note})),
  }).toEqual({
    headline: 'Kerry arrives in Moscow',
    update: true,
    notes: [{number: 1, note: 'Kerry has landed.'}],
  })
})

test('a colleague who has just written is waited for, and nothing is published while they go on', async () => {
  const {ann, bob} = await newsroom()
  await liveStory(ann)
  await editHeadline(ann, 'Kerry arrives in Moscow')
  const early = publishStory({
    ...silentFix,
    client: bob,
    asRead: await readStory(bob, 'kerry'),
    by: 'bob',
  })
  await editHeadline(ann, 'Kerry arrives in Moscow by air')
  expect(await early).toMatchObject({
    kind: 'meanwhile',
    changes: [{document: 'draft', did: 'changed', by: 'ann'}],
  })

  const asRead = await readStory(bob, 'kerry')
  expect(await publishStory({...silentFix, client: bob, asRead, by: 'bob'})).toEqual({kind: 'done'})
  const {live} = await readStory(ann, 'kerry')
  expect(live?.headline).toBe('Kerry arrives in Moscow by air')
  const [written, wasPublished] = [asRead.draft?._updatedAt, live?._updatedAt]
  expect(Date.parse(wasPublished ?? '') - Date.parse(written ?? '')).toBeGreaterThanOrEqual(2000)
})

test('what is given up while a colleague is waited for is not published', async () => {
  const {ann, bob} = await newsroom()
  await liveStory(ann)
  await editHeadline(ann, 'Kerry arrives in Moscow')
  const closing = new AbortController()
  const outcome = publishStory({
    ...silentFix,
    client: bob,
    asRead: await readStory(bob, 'kerry'),
    by: 'bob',
    wanted: closing.signal,
  })
  closing.abort()
  await expect(outcome).rejects.toThrow('aborted')
  const {live, draft} = await readStory(ann, 'kerry')
  expect([live?.headline, draft?.headline]).toEqual(['Kerry in Moscow', 'Kerry arrives in Moscow'])
})

test('when two publish at once the second is refused, and told who was first', async () => {
  const {ann, bob} = await newsroom()
  await liveStory(ann)
  await editHeadline(ann, 'Kerry arrives in Moscow')
  const [annRead, bobRead] = await Promise.all([readStory(ann, 'kerry'), readStory(bob, 'kerry')])
  const first = await publishStory({...silentFix, client: bob, asRead: bobRead, by: 'bob'})
  const second = await publishStory({...silentFix, client: ann, asRead: annRead, by: 'ann'})
  const at = expect.any(String)
  expect([first, second]).toEqual([
    {kind: 'done'},
    {
      kind: 'meanwhile',
      changes: [
        {document: 'live', did: 'changed', by: 'bob', at},
        {document: 'draft', did: 'removed', by: 'bob', at},
        {document: 'state', did: 'changed', by: 'bob', at},
      ],
    },
  ])
})

test('a keystroke of another person between reading and publishing refuses it too', async () => {
  const {ann, bob} = await newsroom()
  await liveStory(ann)
  await editHeadline(ann, 'Kerry arrives in Moscow')
  const asRead = await readStory(ann, 'kerry')
  await editHeadline(bob, 'Kerry arrives in Moscow!')
  const outcome = await publishStory({
    client: ann,
    articleId: 'kerry',
    asRead,
    answer: {kind: 'silentFix'},
    by: 'ann',
    role: 'publisher',
  })
  expect(outcome).toEqual({
    kind: 'meanwhile',
    changes: [{document: 'draft', did: 'changed', by: 'bob', at: expect.any(String)}],
  })
  expect((await readStory(ann, 'kerry')).live?.headline).toBe('Kerry in Moscow')
})

test('a story is broken, seen on the desk and ended; a retry never makes a second banner', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  const desk = await readDesk(ann)
  expect(desk).toEqual({
    now: expect.any(Date),
    deskRevision: undefined,
    live: [],
    defaultMinutes: 30,
  })
  const {mutations} = breakStory({
    ...desk,
    article: {_id: 'kerry'},
    headline: 'Kerry in Moscow',
    level: 'breaking',
    minutes: desk.defaultMinutes,
    by: 'ann',
    leaseId: 'lease',
  })
  await transact(ann, mutations, 'break-story')
  const again: unknown = await transact(ann, mutations, 'break-story').catch(
    (error: unknown) => error,
  )
  expect(isRevisionConflict(again)).toBe(true)
  expect((await readDesk(ann)).live.map(({_id}) => _id)).toEqual(['lease'])

  const ending = endBreaking({...(await readLease(ann, 'lease')), by: 'ann'})
  await transact(ann, ending.mutations, 'end-breaking')
  expect((await readDesk(ann)).live).toEqual([])
})
