import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {z} from 'zod'

import {leaseLevels} from '../../editorial/documents.ts'
import {labelOf, type Label} from '../../editorial/labels.ts'
import {labelKind, labelParameters} from '../../queries/labels.ts'
import type {JsonObject, LakeDocument} from '../../lake/documents/document.ts'
import {compile} from '../../lake/query/evaluate/compile.ts'
import {rootScope} from '../../lake/query/evaluate/scope.ts'
import {toJson} from '../../lake/query/evaluate/value.ts'
import {parseQuery} from '../../lake/query/parseQuery.ts'
import {memoryLake} from './support/memoryLake.ts'
import {minutesAgo, noon, weakReference} from './support/stories.ts'

const now = new Date(noon)
const query = `*[_id == "story"][0]{"kind": ${labelKind}}`
const answer = z.object({kind: z.string().nullable()})

/** Minutes before now at which some label begins or ends, and the millisecond on either side. */
const edges = [0, 180, 24 * 60, 90].flatMap((minutes) => {
  const time = Date.parse(noon) - minutes * 60_000
  return [time - 1, time, time + 1].map((instant) => new Date(instant).toISOString())
})
const time = fc.oneof(
  fc.constantFrom(...edges),
  fc.integer({min: -200, max: 1600}).map((minutes) => minutesAgo(minutes)),
)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, {nil: undefined, freq: 2})

const story = fc.record({
  _id: fc.constant('story'),
  _type: fc.constant('article'),
  killed: fc.option(fc.record({at: time}), {nil: undefined, freq: 1}),
  corrections: maybe(
    fc.array(
      fc.record({kind: fc.constantFrom('correction' as const, 'clarification' as const), at: time}),
      {
        maxLength: 3,
      },
    ),
  ),
  update: maybe(fc.boolean()),
  updates: maybe(fc.array(fc.record({number: fc.nat(5), at: time}), {maxLength: 3})),
  topics: maybe(fc.constant([{...weakReference('syria'), _key: 'syria'}])),
})

const leases = fc.uniqueArray(
  fc.record({
    _id: fc.nat(20).map((number) => `lease-${number}`),
    _type: fc.constant('breakingNews'),
    level: fc.constantFrom(...leaseLevels),
    startsAt: time,
    until: time,
    endedAt: maybe(time),
    withdrawn: fc.option(fc.record({at: time}), {nil: undefined, freq: 3}),
    article: fc.constantFrom(weakReference('story'), weakReference('other')),
  }),
  {selector: ({_id}) => _id, maxLength: 3},
)

const settings = maybe(fc.record({updateLabelHours: fc.constantFrom(1.5, 3, 24)}))

function expectedKind(label: Label): string | null {
  return label.kind === 'none' ? null : label.kind
}

describe('the label as GROQ', () => {
  test('is the label of the Studio, the site and every feed, on its exact edges too', () => {
    const run = compile(parseQuery(query, {...labelParameters(now)}))
    const generated = fc.record({
      story,
      leases,
      settings,
      topic: fc.constantFrom('Syria', '', undefined),
    })
    fc.assert(
      fc.property(generated, (world) => {
        const topic = {_id: 'syria', _type: 'topic', title: world.topic}
        const documents = [world.story, topic, ...world.leases].map(stored)
        const params: JsonObject = {...labelParameters(now, world.settings)}
        const scope = rootScope({
          params,
          now,
          identity: 'anyone',
          projectId: 'desk',
          dataset: 'news',
          everything: () => documents,
          document: (id) => documents.find(({_id}) => _id === id),
          prefetch() {},
          referrerCount: () => 0,
        })
        const label = labelOf({
          article: {...world.story, topicTitle: world.story.topics && world.topic},
          leases: world.leases,
          now,
          settings: world.settings,
        })
        expect(answer.parse(toJson(run(scope))).kind).toBe(expectedKind(label))
      }),
      {numRuns: 2000},
    )
  })

  test('is answered through a client, by Sanity’s own evaluator too', async () => {
    const generated = fc.record({story, leases})
    await fc.assert(
      fc.asyncProperty(generated, async (world) => {
        const topic = {_id: 'syria', _type: 'topic', title: 'Syria'}
        const {client} = memoryLake(world.story, topic, ...world.leases)
        const found = answer.parse(await client.fetch(query, labelParameters(now)))
        const label = labelOf({
          article: {...world.story, topicTitle: world.story.topics && 'Syria'},
          leases: world.leases,
          now,
        })
        expect(found.kind).toBe(expectedKind(label))
      }),
      {numRuns: 200},
    )
  })
})

/** As a store holds it: without what JSON cannot say. */
function stored(document: object): LakeDocument {
  const plain: JsonObject = JSON.parse(JSON.stringify(document))
  return {_id: '', _type: '', _rev: '', _createdAt: '', _updatedAt: '', ...plain}
}
