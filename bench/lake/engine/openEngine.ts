import {openDataset} from '../../../lake/documents/openDataset.ts'
import type {Work} from '../works.ts'
import type {NewsroomFolder} from './dataFolder.ts'
import {benchCallers, benchEnvironment} from './environment.ts'

/** The engine in process over a newsroom, asked as the site asks it: without a token, for what is published. */
export async function openEngine({file}: NewsroomFolder) {
  const environment = benchEnvironment()
  const {reader} = benchCallers(environment)
  const dataset = await openDataset({
    name: 'production',
    projectId: 'bench',
    file,
    environment,
  })
  return {
    dataset,
    reader,
    clock: environment.clock,
    answer: async ({query, params}: Work) =>
      (await dataset.query({query, params, perspective: ['published']}, reader)).result,
    close: () => dataset.close(),
  }
}
