import {expect, test} from 'vitest'

import {isJsonObject} from '../../lake/documents/document.ts'
import {kerryStory} from './kerryStory.ts'
import {newsroom} from './newsroom.ts'
import {newsroomNow, storyId} from './stories.ts'

const documents = [...newsroom(100)]

test('a newsroom is the same in every run, and each document comes after what it refers to', () => {
  expect([...newsroom(100)]).toEqual(documents)
  const known = new Set<string>()
  const dangling = documents.flatMap((document) => {
    known.add(document._id)
    return referencesIn(document).filter((target) => !known.has(target))
  })
  expect({dangling, documents: known.size}).toEqual({dangling: [], documents: documents.length})
})

test('stories have the size of the Kerry story, and addresses and times of their own', () => {
  const stories = documents.filter(({_id, _type}) => _type === 'article' && !_id.includes('.'))
  const size = (document: object) => JSON.stringify(document).length
  const average = stories.reduce((sum, story) => sum + size(story), 0) / stories.length
  const kerry = size(kerryStory(newsroomNow))
  expect((average / kerry).toFixed(1)).toBe('1.1')
  const times = stories.map(({firstPublishedAt}) => firstPublishedAt)
  expect(times).toEqual(times.toSorted())
  const addresses = new Set(stories.map(({slug}) => JSON.stringify(slug)))
  expect([addresses.size, new Set(times).size]).toEqual([100, 100])
})

test('two of a million stories that chance begins alike have ids of their own', () => {
  const [one, other] = [storyId(1239), storyId(650_284)]
  expect(one.slice(0, 20)).toBe(other.slice(0, 20))
  expect(one).not.toBe(other)
})

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isJsonObject(value)) return []
  const {_ref} = value
  const own = typeof _ref === 'string' ? [_ref] : []
  return [...own, ...Object.values(value).flatMap(referencesIn)]
}
