import {describe, expect, test} from 'vitest'

import {evaluatedWithRequests} from './support/evaluated.ts'

const reference = (id: string) => ({_ref: id})

const documents = [
  {_id: 'desk-1', _type: 'desk', name: 'Foreign'},
  {_id: 'desk-2', _type: 'desk', name: 'Home'},
  {_id: 'person-1', _type: 'person', name: 'Ada', desk: reference('desk-1')},
  {_id: 'person-2', _type: 'person', name: 'Bo', desk: reference('desk-2')},
  {
    _id: 'story-1',
    _type: 'story',
    author: reference('person-1'),
    topics: [reference('topic-1'), reference('topic-2')],
  },
  {
    _id: 'story-2',
    _type: 'story',
    author: reference('person-2'),
    topics: [reference('topic-2'), reference('nobody')],
  },
  {_id: 'story-3', _type: 'story', topics: 'none'},
  {_id: 'topic-1', _type: 'topic', title: 'Elections'},
  {_id: 'topic-2', _type: 'topic', title: 'Health'},
]

function prefetched(query: string, params = {}): string[][] {
  return evaluatedWithRequests(query, {documents, params}).requests.prefetched
}

describe('references are fetched a depth at a time, for all elements at once', () => {
  test.each<[string, string[][]]>([
    ['*[_type == "story"].author->name', [['person-1', 'person-2']]],
    ['*[_type == "story"]{"by": author->name}', [['person-1', 'person-2']]],
    [
      '*[_type == "story"]{author->{name, desk->}}',
      [
        ['person-1', 'person-2'],
        ['desk-1', 'desk-2'],
      ],
    ],
    ['*[_type == "story"]{topics[]->{title}}', [['topic-1', 'topic-2', 'nobody']]],
    ['*[_type == "story"].topics[]->title', [['topic-1', 'topic-2', 'nobody']]],
    [
      '*[_type == "story"]{author->, "desk": author->desk->name, topics[_ref != "nobody"]->}',
      [
        ['person-1', 'topic-1', 'topic-2', 'person-2'],
        ['desk-1', 'desk-2'],
      ],
    ],
    ['*[_type == "story"] | order(author->name)._id', [['person-1', 'person-2']]],
    ['*[_type == "story" && author->name == "Ada"]._id', [['person-1', 'person-2']]],
    ['*[author->name == "Ada" && _id == "story-2"]._id', [['person-2']]],
    [
      '*[_type == "story"]{"x": select(defined(author) => coalesce(author->name, "?"))}',
      [['person-1', 'person-2']],
    ],
    ['*[_id == "story-1"][0]{author->, topics[]->}', [['person-1', 'topic-1', 'topic-2']]],
    ['*[_id == "story-1"][0]{author->}', []],
    ['*[_type == "topic"]{title}', []],
  ])('%s', (query, batches) => {
    expect(prefetched(query)).toEqual(batches)
  })

  test('and answer as if they had been followed one by one', () => {
    const query = '*[_type == "story"]{_id, "by": author->desk->name, "on": topics[]->title}'
    expect(evaluatedWithRequests(query, {documents}).answer).toEqual([
      {_id: 'story-1', by: 'Foreign', on: ['Elections', 'Health']},
      {_id: 'story-2', by: 'Home', on: ['Health', null]},
      {_id: 'story-3', by: null, on: null},
    ])
  })
})

describe('a sub-query is asked once where it is the same for every element', () => {
  test.each([
    ['*[_type == "story" && author._ref in *[_type == "person" && name == "Bo"]._id]._id', 2],
    ['*{"people": count(*[_type == "person"])}', 2],
    ['*[_type == "desk"]{"people": *[_type == "person" && desk._ref == ^._id].name}', 2],
    ['*[0..2]{"tags": topics[]{"all": count(*[_type == "topic"])}}', 2],
  ])('%s', (query, most) => {
    expect(evaluatedWithRequests(query, {documents}).requests.everything).toBeLessThanOrEqual(most)
  })

  test('and not where it looks at the element', () => {
    const query = '*[_type == "desk"]{"people": *[_type == "person" && desk._ref == ^._id].name}'
    expect(evaluatedWithRequests(query, {documents}).answer).toEqual([
      {people: ['Ada']},
      {people: ['Bo']},
    ])
  })

  test('nor from one run to the next', () => {
    const query = '*[_id in *[_type == "topic"]._id]._id'
    expect(evaluatedWithRequests(query, {documents}).answer).toEqual(['topic-1', 'topic-2'])
    expect(evaluatedWithRequests(query, {documents: documents.slice(0, -1)}).answer).toEqual([
      'topic-1',
    ])
  })
})
