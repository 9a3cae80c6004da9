import fc from 'fast-check'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {referencesByTarget} from '../../../lake/store/referenceIndex.ts'
import {makeDatasetFile, type DatasetFile} from '../support/datasetFile.ts'
import {internalCaller as caller} from '../support/internalCaller.ts'

/** Who refers to whom, as queries find it and deletes are held to it, whatever the index has taken in of it. */
let file: DatasetFile
beforeEach(async () => {
  file = await makeDatasetFile()
})
afterEach(() => file.close())

async function ask(query: string, params = {}) {
  return (await file.dataset.query({query, params, perspective: ['raw']}, caller)).result
}

const topics = ['t1', 't2', 't3']
const writeTopics = () =>
  file.dataset.mutate(
    topics.map((_id) => ({createOrReplace: {_id, _type: 'topic'}})),
    {},
    caller,
  )
const story = (_id: string, targets: readonly string[], weak = false) => ({
  _id,
  _type: 'story',
  about: targets.map((_ref) => ({_ref, ...(weak && {_weak: true})})),
})

/** New documents with so many references, to nothing that is asked for, that the index has something to take in. */
const referringElsewhere = () =>
  Array.from({length: 60}, () => ({
    create: {...story('other.', ['t4', 't5'], true), _type: 'other'},
  }))

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      targets: fc.uniqueArray(fc.constantFrom(...topics)),
      weak: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
    }),
  },
  {weight: 2, arbitrary: fc.record({kind: fc.constant('takeIn' as const)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('restart' as const)})},
)

test('documents are found by what they refer to as soon as they are written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, {maxLength: 12}), async (steps) => {
      await file.dataset.mutate([{delete: {query: '*[_type == "story"]'}}], {}, caller)
      await writeTopics()
      const present = new Map<string, readonly string[]>()
      for (const one of steps) {
        if (one.kind === 'takeIn') {
          await file.dataset.mutate(referringElsewhere(), {}, caller)
          await file.dataset.settled()
        } else if (one.kind === 'restart') {
          await file.reopen()
        } else if (one.kind === 'delete') {
          await file.dataset.mutate([{delete: {id: one.id}}], {}, caller)
          present.delete(one.id)
        } else {
          const document = story(one.id, one.targets, one.weak)
          await file.dataset.mutate([{createOrReplace: document}], {}, caller)
          present.set(one.id, one.targets)
        }
        for (const topic of topics) {
          const referring = [...present].filter(([, targets]) => targets.includes(topic))
          const ids = referring.map(([id]) => id).toSorted()
          expect(await ask('*[references($topic)] | order(_id)._id', {topic})).toEqual(ids)
          expect(await ask('count(*[references($topic)])', {topic})).toBe(ids.length)
        }
        const others = topics.slice(1)
        const referring = [...present].filter(([, targets]) =>
          targets.some((target) => others.includes(target)),
        )
        expect(await ask('*[references($others)] | order(_id)._id', {others})).toEqual(
          referring.map(([id]) => id).toSorted(),
        )
        expect(file.uneven(referencesByTarget)).toBe(0)
      }
    }),
    {numRuns: 40},
  )
})

test('more than may wait are taken in by whoever writes them, and nothing that is referred to can go', async () => {
  await writeTopics()
  const further = Array.from({length: 17}, (_, place) => `further-${place}`)
  const targets = [...topics, ...further]
  await file.dataset.mutate(
    further.map((_id) => ({create: {_id, _type: 'topic'}})),
    {},
    caller,
  )
  const ids = Array.from({length: 1000}, (_, place) => `s${String(place).padStart(4, '0')}`)
  for (let start = 0; start < ids.length; start += 250) {
    const creates = ids.slice(start, start + 250).map((id) => ({create: story(id, targets)}))
    await file.dataset.mutate(creates, {}, caller)
  }
  expect(file.uneven(referencesByTarget)).toBe(0)
  for (const topic of topics) {
    expect(await ask('count(*[references($topic)])', {topic})).toBe(ids.length)
    await expect(file.dataset.mutate([{delete: {id: topic}}], {}, caller)).rejects.toMatchObject({
      status: 409,
    })
  }
  await file.dataset.mutate([{delete: {query: '*[_type == "story" && _id > "s0009"]'}}], {}, caller)
  await file.dataset.mutate([{create: story('z', ['t1'])}], {}, caller)
  await file.dataset.settled()
  expect(file.uneven(referencesByTarget)).toBe(0)
  expect(await ask('*[references("t1")] | order(_id)._id')).toEqual([...ids.slice(0, 10), 'z'])
  expect(await ask('*[references("t2")] | order(_id)._id')).toEqual(ids.slice(0, 10))
})
