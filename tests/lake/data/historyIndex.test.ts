import fc from 'fast-check'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {changesByDocument} from '../../../lake/store/historyIndex.ts'
import {makeDatasetFile, type DatasetFile} from '../support/datasetFile.ts'
import {internalCaller as caller} from '../support/internalCaller.ts'

/** A document's history, whatever the index over changes has taken in of it. */
let file: DatasetFile
beforeEach(async () => {
  file = await makeDatasetFile()
})
afterEach(() => file.close())

const created = (id: string, count: number) => ({
  createOrReplace: {_id: id, _type: 'note', count},
})

/** So many other documents that the index has something to take in. */
const many = () => Array.from({length: 150}, (_, place) => created(`other-${place}`, 0))

/** The transactions that changed a document, oldest first. */
async function historyOf(id: string): Promise<string[]> {
  const request = {documentIds: [id], reverse: false, limit: 1_000}
  const ids: string[] = []
  for await (const {transactionId} of file.dataset.transactions(request, caller))
    ids.push(transactionId)
  return ids
}

async function countAt(id: string, revision: string): Promise<unknown> {
  const [document] = await file.dataset.documentsAt([id], {revision}, caller)
  return document?.['count']
}

const ids = ['a', 'b', 'drafts.a']
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('write' as const, 'delete' as const),
      id: fc.constantFrom(...ids),
    }),
  },
  {weight: 2, arbitrary: fc.record({kind: fc.constant('takeIn' as const)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('restart' as const)})},
)

test('the history of a document is whole as soon as it is written', async () => {
  /** Each transaction that changed a document, and what it left. */
  const histories = new Map(ids.map((id) => [id, new Map<string, number | undefined>()]))
  let count = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, {minLength: 1, maxLength: 10}), async (steps) => {
      for (const one of steps) {
        count += 1
        if (one.kind === 'takeIn') {
          await file.dataset.mutate(many(), {}, caller)
          await file.dataset.settled()
        } else if (one.kind === 'restart') {
          await file.reopen()
        } else {
          const {id, kind} = one
          const mutation = kind === 'write' ? created(id, count) : {delete: {id}}
          const {transactionId, results} = await file.dataset.mutate([mutation], {}, caller)
          const isDone = results.some(({operation}) => operation !== 'none')
          if (isDone) histories.get(id)?.set(transactionId, kind === 'write' ? count : undefined)
        }
      }
      for (const [id, history] of histories) {
        expect(await historyOf(id)).toEqual([...history.keys()])
        for (const [revision, left] of [...history].slice(-5)) {
          expect(await countAt(id, revision)).toBe(left)
        }
      }
      expect(file.uneven(changesByDocument)).toBe(0)
    }),
    {numRuns: 25},
  )
})

/** Of 800 changes each: more than may wait. */
const manyRounds = 21

test('more changes than may wait are taken in by whoever makes them', async () => {
  const first = await file.dataset.mutate([created('a', 1)], {}, caller)
  for (let round = 0; round < manyRounds; round++) {
    const changes = Array.from({length: 800}, (_, place) => created(`other-${place}`, round))
    await file.dataset.mutate(changes, {}, caller)
  }
  const last = await file.dataset.mutate(
    [created('a', 2), created('other-7', manyRounds)],
    {},
    caller,
  )
  expect(file.uneven(changesByDocument)).toBe(0)
  expect(await historyOf('a')).toEqual([first.transactionId, last.transactionId])
  expect(await historyOf('other-7')).toHaveLength(manyRounds + 1)
  expect(await countAt('a', first.transactionId)).toBe(1)
  await file.dataset.settled()
  expect(file.uneven(changesByDocument)).toBe(0)
  expect(await historyOf('other-7')).toHaveLength(manyRounds + 1)
}, 60_000)
