import {expect, test} from 'vitest'

import {fetchBreakingAbout, fetchBreakingHistory} from '../../queries/breakingHistory.ts'
import {memoryLake} from './support/memoryLake.ts'
import {leaseDocument, minutesAgo, noon, weakReference} from './support/stories.ts'

const now = new Date(noon)
const about = (...topics: string[]) => ({
  topics: topics.map((topic) => ({...weakReference(topic), _key: topic})),
})
const {client} = memoryLake(
  leaseDocument('over', {startsAt: minutesAgo(90), until: minutesAgo(60), ...about('storm')}),
  leaseDocument('wrong', {
    startsAt: minutesAgo(50),
    withdrawn: {at: minutesAgo(40), sentence: 'No.'},
  }),
  leaseDocument('older', {startsAt: minutesAgo(6), ...about('storm', 'port')}),
  leaseDocument('live', {level: 'flash', startsAt: minutesAgo(8), ...about('storm')}),
  leaseDocument('untold', {startsAt: minutesAgo(-5)}),
)
const ids = (found: readonly {_id: string}[]) => found.map(({_id}) => _id)

test('history has what began, the newest first, a page at a time', async () => {
  const first = await fetchBreakingHistory(client, {before: now, limit: 3})
  expect(ids(first)).toEqual(['older', 'live', 'wrong'])
  const before = first.at(-1)?.startsAt ?? ''
  expect(ids(await fetchBreakingHistory(client, {before}))).toEqual(['over'])
})

test('history and what is live can be asked for by topic', async () => {
  expect(ids(await fetchBreakingHistory(client, {before: now, topic: 'storm'}))).toEqual([
    'older',
    'live',
    'over',
  ])
  const live = await fetchBreakingAbout(client, 'storm', now)
  expect(live.map(({_id, topics}) => [_id, topics])).toEqual([
    ['live', ['storm']],
    ['older', ['storm', 'port']],
  ])
  expect(await fetchBreakingAbout(client, 'chess', now)).toEqual([])
})
