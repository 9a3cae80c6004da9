import {ways, type SuiteRun, type Verdict} from './runSuite.ts'
import type {Outcome} from './suiteLake.ts'

/** Longer queries and values are cut in the list of failures. */
const shownCharacters = 600

const titles = {inProcess: 'in process', overHttp: 'through HTTP'} as const

/**
 * Prints right and wrong by folder and by version, and the first failures.
 * Returns whether everything outside version 0.1 is right, both ways.
 */
export function printReport({verdicts, refusedDocuments}: SuiteRun, failures: number): boolean {
  printTable(
    'FOLDER',
    groupedBy(verdicts, ({asked}) => asked.folder),
  )
  printTable(
    'VERSION',
    groupedBy(verdicts, ({asked}) => asked.version),
  )
  const counted = verdicts.filter(({asked}) => asked.version !== '0.1')
  printTable('TOTAL', [
    ['without geo and 0.1', counted.filter(({asked}) => asked.version !== 'geo')],
    ['without 0.1', counted],
    ['all', verdicts],
  ])
  for (const refusal of refusedDocuments)
    console.log(`The lake refused a document: ${cut(refusal)}`)
  const wrong = [...counted, ...verdicts.filter(({asked}) => asked.version === '0.1')].filter(
    (verdict) => !isAllRight(verdict),
  )
  for (const verdict of wrong.slice(0, failures)) printFailure(verdict)
  if (wrong.length > failures) {
    console.log(`… and ${wrong.length - failures} more (--failures N shows more of them).`)
  }
  return counted.every(isAllRight)
}

function isAllRight({right}: Verdict): boolean {
  return ways.every((way) => right[way])
}

function groupedBy(
  verdicts: readonly Verdict[],
  keyOf: (verdict: Verdict) => string,
): [string, Verdict[]][] {
  return Object.entries(Object.groupBy(verdicts, keyOf))
    .map(([key, group]): [string, Verdict[]] => [key, group ?? []])
    .sort(([one], [other]) => one.localeCompare(other))
}

function printTable(title: string, groups: readonly [string, readonly Verdict[]][]): void {
  const header = [title, 'CASES', ...ways.flatMap((way) => [`RIGHT ${titles[way]}`, 'WRONG'])]
  const rows = groups.map(([name, group]) => [
    name,
    String(group.length),
    ...ways.flatMap((way) => {
      const right = group.filter((verdict) => verdict.right[way]).length
      return [String(right), String(group.length - right)]
    }),
  ])
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  for (const row of [header, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  '))
  }
  console.log('')
}

function printFailure({asked, outcomes, right}: Verdict): void {
  const {name, id, version, query, params, expected} = asked
  console.log(`✗ ${name} (${id}, ${version})`)
  console.log(`  query     ${cut(query.trim().replaceAll('\n', '\n            '))}`)
  if (Object.keys(params).length > 0) console.log(`  params    ${cut(JSON.stringify(params))}`)
  console.log(`  expected  ${expected === undefined ? 'a refusal' : cut(JSON.stringify(expected))}`)
  const got = ways.map((way) => (right[way] ? 'what is expected' : described(outcomes[way])))
  if (new Set(got).size === 1) console.log(`  got       ${got.at(0)}`)
  else for (const [index, way] of ways.entries()) console.log(`  ${titles[way]}: ${got[index]}`)
  console.log('')
}

/** Only the first line of a reason: `@sanity/client` adds a picture of the query. */
function described(outcome: Outcome): string {
  if ('answer' in outcome) return cut(JSON.stringify(outcome.answer) ?? 'nothing')
  const [kind, reason] =
    'refused' in outcome ? ['a refusal', outcome.refused] : ['a failure', outcome.failed]
  return `${kind}: ${cut(reason.split('\n')[0] ?? '')}`
}

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text
}
