import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Caller} from '../../../../lake/access/caller.ts'
import type {Dataset, QueryAnswer} from '../../../../lake/documents/dataset.ts'
import type {LakeDocument} from '../../../../lake/documents/document.ts'
import {openDataset} from '../../../../lake/documents/openDataset.ts'
import {movableClock, testEnvironment} from '../../support/startLake.ts'
import type {WrittenDocument} from './generatedDocuments.ts'
import type {GeneratedQuery} from './generatedQueries.ts'
import {asJson, type Outcome} from './oracle.ts'
import {parameters} from './queryTexts.ts'

/** A dataset on a file of its own whose documents are exchanged for others, again and again. */
export type WrittenDataset = {
  context(): {now: Date; identity: string; projectId: string; dataset: string}
  /** Replaces what is there, in one transaction. Resolves to the documents as they must stand there now. */
  write(documents: readonly WrittenDocument[]): Promise<LakeDocument[]>
  ask(query: GeneratedQuery): Promise<Outcome>
  /** The same with a source map; fails where `ask` is refused. */
  askMapped(query: GeneratedQuery): Promise<QueryAnswer>
  close(): Promise<void>
}

/** Enough that an index pays after a few questions in vain. */
const manyDocuments = 2_000
const questionsInVain = 15

/** Indexes that every dataset has. */
const builtInIndexes = 3

/** Asks for many documents in the order of each key until the lake has built an index over it. Resolves to their ids. */
async function buildIndexes(dataset: Dataset, keys: readonly string[]): Promise<string[]> {
  const caller = callerWhoReads('everything')
  const ids = Array.from({length: manyDocuments}, (_, index) => `many-${index}`)
  const mutations = ids.map((_id) => ({create: {_id, _type: 'many'}}))
  await dataset.mutate(mutations, {}, caller)
  for (const key of keys) {
    const query = `*[_type == "many"] | order(${key})[0]._id`
    for (let asked = 0; asked < questionsInVain; asked++) {
      await dataset.query({query, params: {}, perspective: ['raw']}, caller)
    }
  }
  await dataset.settled()
  const request = {query: '*[0]', params: {}, perspective: ['raw'], explain: true}
  const {explain} = await dataset.query(request, caller)
  const complete = explain?.indexes.filter((index) => index.complete).length ?? 0
  if (complete < keys.length + builtInIndexes) throw new Error('The indexes were not built.')
  return ids
}

const identity = 'somebody'

function callerWhoReads(reads: Caller['reads']): Caller {
  return {
    kind: 'token',
    userId: identity,
    displayName: 'Somebody',
    roles: [],
    reads,
    may: () => true,
  }
}

/** Opens a dataset; with `indexed`, one that was asked for those keys until it had built an index over each. */
export async function openWrittenDataset({
  indexed = [],
}: {indexed?: readonly string[]} = {}): Promise<WrittenDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'lake-properties-'))
  const clock = movableClock()
  const dataset = await openDataset({
    name: 'production',
    projectId: 'testing',
    file: join(folder, 'production.sqlite'),
    environment: testEnvironment(clock),
  })
  let present = indexed.length === 0 ? [] : await buildIndexes(dataset, indexed)
  return {
    context: () => ({now: clock.now(), identity, projectId: 'testing', dataset: 'production'}),
    async write(documents) {
      clock.advance(60_000)
      const {results} = await dataset.mutate(
        [
          ...present.map((id) => ({delete: {id}})),
          ...documents.map((document) => ({create: document})),
        ],
        {},
        callerWhoReads('everything'),
      )
      present = documents.map(({_id}) => _id)
      const made = new Map(results.map(({id, document}) => [id, document]))
      return documents.map((document) => {
        const stored = made.get(document._id)
        if (stored === undefined) throw new Error(`${document._id} was not written.`)
        const {_rev, _createdAt, _updatedAt} = stored
        return {...document, _rev, _createdAt, _updatedAt}
      })
    },
    async ask({query, perspective, reads}) {
      try {
        const request = {query, params: parameters, perspective}
        const {result} = await dataset.query(request, callerWhoReads(reads))
        return {answer: asJson(result)}
      } catch (error) {
        return {refused: error instanceof Error ? error.message : String(error)}
      }
    },
    askMapped({query, perspective, reads}) {
      const request = {query, params: parameters, perspective, sourceMap: 'index' as const}
      return dataset.query(request, callerWhoReads(reads))
    },
    async close() {
      await dataset.close()
      await rm(folder, {recursive: true, force: true})
    },
  }
}
