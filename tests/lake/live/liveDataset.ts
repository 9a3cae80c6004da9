import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Caller} from '../../../lake/access/caller.ts'
import type {Dataset} from '../../../lake/documents/dataset.ts'
import {openDataset} from '../../../lake/documents/openDataset.ts'
import type {LakeEnvironment} from '../../../lake/environment.ts'
import type {WrittenDocument} from '../query/support/generatedDocuments.ts'
import {movableClock, testEnvironment} from '../support/startLake.ts'

/** A dataset on a file of its own, for properties: its documents are exchanged for others, again and again. */
export type LiveDataset = {
  dataset: Dataset
  environment: LakeEnvironment
  clock: ReturnType<typeof movableClock>
  caller: Caller
  /**
   * Makes these the dataset's documents, in one transaction: what is there already and the same stays untouched. Resolves when
   * everybody has heard of it.
   */
  become(documents: readonly WrittenDocument[]): Promise<void>
  close(): Promise<void>
}

export async function openLiveDataset(): Promise<LiveDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'lake-live-'))
  const clock = movableClock()
  const environment = testEnvironment(clock)
  const file = join(folder, 'production.sqlite')
  const dataset = await openDataset({name: 'production', projectId: 'testing', file, environment})
  const caller: Caller = {
    kind: 'token',
    userId: 'somebody',
    displayName: 'Somebody',
    roles: [],
    reads: 'everything',
    may: () => true,
  }
  let present = new Map<string, string>()
  return {
    dataset,
    environment,
    clock,
    caller,
    async become(documents) {
      const wanted = new Map(documents.map((one) => [one._id, JSON.stringify(one)]))
      const gone = [...present.keys()].filter((id) => !wanted.has(id))
      const changed = documents.filter(({_id}) => present.get(_id) !== wanted.get(_id))
      await dataset.mutate(
        [
          ...gone.map((id) => ({delete: {id}})),
          ...changed.map((document) => ({createOrReplace: document})),
        ],
        {},
        caller,
      )
      present = wanted
      // Others hear of it right after the writer, before the event loop comes round.
      await new Promise((resolve) => setImmediate(resolve))
    },
    async close() {
      await dataset.close()
      await rm(folder, {recursive: true, force: true})
    },
  }
}
