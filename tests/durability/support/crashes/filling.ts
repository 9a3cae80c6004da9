import {join} from 'node:path'

import type {Caller} from '../../../../lake/access/caller.ts'
import type {Dataset} from '../../../../lake/documents/dataset.ts'
import {openDataset} from '../../../../lake/documents/openDataset.ts'
import {testEnvironment} from '../../../lake/support/startLake.ts'

/** Who fills a folder before it is served: may do everything. */
export const writer: Caller = {
  kind: 'internal',
  userId: 'system-writer',
  displayName: 'Writer',
  roles: [],
  reads: 'everything',
  may: () => true,
}

export function datasetFile(data: string): string {
  return join(data, 'datasets', 'production.sqlite')
}

/** The dataset of a folder that is not served, to be filled. */
export function openToFill(data: string): Promise<Dataset> {
  return openDataset({
    name: 'production',
    projectId: 'dateline',
    file: datasetFile(data),
    environment: testEnvironment(),
  })
}
