import {describeMachine} from './support/machine.ts'
import {tableOf, writeTables} from './support/results.ts'
import type {Findings} from './lake/figures.ts'
import {readLakeOptions, type LakeOptions} from './lake/options.ts'
import {describeWorse, rowsOf, textOf, worksTable} from './lake/report.ts'
import {measureLake} from './lake/run.ts'
import {storedResults, storeResults, worseThan, type StoredResults} from './lake/stored.ts'

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
  if (stored) return await isNoWorse(stored, findings, options)
  if (!flags.keep) {
    await storeResults(findings, about)
    await writeTables('lake', tables, about)
  }
  return true
}

/** What seems to be worse is measured a second time, since a busy moment of the machine looks the same. */
async function isNoWorse(
  stored: StoredResults,
  findings: Findings,
  options: LakeOptions,
): Promise<boolean> {
  console.log(`\nCompared with ${stored.command} of ${stored.measuredOn} (${stored.machine}):`)
  const names = new Set(stored.ratios.map(({what}) => what))
  const compared = findings.ratios.filter(
    ({what, goal}) => goal !== undefined && names.has(what),
  ).length
  let worse = worseThan(stored.ratios, findings.ratios)
  if (worse.length > 0) {
    console.log(`  ${worse.length} of ${compared} ratios seem worse; measuring once more …`)
    const again = worseThan(stored.ratios, (await measureLake(options)).ratios)
    const stillWorse = new Set(again.map(({what}) => what))
    worse = worse.filter(({what}) => stillWorse.has(what))
  }
  for (const one of worse) console.log(`  worse: ${describeWorse(one)}`)
  console.log(`  ${worse.length} of ${compared} ratios got worse by more than 20 %.`)
  return worse.length === 0
}

function commandOf({stories, parts}: LakeFlags): string {
  const given = [stories && `--stories ${stories}`, parts && `--parts ${parts}`].filter(Boolean)
  return ['npm run bench -- lake', ...given].join(' ')
}
