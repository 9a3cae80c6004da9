import type {Checkup} from '../../lake/doctor/checkFolder.ts'
import type {Finding} from '../../lake/doctor/findings.ts'

/** How much an examination looked at, to stand behind a colon. */
export function lookedAt({datasets, people}: Checkup): string {
  const parts = datasets.map(
    ({name, documents, transactions, files}) =>
      `"${name}" with ${count(documents, 'document')}, ${count(transactions, 'transaction')} and ${count(files, 'file')}`,
  )
  return [...parts, `${count(people, 'person', 'people')} who may sign in`].join('; ')
}

/** Prints what was found, faults first, and answers how many faults there are. */
export function printFindings(findings: readonly Finding[]): number {
  const faults = findings.filter(({severity}) => severity === 'fault')
  const notes = findings.filter(({severity}) => severity === 'note')
  for (const {sentence} of faults) console.log(`✗ ${sentence}`)
  for (const {sentence} of notes) console.log(`· ${sentence}`)
  if (faults.length === 0) console.log('Nothing is wrong.')
  return faults.length
}

/** How many of the transactions that went past the guards are printed. */
const mostSkipped = 20

/** Prints who went past the guards, when and why, the newest first; that is allowed, and nobody should have to search for it. */
export function printSkippedGuards({datasets}: Checkup): void {
  for (const {name, skippedGuards} of datasets) {
    if (skippedGuards.length === 0) continue
    console.log(
      `Dataset "${name}": the guards were skipped ${count(skippedGuards.length, 'time')}.`,
    )
    for (const {at, userId, reason, documentIds} of skippedGuards.slice(0, mostSkipped)) {
      console.log(`· ${at} by ${userId}: “${reason}” (${count(documentIds.length, 'document')})`)
    }
    const before = skippedGuards.length - mostSkipped
    if (before > 0) {
      console.log(
        `  and ${count(before, 'time')} before that: GET /data/skipped-guards/${name} lists them.`,
      )
    }
  }
}

export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`
}
