import {expect, test} from 'vitest'
import type {Asking} from '../../editorial/asking.ts'
import type {EditorialState} from '../../editorial/documents.ts'
import {deletionOf} from '../../editorial/deletion.ts'
import {refusals} from './judged.ts'
import {newsroomInMemory} from './newsroomInMemory.ts'
import {countedKeys, draftOf, liveState, liveStory} from './stories.ts'

const now = new Date('2026-11-24T14:05:00.000Z')
const draft = {...draftOf(liveStory()), _rev: 'draft-rev'}
const review = {...liveState({stage: 'review'}), _rev: 'state-rev'}
const asking: Asking = {
  draft,
  state: review,
  now,
  by: 'ann',
  role: 'editor',
  newKey: countedKeys(),
}

test('a story that readers never saw goes with where it stood, and the store agrees', () => {
  const {mutations} = deletionOf(asking)
  expect(refusals([draft, review], mutations, {userId: 'ann', role: 'editor', now})).toEqual([])
  const newsroom = newsroomInMemory(draft, review)
  newsroom.commit(mutations)
  expect(newsroom.ids()).toEqual([])
})

test('nothing goes when somebody wrote or moved it meanwhile', () => {
  for (const changed of [draft, review]) {
    const newsroom = newsroomInMemory(draft, review)
    newsroom.put(changed)
    expect(() => newsroom.commit(deletionOf(asking).mutations)).toThrow(`409: ${changed._id}`)
  }
})

const seen: EditorialState = {...review, record: {firstPublishedAt: '2026-11-20T10:00:00.000Z'}}

test.each<[string, Partial<Asking>, string]>([
  ['by a reporter', {role: 'reporter'}, 'You cannot delete a story: that takes the role editor'],
  ['when it is live', {live: liveStory()}, 'Readers have seen this story'],
  ['when it was live once', {state: seen}, 'Readers have seen this story'],
  ['when it was killed', {state: {...review, stage: 'killed'}}, 'This story was killed'],
])('a story is not deleted %s', (_when, given, sentence) => {
  expect(() => deletionOf({...asking, ...given})).toThrow(sentence)
})
