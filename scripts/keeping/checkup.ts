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

export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`
}
