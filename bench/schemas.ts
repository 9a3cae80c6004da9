import {execFile} from 'node:child_process'
import {promisify} from 'node:util'

import type {Row} from './support/results.ts'
import {asMilliseconds, median} from './support/statistics.ts'

const runs = 15
const script = `
  const started = performance.now()
  await import(${JSON.stringify(new URL('../schemas/index.ts', import.meta.url).href)})
  console.log(performance.now() - started)`

/** Loading the newsroom's types in a new Node process, as scripts and workers do. */
export async function measureSchemas(): Promise<Row[]> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const {stdout} = await promisify(execFile)(process.execPath, ['-e', script])
    times.push(Number(stdout))
  }
  return [
    {
      what: `loading \`schemas/\` in a new process (${runs} runs; the goal is 200 ms)`,
      result: `median ${asMilliseconds(median(times))}, slowest ${asMilliseconds(Math.max(...times))}`,
    },
  ]
}
