import {expect, test} from 'vitest'

import {copyOfStory} from './copyOfStory.ts'

test('a copy carries the words and nothing of the first story’s publications', () => {
  const story = {
    _id: 'drafts.kerry',
    _type: 'article',
    headline: 'Kerry in Moscow',
    language: 'en',
    slug: {_type: 'slug', current: 'kerry-in-moscow'},
    previousSlugs: ['kerry'],
    update: true,
    updates: [{_key: 'a', number: 1}],
    corrections: [{_key: 'b'}],
    killed: {at: '2016-03-24T10:00:00.000Z', notice: 'Gone'},
    firstPublishedAt: '2016-03-23T10:00:00.000Z',
    lastUpdatedAt: '2016-03-23T12:00:00.000Z',
    embargoUntil: '2016-03-23T09:00:00.000Z',
    source: {_type: 'source', publisher: 'A paper', importId: 'x', importedAt: 'y'},
  }
  expect(copyOfStory(story)).toEqual({
    _id: 'drafts.kerry',
    _type: 'article',
    headline: 'Kerry in Moscow',
    language: 'en',
    source: {_type: 'source', publisher: 'A paper'},
  })
})

test('the story itself stays as it was', () => {
  const story = {_type: 'article', update: true}
  copyOfStory(story)
  expect(story).toEqual({_type: 'article', update: true})
})
