import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Dataset} from '../../../lake/documents/dataset.ts'
import {openDataset} from '../../../lake/documents/openDataset.ts'
import {DatasetInspection} from '../../../lake/store/datasetInspection.ts'
import type {Following} from '../../../lake/store/followingIndex.ts'
import {movableClock, testEnvironment} from './startLake.ts'

/** A dataset in a new folder, which can be closed and opened again. */
export type DatasetFile = {
  dataset: Dataset
  reopen(): Promise<void>
  /** What is wrong with an index that follows, in the file as it is. */
  uneven(following: Following): number
  /** Closes the dataset and removes its folder. */
  close(): Promise<void>
}

export async function makeDatasetFile(): Promise<DatasetFile> {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-file-'))
  const file = join(folder, 'production.sqlite')
  const open = () => {
    const environment = testEnvironment(movableClock())
    return openDataset({name: 'production', projectId: 'p', file, environment})
  }
  const made: DatasetFile = {
    dataset: await open(),
    async reopen() {
      await made.dataset.close()
      made.dataset = await open()
    },
    uneven(following) {
      const inspection = new DatasetInspection(file)
      try {
        return inspection.derived.uneven(following)
      } finally {
        inspection.close()
      }
    },
    async close() {
      await made.dataset.close()
      rmSync(folder, {recursive: true})
    },
  }
  return made
}
