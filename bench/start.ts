import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'

import {startProduct, withDataFolder} from './support/product.ts'
import type {Row} from './support/results.ts'
import {asSeconds, median} from './support/statistics.ts'

const builds = join(import.meta.dirname, '..', 'dist')
const coldRuns = 3
const warmRuns = 7

/** From typing `npm start` to the first byte of the front page. */
export async function measureStart(): Promise<Row[]> {
  const cold: number[] = []
  for (let run = 1; run <= coldRuns; run++) cold.push(await coldStart(run))
  const warm = await withDataFolder(async (folder) => {
    const times: number[] = []
    // The first makes the folder, and the build where there is none.
    for (let run = 0; run <= warmRuns; run++) {
      const product = await startProduct(folder)
      await product.stop()
      if (run > 0) times.push(product.startMilliseconds)
    }
    return times
  })
  return [
    {
      what: `cold: no build, no data folder; builds the Studio and imports the first story (${coldRuns} runs)`,
      result: describe(cold),
    },
    {what: `warm: build and data folder are there (${warmRuns} runs)`, result: describe(warm)},
  ]
}

/** With a project id that no build was made for. */
async function coldStart(run: number): Promise<number> {
  const before = new Set(await readdir(builds).catch(() => []))
  const product = await withDataFolder(async (folder) => {
    const started = await startProduct(folder, {
      SANITY_STUDIO_PROJECT_ID: `bench${Date.now().toString(36)}${run}`,
    })
    await started.stop()
    return started
  })
  for (const name of await readdir(builds)) {
    if (!before.has(name)) await rm(join(builds, name), {recursive: true})
  }
  return product.startMilliseconds
}

function describe(times: readonly number[]): string {
  return `median ${asSeconds(median(times))}, slowest ${asSeconds(Math.max(...times))}`
}
