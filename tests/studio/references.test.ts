import type {SanityClient} from '@sanity/client'
import {expect, test} from 'vitest'

import {deletionOf} from '../../editorial/deletion.ts'
import {newKey, transactOnStory} from '../../studio/publishing/publishStory.ts'
import {revisionsOf} from '../../studio/publishing/changesSince.ts'
import {readStory} from '../../studio/publishing/storyAsRead.ts'
import {takeStep, type Answers, type PlainStep} from '../../studio/workflow/takeStep.ts'
import {draft, liveStory, newsroom} from './newsroomOnLake.ts'

const reason = 'The rights have ended.'

/** A story whose text links to the one of the newsroom. */
function linkingStory(_id: string, headline: string, to = 'kerry') {
  const [block] = draft.lede
  const link = {_type: 'link', _key: 'm', reference: {_type: 'reference', _ref: to}}
  return {...draft, _id, headline, lede: [{...block, markDefs: [link]}]}
}

async function take(client: SanityClient, step: PlainStep, answers: Answers) {
  const seen = revisionsOf(await readStory(client, 'kerry'))
  const asked = {client, articleId: 'kerry', step, answers, seen, by: 'ann', errors: []}
  return await takeStep({...asked, role: 'publisher', timeZone: 'UTC'})
}

test('a story that others link to is not unpublished, and the sentence names them', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  await ann.create(linkingStory('putin', 'Putin Waits'))
  await ann.create(linkingStory('drafts.lavrov', 'Lavrov Speaks'))
  await expect(take(ann, 'unpublish', {reason})).rejects.toThrow(
    'Nothing was changed: the draft of “Lavrov Speaks” and the live story “Putin Waits” still lead to this story. Take the links out of them, publish the change where the story is live, and try again.',
  )
  expect((await readStory(ann, 'kerry')).live).toBeDefined()
})

test('what nobody can read the name of is told by its id; of many the first are named', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  const reference = {_type: 'reference', _ref: 'kerry'}
  await ann.create({_id: 'aaa', _type: 'topic', story: reference})
  for (const place of [1, 2, 3, 4, 5, 6]) {
    await ann.create(linkingStory(`story-${place}`, `Story ${place}`))
  }
  await expect(take(ann, 'unpublish', {reason})).rejects.toThrow(
    /^Nothing was changed: the document “aaa”, the live story “Story 1”, .+ and 2 others still lead/,
  )
})

test('a killed story that others link to is not revived', async () => {
  const {ann} = await newsroom()
  await liveStory(ann)
  await take(ann, 'kill', {notice: 'It was wrong.'})
  await ann.create(linkingStory('putin', 'Putin Waits'))
  await expect(take(ann, 'revive', {reason})).rejects.toThrow(
    /^Nothing was changed: the live story “Putin Waits” still leads to this story\./,
  )
})

test('a draft that something refers to is not deleted', async () => {
  const {ann} = await newsroom()
  await ann.create(draft)
  await ann.create(linkingStory('putin', 'Putin Waits', 'drafts.kerry'))
  const asRead = await readStory(ann, 'kerry')
  const {mutations} = deletionOf({...asRead, by: 'ann', role: 'editor', newKey})
  await expect(
    transactOnStory({client: ann, articleId: 'kerry', asRead, mutations, tag: 'delete'}),
  ).rejects.toThrow(/the live story “Putin Waits” still leads to this story\./)
})

test('a story that leads to what readers cannot see is not published, and the sentence names it', async () => {
  const {ann} = await newsroom()
  await ann.create({_id: 'drafts.rob', _type: 'author', name: 'Rob Reporter'})
  const byline = {_type: 'reference', _key: 'r', _ref: 'rob', _weak: true}
  const strengthening = {_strengthenOnPublish: {type: 'author'}}
  await ann.create({...draft, authors: [{...byline, ...strengthening}]})
  await expect(take(ann, 'publishNow', {reason})).rejects.toThrow(
    'Nothing was changed: this story refers to the author “Rob Reporter”, which is not published. Publish that first, or take it out of the story, and try again.',
  )
  await ann.delete('drafts.rob')
  await expect(take(ann, 'publishNow', {reason})).rejects.toThrow(
    'Nothing was changed: this story refers to the document “rob”, which is not there any more. Take it out of the story, and try again.',
  )
})
