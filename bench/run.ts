/** `npm run bench`: measures the product as a person runs it, and writes the results into `bench/README.md`. */
import {parseArgs} from 'node:util'

import {describeMachine} from './support/machine.ts'
import {writeResults, writeTables} from './support/results.ts'
import {measureArchive} from './archive.ts'
import {measureBreaking} from './breaking.ts'
import {runLake} from './lake.ts'
import {measureLoad} from './load/load.ts'
import {measureMemory} from './memory.ts'
import {measureMutations} from './mutations.ts'
import {measureQuery} from './query.ts'
import {measureSchemas} from './schemas.ts'
import {measureStart} from './start.ts'
import {measureStory} from './story.ts'

const measurements = {
  start: measureStart,
  schemas: measureSchemas,
  memory: measureMemory,
  story: measureStory,
  query: measureQuery,
  mutations: measureMutations,
  archive: measureArchive,
}

const usualReaders = '1000,5000,10000'

const {values: flags, positionals: wanted} = parseArgs({
  allowPositionals: true,
  options: {
    stories: {type: 'string'},
    parts: {type: 'string'},
    compare: {type: 'boolean'},
    keep: {type: 'boolean'},
    minutes: {type: 'string', default: '10'},
    readers: {type: 'string', default: usualReaders},
  },
})
const known = [...Object.keys(measurements), 'lake', 'load', 'breaking']
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  const names = known.join(', ')
  console.error(
    `There is no measurement "${unknown.join(', ')}". Choose among ${names}, or none for all.`,
  )
  process.exit(1)
}

for (const [name, measure] of Object.entries(measurements)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`Measuring ${name} …`)
  const machine = describeMachine()
  const rows = await measure()
  for (const {what, result} of rows) console.log(`  ${what}: ${result}`)
  await writeResults(name, rows, {on: new Date(), machine})
}

if (wanted.length === 0 || wanted.includes('lake')) {
  console.log('Measuring lake …')
  if (!(await runLake(flags))) process.exitCode = 1
}

// Ten minutes of it are for those who ask for it by name.
if (wanted.includes('load')) {
  const minutes = Number(flags.minutes)
  if (!Number.isInteger(minutes) || minutes < 1) {
    console.error('--minutes takes a whole number from 1 on, as in --minutes 10.')
    process.exit(1)
  }
  console.log(`Measuring load for ${minutes} minutes …`)
  const machine = describeMachine()
  const table = await measureLoad(minutes)
  for (const line of table.lines) console.log(`  ${line.join(' | ')}`)
  const command = `npm run bench -- load --minutes ${minutes}`
  if (flags.keep !== true) await writeTables('load', [table], {on: new Date(), machine, command})
}

// So are ten thousand readers.
if (wanted.includes('breaking')) {
  const counts = flags.readers.split(',').map(Number)
  if (counts.some((count) => !Number.isInteger(count) || count < 1)) {
    console.error('--readers takes whole numbers from 1 on, as in --readers 1000,5000,10000.')
    process.exit(1)
  }
  console.log('Measuring breaking …')
  const machine = describeMachine()
  const tables = await measureBreaking(counts)
  for (const {head, lines} of tables) {
    for (const line of [head, ...lines]) console.log(`  ${line.join(' | ')}`)
  }
  const usual = flags.readers === usualReaders
  const command = `npm run bench -- breaking${usual ? '' : ` --readers ${flags.readers}`}`
  if (flags.keep !== true) {
    await writeTables('breaking', tables, {on: new Date(), machine, command})
  }
}
