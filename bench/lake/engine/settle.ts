import {setTimeout} from 'node:timers/promises'

import Database from 'better-sqlite3'
import {z} from 'zod'

import type {Dataset} from '../../../lake/documents/dataset.ts'
import {openDataset} from '../../../lake/documents/openDataset.ts'
import {worksAmong} from '../works.ts'
import {benchCallers, benchEnvironment} from './environment.ts'

/** More documents than queries may read in vain before the lake builds an index. */
const readBeforeIndexing = 25_000
const rounds = 3
const pollMilliseconds = 20
/** The lake takes up work of this kind once it has been quiet for a quarter of a second. */
const quietMilliseconds = 500

/**
 * Asks everything that is going to be measured, often enough for the lake to build the indexes that pay, and waits until
 * they are there: what is measured afterwards is a dataset that is used, not one that was just made.
 */
export async function settleFile(file: string, stories: number): Promise<void> {
  const environment = benchEnvironment()
  const {reader} = benchCallers(environment)
  const dataset = await openDataset({name: 'production', projectId: 'bench', file, environment})
  try {
    for (let round = 0; round < rounds; round++) {
      const before = indexCount(file)
      await askOften(dataset, stories, reader)
      await setTimeout(quietMilliseconds)
      while (hasWork(file)) await setTimeout(pollMilliseconds)
      if (indexCount(file) === before) return
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
  const times = Math.ceil(readBeforeIndexing / stories) + 1
  for (const {query, params} of worksAmong(stories)) {
    for (let time = 0; time < times; time++) {
      await dataset.query({query, params, perspective: ['published']}, reader)
    }
  }
}

const count = z.number()

/** Whether an index is being built or the text index is behind. */
function hasWork(file: string): boolean {
  return (
    ask(
      file,
      'SELECT (SELECT count(*) FROM key_index WHERE complete = 0) + (SELECT count(*) FROM text_waiting)',
    ) > 0
  )
}

function indexCount(file: string): number {
  return ask(file, 'SELECT count(*) FROM key_index')
}

function ask(file: string, sql: string): number {
  const database = new Database(file, {readonly: true})
  try {
    return count.parse(database.prepare(sql).pluck().get())
  } finally {
    database.close()
  }
}
