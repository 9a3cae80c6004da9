import type {Dataset} from '../../../lake/documents/dataset.ts'
import {openDataset} from '../../../lake/documents/openDataset.ts'
import {worksAmong} from '../works.ts'
import {benchCallers, benchEnvironment} from './environment.ts'

/** More documents than queries may read in vain before the lake builds an index, and how few are read by some. */
const readBeforeIndexing = 25_000
const fewestRead = 200
/** Milliseconds for one question at most: what takes longer reads so many that it pays sooner. */
const patience = 3_000
const rounds = 3

/**
 * Asks everything that is going to be measured, often enough for the lake to build the indexes that pay, and waits until
 * they are there: what is measured afterwards is a dataset that is used, not one that was just made.
 */
export async function settleFile(file: string, stories: number): Promise<void> {
  const environment = benchEnvironment()
  const {reader} = benchCallers(environment)
  const dataset = await openDataset({name: 'production', projectId: 'bench', file, environment})
  try {
    // An index that was built changes which others would help.
    for (let round = 0; round < rounds; round++) {
      await askOften(dataset, stories, reader)
      await dataset.settled()
    }
  } finally {
    await dataset.close()
  }
}

async function askOften(
  dataset: Dataset,
  stories: number,
  reader: Parameters<Dataset['query']>[1],
): Promise<void> {
  const times = Math.ceil(readBeforeIndexing / Math.min(stories, fewestRead)) + 1
  for (const {query, params} of worksAmong(stories)) {
    const end = performance.now() + patience
    for (let time = 0; time < times && performance.now() < end; time++) {
      await dataset.query({query, params, perspective: ['published']}, reader)
    }
  }
}
