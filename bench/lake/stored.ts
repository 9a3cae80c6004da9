import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {z} from 'zod'

import type {Findings} from './figures.ts'

const file = join(import.meta.dirname, '..', 'results', 'lake.json')

const figure = z.object({
  what: z.string(),
  median: z.number(),
  p95: z.number(),
  p99: z.number(),
  runs: z.number(),
})
const ratio = z.object({what: z.string(), value: z.number(), goal: z.number().optional()})
const results = z.object({
  measuredOn: z.string(),
  machine: z.string(),
  command: z.string(),
  ratios: z.array(ratio),
  figures: z.array(figure),
  remarks: z.array(z.object({what: z.string(), value: z.string()})),
})
export type StoredResults = z.infer<typeof results>

/** A ratio that grew by more than a fifth. */
export type Worse = {what: string; stored: number; now: number}

type Measured = {what: string; value: number; goal?: number | undefined}

const mostGrowth = 1.2

/** Writes `bench/results/lake.json`; times are milliseconds. */
export async function storeResults(
  findings: Findings,
  {on, machine, command}: {on: Date; machine: string; command: string},
): Promise<void> {
  const {ratios, figures, remarks} = findings
  const content = {measuredOn: on.toISOString(), machine, command, ratios, figures, remarks}
  await mkdir(dirname(file), {recursive: true})
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`)
}

/** Throws with a sentence when nothing was stored yet. */
export async function storedResults(): Promise<StoredResults> {
  try {
    return results.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new Error(
      'There are no stored results to compare with. Run npm run bench -- lake first.',
      {
        cause,
      },
    )
  }
}

/** Which ratios with a goal got worse by more than 20 %; of those that only one of both has, nothing is said. */
export function worseThan(stored: readonly Measured[], now: readonly Measured[]): Worse[] {
  const before = new Map(stored.map(({what, value}) => [what, value]))
  return now.flatMap(({what, value, goal}) => {
    const known = before.get(what)
    return goal !== undefined && known !== undefined && value > known * mostGrowth
      ? [{what, stored: known, now: value}]
      : []
  })
}
