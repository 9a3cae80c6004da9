import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {nightly} from '../../support/nightly.ts'
import type {Commit} from '../../../lake/documents/commit.ts'
import type {JsonObject} from '../../../lake/documents/document.ts'
import {createLiveHub, type LiveHub} from '../../../lake/live/hub.ts'
import {parseListenFilter} from '../../../lake/query/filter.ts'
import {generatedDocuments} from '../query/support/generatedDocuments.ts'
import {generatedQuery} from '../query/support/generatedQueries.ts'
import {parameters, pick} from '../query/support/queryTexts.ts'
import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'
import {openLiveDataset, type LiveDataset} from './liveDataset.ts'
import {openedReaders} from './openedReaders.ts'

describe('a hub that finds its listeners by what they can match', () => {
  let live: LiveDataset
  let hub: LiveHub
  const commits: Commit[] = []
  beforeAll(async () => {
    live = await openLiveDataset()
    live.dataset.onCommit((commit) => commits.push(commit))
    hub = createLiveHub(live)
  })
  afterAll(async () => {
    hub.close()
    await live.close()
  })

  /** Listens, and gives the documents and transitions that were told since then, in order. */
  async function listen(query: string, params: JsonObject = parameters) {
    const heard: string[] = []
    const begun = Promise.withResolvers<void>()
    const request = {
      query,
      params,
      includeResult: false,
      includePreviousRevision: false,
      includeMutations: false,
      includeEffects: false,
      publishedOnly: false,
      enableResume: false,
      lastEventId: undefined,
    }
    const stop = hub.listen(request, live.caller, {
      send(text) {
        begun.resolve()
        for (const [, data = '{}'] of text.matchAll(/^event: mutation\ndata: (.*)$/gm)) {
          const {documentId, transition}: {documentId: string; transition: string} =
            JSON.parse(data)
          heard.push(`${documentId} ${transition}`)
        }
      },
      end: () => begun.resolve(),
    })
    await begun.promise
    return {heard, stop}
  }

  /** What a listener must hear of a commit: its filter asked about every document, before and after. */
  function expected(query: string, {changes}: Commit): string[] {
    const filter = parseListenFilter(query, parameters)
    const scope = {identity: live.caller.userId, now: live.clock.now()}
    return changes.flatMap(({documentId, previous, result}) => {
      const [before, after] = [filter.matches(previous, scope), filter.matches(result, scope)]
      if (!before && !after) return []
      const transition = before ? (after ? 'update' : 'disappear') : 'appear'
      return [`${documentId} ${transition}`]
    })
  }

  const question = fc.oneof(
    {arbitrary: generatedQuery.map(({query}) => query), weight: 3},
    {
      arbitrary: pick(
        '*[_id == "a" && defined(title)]',
        '*[_id in $ids || _type == "note"]',
        '*[sanity::versionOf("a") && a != null]',
        '*[_type == "note" && ref._ref == "b"]',
        '*[_type == "note" && references($ids)]',
        '*[sanity::partOfRelease("r1") && _type != "note"]',
        '*[a == "b" || tags[-1] == "a" || nested.a == "a b"]',
        '*[_type == "note" && dateTime(now()) > dateTime("2026-01-01T13:00:00Z")]',
        '*[_type == select(now() > "2026-01-01T13" => "note", "person")]',
        '*[count(*[_type == "note"]) == 1 && _type == "note"]',
        '*[identity() == "somebody" && _id in path("drafts.**")]',
        '*[false || _id == "a"]',
        '*[_type == $nobody]',
        '*',
      ),
      weight: 2,
    },
  )

  test(
    'tells each what its filter says of every document, before and after',
    {timeout: nightly ? 600_000 : 60_000},
    async () => {
      const questions = fc.array(question, {minLength: 20, maxLength: 20})
      const states = fc.tuple(generatedDocuments, generatedDocuments)
      await fc.assert(
        fc.asyncProperty(questions, states, async (asked, [before, after]) => {
          await live.become(before)
          const queries = asked.filter(isListenable)
          const listeners = await Promise.all(queries.map((query) => listen(query)))
          live.clock.advance(3_600_000)
          commits.length = 0
          await live.become(after)
          const told = listeners.map(({heard}) => heard)
          for (const {stop} of listeners) stop()
          expect(told).toEqual(
            queries.map((query) => commits.flatMap((commit) => expected(query, commit))),
          )
        }),
        {numRuns: nightly ? 3_000 : 100},
      )
      expect(hub.counts()).toMatchObject({listeners: 0, questions: 0, broadQuestions: 0})
    },
  )

  test('asks a filter whose answer the time decides at that time', async () => {
    const {heard, stop} = await listen('*[_type == "lease" && now() > $start]', {
      start: new Date(live.clock.now().getTime() + 60_000).toISOString(),
    })

    await live.become([{_id: 'lease-1', _type: 'lease'}])
    live.clock.advance(120_000)
    await live.become([{_id: 'lease-2', _type: 'lease'}])

    expect(heard).toEqual(['lease-1 disappear', 'lease-2 appear'])
    stop()
  })
})

function isListenable(query: string): boolean {
  try {
    parseListenFilter(query, parameters)
    return true
  } catch {
    return false
  }
}

describe('a thousand listeners, each on another question', () => {
  let lake: RunningLake
  const {read} = openedReaders()
  beforeAll(async () => {
    lake = await startLake()
  })
  afterAll(() => lake.close())

  const kinds = [
    (number: number) => `*[_id in ["story-${number}", "drafts.story-${number}"]]`,
    (number: number) => `*[sanity::versionOf("story-${number}")]`,
    (number: number) => `*[_type == "story" && slug.current == "story-${number}"]`,
    (number: number) => `*[_type == "lease" && story._ref == "story-${number}"]`,
    (number: number) => `*[_type == "type-${number}" && headline match "storm"]`,
  ]

  test('are asked only when they may match, as the lake tells its administrators', async () => {
    const token = await lake.tokenFor('administrator')
    const client = await lake.clientFor('editor')
    const counts = async () =>
      (await ask(lake, '/v2025-02-19/data/listeners/production', {token})).body
    const headers = {authorization: `Bearer ${token}`}
    const listen = async (query: string) => {
      const search = new URLSearchParams({query, includeAllVersions: 'true'})
      const reader = await read(`${lake.url}/v2025-02-19/data/listen/production?${search}`, headers)
      expect(await reader.next()).toMatchObject({event: 'welcome'})
      return reader
    }
    const readers = []
    for (let number = 0; number < 200; number += 1) {
      for (const kind of kinds) readers.push(await listen(kind(number)))
    }
    const before = {listeners: 1000, questions: 1000, broadQuestions: 0}
    expect(await counts()).toEqual({...before, evaluations: 0, commits: 0, deliveries: 0})

    await client.create({_id: 'story-7', _type: 'story', slug: {current: 'story-7'}})
    await client.create({_id: 'note-1', _type: 'note', headline: 'Nobody listens'})
    await client.patch('story-7').set({headline: 'Storm'}).commit()

    const [byId, byVersion, bySlug] = readers.slice(35, 38)
    for (const reader of [byId, byVersion, bySlug]) {
      expect(await reader?.take(2)).toMatchObject([
        {data: {documentId: 'story-7', transition: 'appear'}},
        {data: {documentId: 'story-7', transition: 'update'}},
      ])
    }
    // Three are asked of the document that is made, and of what it was and is when it is changed.
    expect(await counts()).toEqual({...before, evaluations: 9, commits: 3, deliveries: 6})
  })

  test('tell nobody but administrators what they cost', async () => {
    const path = '/v2025-02-19/data/listeners/production'

    expect((await ask(lake, path)).status).toBe(401)
    expect((await ask(lake, path, {token: await lake.tokenFor('editor')})).status).toBe(403)
  })
})
