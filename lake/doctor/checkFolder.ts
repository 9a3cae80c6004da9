import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

import {skippedGuardsIn, type SkippedGuards} from '../documents/skippedGuards.ts'
import {dataFolderAt, type DataFolder} from '../store/accountsFolder.ts'
import {AccountsInspection} from '../store/accountsInspection.ts'
import {DatasetInspection} from '../store/datasetInspection.ts'
import {folderError} from '../store/folderErrors.ts'
import {UnreadableFile, unlessDamaged} from '../store/readOnlyDatabase.ts'
import {checkAccounts} from './checkAccounts.ts'
import {assetClaim, assetFiles, checkAssets, type AssetClaim} from './checkAssets.ts'
import {checkDerived, checkDerivedTotals} from './checkDerived.ts'
import {checkDocuments} from './checkDocuments.ts'
import {checkHistory} from './checkHistory.ts'
import {checkLog} from './checkLog.ts'
import {createFindings, type Finding, type Findings} from './findings.ts'

export type CheckOptions = {
  directory: string
  /** Names of all roles that there are. */
  roleNames: readonly string[]
  /** Replays every change of every document, and hashes every file. */
  thorough: boolean
}

export type DatasetSummary = {
  name: string
  documents: number
  transactions: number
  /** Files of assets. */
  files: number
  /** Documents whose patches were replayed. */
  replayed: number
  /** Transactions that went past the guards, the newest first. */
  skippedGuards: SkippedGuards[]
}

/** What an examination of a data folder found, and how much it looked at. */
export type Checkup = {
  findings: Finding[]
  datasets: DatasetSummary[]
  /** People who may sign in. */
  people: number
}

/**
 * Examines a data folder without changing anything in it, whether or not a server runs on it. Each file is seen as it
 * was at one moment. Throws `LakeError` `dataFolderMissing` when there is none.
 */
export async function checkFolder({
  directory,
  roleNames,
  thorough,
}: CheckOptions): Promise<Checkup> {
  const folder = dataFolderAt(directory)
  if (!existsSync(folder.accounts) && !existsSync(join(directory, 'datasets'))) {
    throw folderError('dataFolderMissing', `There is no data folder at ${directory}.`)
  }
  const files = datasetFiles(directory)
  const datasets: DatasetSummary[] = []
  const findings: Finding[] = []
  const authors = new Set<string>()
  for (const name of files) {
    const checkup = await checkDataset(folder, name, {thorough})
    findings.push(...checkup.findings)
    if (checkup.summary !== undefined) datasets.push(checkup.summary)
    for (const author of checkup.authors) authors.add(author)
  }
  // After the datasets: an author is written down before what they write.
  const accounts = checkAccountsFile(folder, {roleNames, files, authors})
  return {
    findings: [...accounts.findings, ...findings],
    datasets,
    people: accounts.people,
  }
}

/** Names of the datasets that have a file. */
export function datasetFiles(directory: string): string[] {
  const folder = join(directory, 'datasets')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sqlite'))
    .map((file) => file.slice(0, -'.sqlite'.length))
    .sort()
}

async function checkDataset(
  folder: DataFolder,
  name: string,
  {thorough}: {thorough: boolean},
): Promise<{findings: Finding[]; summary: DatasetSummary | undefined; authors: string[]}> {
  const findings = createFindings(`Dataset "${name}": `)
  const directory = join(folder.assets, name)
  const files = await assetFiles(directory)
  const claims: AssetClaim[] = []
  const skippedGuards: SkippedGuards[] = []
  const seen = examine(folder.dataset(name), findings, () => {
    const dataset = new DatasetInspection(folder.dataset(name))
    try {
      tellDamage(dataset.damage(), findings)
      checkDocuments(dataset, findings, (document, docid) => {
        const claim = assetClaim(document, findings)
        if (claim !== undefined) claims.push(claim)
        const skipped = skippedGuardsIn(document)
        if (skipped !== undefined) skippedGuards.push(skipped)
        checkDerived(dataset.derived, {document, docid}, findings)
      })
      checkDerivedTotals(dataset.derived, findings)
      checkLog(dataset, findings)
      const replayed = checkHistory(dataset, {thorough}, findings)
      return {
        documents: dataset.count('document'),
        transactions: dataset.count('log'),
        replayed,
        authors: dataset.authors(),
      }
    } finally {
      dataset.close()
    }
  })
  if (seen === undefined) return {findings: findings.list(), summary: undefined, authors: []}
  const {authors, ...counts} = seen
  await checkAssets(directory, {claims, files}, {thorough}, findings)
  skippedGuards.sort((one, other) => (one.at < other.at ? 1 : -1))
  const summary = {name, files: files.length, skippedGuards, ...counts}
  return {findings: findings.list(), summary, authors}
}

function checkAccountsFile(
  folder: DataFolder,
  known: {roleNames: readonly string[]; files: readonly string[]; authors: ReadonlySet<string>},
): {findings: Finding[]; people: number} {
  const findings = createFindings('Accounts: ')
  const people = examine(folder.accounts, findings, () => {
    const accounts = new AccountsInspection(folder.accounts)
    try {
      tellDamage(accounts.damage(), findings)
      checkNames(accounts, known, findings)
      return checkAccounts(accounts, known.roleNames, findings)
    } finally {
      accounts.close()
    }
  })
  return {findings: findings.list(), people: people ?? 0}
}

/** Whether the datasets and authors that there are are those that the accounts know. */
function checkNames(
  accounts: AccountsInspection,
  {files, authors}: {files: readonly string[]; authors: ReadonlySet<string>},
  findings: Findings,
): void {
  const listed = accounts.datasets()
  for (const name of listed.filter((name) => !files.includes(name))) {
    findings.fault('datasetMissing', `the dataset "${name}" is listed, but its file is missing.`)
  }
  for (const name of files.filter((name) => !listed.includes(name))) {
    findings.note(
      'datasetUnlisted',
      `there is a file of a dataset "${name}", which is not listed and so not served.`,
    )
  }
  const users = new Set(accounts.users().map(({id}) => id))
  for (const author of [...authors].filter((author) => !users.has(author))) {
    findings.note('authorUnknown', `the log names "${author}", who is not among the users.`)
  }
}

/** Runs what reads a file; a file that cannot be read is one finding more. */
function examine<Answer>(file: string, findings: Findings, read: () => Answer): Answer | undefined {
  try {
    return unlessDamaged(read)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    findings.fault(`file-${error.code}`, `${file} ${error.reason}.`)
    return undefined
  }
}

function tellDamage(damage: readonly string[], findings: Findings): void {
  for (const line of damage) findings.fault('integrity', `SQLite reports damage: ${line}.`)
}
