import type {SanityClient} from '@sanity/client'
import {expect, test} from 'vitest'

import {breakStory} from '../../editorial/breaking.ts'
import {documentId, type EditorialState} from '../../editorial/documents.ts'
import type {RoleName} from '../../editorial/roles.ts'
import {readDesk} from '../support/deskAsRead.ts'
import {revisionsOf} from '../../studio/publishing/changesSince.ts'
import {transact} from '../../studio/publishing/publishStory.ts'
import {readStory} from '../../studio/publishing/storyAsRead.ts'
import {takeStep, type Answers, type PlainStep} from '../../studio/workflow/takeStep.ts'
import {draft, editHeadline, liveStory, newsroom} from './newsroomOnLake.ts'

const at = expect.any(String)

async function take(
  client: SanityClient,
  step: PlainStep,
  {
    answers = {},
    by = 'ann',
    role = 'publisher',
    seen,
  }: {
    answers?: Answers
    by?: string
    role?: RoleName
    seen?: ReturnType<typeof revisionsOf>
  } = {},
) {
  return await takeStep({
    client,
    articleId: 'kerry',
    step,
    answers,
    seen: seen ?? revisionsOf(await readStory(client, 'kerry')),
    by,
    role,
    errors: [],
    timeZone: 'Europe/Prague',
  })
}

function stateOf(client: SanityClient): Promise<EditorialState | undefined> {
  return client.getDocument<EditorialState>(documentId.editorialState('kerry'))
}

test('a story goes from draft to its readers, and every step stands in its history', async () => {
  const {ann} = await newsroom()
  await ann.createOrReplace(draft)
  await take(ann, 'submit')
  await take(ann, 'return', {answers: {note: 'Who says so?'}})
  await take(ann, 'submit')
  await take(ann, 'approve')
  const future = new Date(Date.now() + 3_600_000).toISOString()
  await take(ann, 'schedule', {answers: {at: future}})
  expect(await stateOf(ann)).toMatchObject({stage: 'scheduled', publishAt: future})
  await take(ann, 'unschedule')
  await take(ann, 'publish')
  expect((await readStory(ann, 'kerry')).live?.headline).toBe(draft.headline)
  const history = (await stateOf(ann))?.history?.map(({action, note}) => [action, note])
  expect(history).toEqual([
    ['submit', undefined],
    ['return', 'Who says so?'],
    ['submit', undefined],
    ['approve', undefined],
    ['schedule', undefined],
    ['unschedule', undefined],
    ['publish', undefined],
  ])
})

test('a text that is not the one on screen is not approved, and who changed it is named', async () => {
  const {ann, bob} = await newsroom()
  await ann.createOrReplace(draft)
  await take(ann, 'submit')
  const seen = revisionsOf(await readStory(ann, 'kerry'))
  await bob.patch('drafts.kerry').set({headline: 'Kerry in Minsk'}).commit()
  expect(await take(ann, 'approve', {seen})).toEqual({
    kind: 'meanwhile',
    changes: [{document: 'draft', did: 'changed', by: 'bob', at}],
  })
  expect((await stateOf(ann))?.stage).toBe('review')
})

test('a story is returned whoever types in it, but not when somebody moved it', async () => {
  const {ann, bob} = await newsroom()
  await ann.createOrReplace(draft)
  await take(ann, 'submit')
  const seen = revisionsOf(await readStory(ann, 'kerry'))
  await bob.patch('drafts.kerry').set({headline: 'Kerry in Minsk'}).commit()
  const answers = {note: 'Which city?'}
  expect(await take(ann, 'return', {seen, answers})).toEqual({kind: 'done'})
  expect(await take(bob, 'approve', {seen, by: 'bob'})).toEqual({
    kind: 'meanwhile',
    changes: [
      {document: 'draft', did: 'changed', by: 'bob', at},
      {document: 'state', did: 'changed', by: 'ann', at},
    ],
  })
})

test('what the rules refuse is refused with their sentence', async () => {
  const {ann} = await newsroom()
  await ann.createOrReplace(draft)
  await take(ann, 'submit')
  await expect(take(ann, 'approve', {role: 'editor'})).rejects.toThrow(
    'You submitted this story yourself. Ask another editor to approve it.',
  )
  await expect(take(ann, 'return')).rejects.toThrow('Write a note')
  await expect(take(ann, 'publish')).rejects.toThrow('This story is “In review”')
})

test('a change is submitted and returned; the story stays as readers know it', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  await editHeadline(ann, 'Kerry arrives in Moscow')
  await take(ann, 'submitChange', {answers: {note: 'He has landed.'}})
  expect((await stateOf(ann))?.change).toBe('review')
  await take(ann, 'returnChange', {answers: {note: 'Not yet.'}})
  expect((await stateOf(ann))?.change).toBeUndefined()
  expect((await readStory(ann, 'kerry')).live?.headline).toBe(draft.headline)
})

test('a kill takes the breaking news with it, and the story comes back by reviving', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  const {mutations} = breakStory({
    ...(await readDesk(ann)),
    article: {_id: 'kerry'},
    headline: 'Kerry in Moscow',
    level: 'breaking',
    minutes: 30,
    by: 'ann',
    leaseId: 'lease',
  })
  await transact(ann, mutations, 'break-story')
  await expect(take(ann, 'unpublish', {answers: {reason: 'Rights.'}})).rejects.toThrow(
    'This story is up as breaking news',
  )
  const answers = {notice: 'It was wrong.', sentence: 'He is not in Moscow.'}
  expect(await take(ann, 'kill', {answers})).toEqual({kind: 'done'})
  expect((await readStory(ann, 'kerry')).live).toMatchObject({
    killed: {at, notice: 'It was wrong.'},
  })
  expect(await ann.getDocument('lease')).toMatchObject({
    withdrawn: {at, sentence: 'He is not in Moscow.'},
  })
  expect((await readDesk(ann)).live).toEqual([])
  await take(ann, 'revive', {answers: {reason: 'It was right.'}})
  const {draft: text, live} = await readStory(ann, 'kerry')
  expect([text?.headline, live]).toEqual([draft.headline, undefined])
})

test('a story that readers never saw is killed with a reason and leaves no page', async () => {
  const {ann} = await newsroom()
  await ann.createOrReplace(draft)
  await take(ann, 'submit')
  await take(ann, 'kill', {answers: {reason: 'It is not true.'}})
  expect((await readStory(ann, 'kerry')).live).toBeUndefined()
  expect((await stateOf(ann))?.stage).toBe('killed')
})

test('a live story is taken off the site and its text stays', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  await take(ann, 'unpublish', {answers: {reason: 'Rights.'}})
  const {draft: text, live, state} = await readStory(ann, 'kerry')
  expect([text?.headline, live, state?.stage]).toEqual([draft.headline, undefined, 'draft'])
})
