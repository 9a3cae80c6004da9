import {describeMachine} from './support/machine.ts'
import {tableOf, writeTables} from './support/results.ts'
import {readLakeOptions} from './lake/options.ts'
import {describeWorse, rowsOf, textOf, worksTable} from './lake/report.ts'
import {measureLake} from './lake/run.ts'
import {storedResults, storeResults, worseThan} from './lake/stored.ts'

export type LakeFlags = {
  stories?: string | undefined
  parts?: string | undefined
  compare?: boolean | undefined
  keep?: boolean | undefined
}

/**
 * `npm run bench -- lake`: the engine beside groq-js and hand-written SQL. Prints all of it, and stores it unless it is to
 * be compared or `keep` says that what is stored stays. Resolves to whether no ratio got worse.
 */
export async function runLake(flags: LakeFlags): Promise<boolean> {
  const options = readLakeOptions(flags)
  const stored = options.compare ? await storedResults() : undefined
  const about = {on: new Date(), machine: describeMachine(), command: commandOf(flags)}
  const findings = await measureLake(options)
  const tables = [
    worksTable(findings, options.sizes),
    tableOf(rowsOf(findings, options.sizes)),
  ].filter(({lines}) => lines.length > 0)
  for (const table of tables) console.log(`\n${textOf(table)}`)
  if (stored) {
    const worse = worseThan(stored.ratios, findings.ratios)
    console.log(`Compared with ${stored.command} of ${stored.measuredOn} (${stored.machine}):`)
    for (const one of worse) console.log(`  worse: ${describeWorse(one)}`)
    if (worse.length === 0) console.log('  no ratio got worse by more than 20 %.')
    return worse.length === 0
  }
  if (!flags.keep) {
    await storeResults(findings, about)
    await writeTables('lake', tables, about)
  }
  return true
}

function commandOf({stories, parts}: LakeFlags): string {
  const given = [stories && `--stories ${stories}`, parts && `--parts ${parts}`].filter(Boolean)
  return ['npm run bench -- lake', ...given].join(' ')
}
