import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {nightly} from '../../support/nightly.ts'
import type {JsonValue} from '../../../lake/documents/document.ts'
import {createLiveEvents, type LiveEvents} from '../../../lake/live/liveEvents.ts'
import {generatedDocuments, type WrittenDocument} from '../query/support/generatedDocuments.ts'
import {generatedQuery} from '../query/support/generatedQueries.ts'
import {parameters, pick, written} from '../query/support/queryTexts.ts'
import {openLiveDataset, type LiveDataset} from './liveDataset.ts'

let live: LiveDataset
let events: LiveEvents
beforeAll(async () => {
  live = await openLiveDataset()
  events = createLiveEvents({dataset: live.dataset, environment: live.environment})
})
afterAll(async () => {
  events.close()
  await live.close()
})

const slugs = ['one', 'two', 'three']

/** Documents, some of which have an address; drafts, versions and published ones often not the same. */
const documents = fc
  .tuple(generatedDocuments, fc.array(fc.constantFrom(...slugs, undefined), {minLength: 12}))
  .map(([all, addresses]) =>
    all.map((document, index): WrittenDocument => {
      const current = addresses[index]
      return current === undefined ? document : {...document, slug: {current}}
    }),
  )

/** Two states of a dataset, the second mostly like the first. */
const states = fc
  .tuple(documents, documents, fc.array(fc.boolean(), {minLength: 12}))
  .map(([before, others, kept]) => {
    const staying = before.filter((_, index) => kept[index] ?? true)
    const known = new Set(staying.map(({_id}) => _id))
    return [before, [...staying, ...others.slice(0, 3).filter(({_id}) => !known.has(_id))]] as const
  })
  // A reference to what is no more there is none that the lake lets stand.
  .map((pair) => pair.map((all) => all.map(weakened)))

function weakened(document: WrittenDocument): WrittenDocument {
  const weak: unknown = JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    typeof value === 'object' && value !== null && '_ref' in value
      ? {...value, _weak: true}
      : value,
  )
  return isWritten(weak) ? weak : document
}

function isWritten(value: unknown): value is WrittenDocument {
  return typeof value === 'object' && value !== null && '_id' in value
}

const bySlug = written(
  '*[%slug.current == %]%',
  pick('', '_type == "note" && '),
  pick(...slugs.map((slug) => `"${slug}"`)),
  pick('', '[0]', '{_id, "to": ref->a, "more": refs[]->{_type}}', ' | order(a)[0...2]'),
)

const question = fc
  .record({generated: generatedQuery, slug: fc.option(bySlug, {nil: undefined})})
  .map(({generated: {query, perspective}, slug}) => ({query: slug ?? query, perspective}))

type Question = {query: string; perspective: readonly string[]}
type Answer = {result: JsonValue; syncTags: readonly string[]}

/** The answer; `undefined` where there is none to be had. */
async function ask({query, perspective}: Question): Promise<Answer | undefined> {
  const request = {query, params: parameters, perspective}
  return await live.dataset.query(request, live.caller).catch(() => undefined)
}

/** Follows the dataset's events; `end` resolves to the tags of all commits since then. */
async function follow(includeDrafts: boolean) {
  const heard: string[] = []
  const welcomed = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const stop = events.follow({includeDrafts, lastEventId: undefined}, live.caller, {
    send(text) {
      const tags = tagsIn(text)
      if (tags.includes('s1:d:the-end')) ended.resolve()
      else heard.push(...tags)
      welcomed.resolve()
    },
    end: () => ended.reject(new Error('The stream ended.')),
  })
  await welcomed.promise
  return {
    async end() {
      const last = {_id: 'the-end', _type: 'end'}
      await live.dataset.mutate([{createOrReplace: last}], {}, live.caller)
      await ended.promise
      stop()
      return new Set(heard)
    },
  }
}

function tagsIn(frame: string): string[] {
  const data = /^data: (.*)$/m.exec(frame)?.[1] ?? '{}'
  const {tags = []}: {tags?: string[]} = JSON.parse(data)
  return tags
}

async function missedBy(
  reader: {includeDrafts: boolean},
  [before = [], after = []]: readonly (readonly WrittenDocument[])[],
  questions: readonly Question[],
): Promise<Question[]> {
  await live.become(before)
  const answers = await Promise.all(questions.map(ask))
  const following = await follow(reader.includeDrafts)
  await live.become(after)
  const again = await Promise.all(questions.map(ask))
  const told = await following.end()
  return questions.filter((_, index) => {
    const [old, now] = [answers[index], again[index]]
    const changed = JSON.stringify(old?.result) !== JSON.stringify(now?.result)
    return changed && !old?.syncTags.some((tag) => told.has(tag))
  })
}

const readers = [
  {who: 'one who is told of drafts', includeDrafts: true, always: undefined},
  {who: 'one who is told of what is published', includeDrafts: false, always: ['published']},
]

test.each(readers)(
  'to $who, a commit has a tag of every answer that it changes',
  {timeout: nightly ? 1_200_000 : 60_000},
  async ({includeDrafts, always}) => {
    const questions = fc.array(question, {minLength: 10, maxLength: 10})
    await fc.assert(
      fc.asyncProperty(states, questions, async (pair, generated) => {
        const all = generated.map(({query, perspective}) => ({
          query,
          perspective: always ?? perspective,
        }))
        expect(await missedBy({includeDrafts}, pair, all)).toEqual([])
      }),
      {numRuns: nightly ? 2_000 : 100},
    )
  },
)
