import {existsSync} from 'node:fs'
import {mkdir, rename, rm} from 'node:fs/promises'
import {dirname, join, relative} from 'node:path'

import {datasetFiles} from '../doctor/checkFolder.ts'
import {dataFolderAt, type DataFolder} from '../store/accountsFolder.ts'
import {AccountsInspection} from '../store/accountsInspection.ts'
import {copyDatabase} from '../store/copyDatabase.ts'
import {folderError, reasonOf} from '../store/folderErrors.ts'
import {copyAssets, syncFolder, type CopiedFiles} from './copyAssets.ts'

/**
 * Copies a data folder to `target` while the lake that is in it may be in use. Each dataset is copied as it is at one
 * moment; what it points to is copied after it, and was written before it: the files of its assets, and the users who
 * stand in its log. Under its name the copy appears when it is whole and on disk, and not before.
 *
 * Throws `LakeError` `dataFolderMissing`, `backupExists`, `backupInside` or `backupFailed`, and leaves no trace then.
 */
export async function backupFolder(directory: string, target: string): Promise<CopiedFiles> {
  const source = dataFolderAt(directory)
  refuseUnusable(source, target)
  const unfinished = `${target}.unfinished-${process.pid}`
  try {
    await mkdir(unfinished, {mode: 0o700})
    const copied = await copyAll(source, dataFolderAt(unfinished))
    await rename(unfinished, target)
    await syncFolder(dirname(target))
    return copied
  } catch (cause) {
    await rm(unfinished, {recursive: true, force: true})
    throw folderError(
      'backupFailed',
      `Nothing was backed up to ${target}: ${reasonOf(cause)}.`,
      cause,
    )
  }
}

function refuseUnusable(source: DataFolder, target: string): void {
  if (!existsSync(source.accounts)) {
    throw folderError('dataFolderMissing', `There is no data folder at ${source.directory}.`)
  }
  if (existsSync(target)) {
    throw folderError(
      'backupExists',
      `${target} exists already. A backup is a new folder: name another one.`,
    )
  }
  if (!existsSync(dirname(target))) {
    throw folderError(
      'backupFailed',
      `The folder ${dirname(target)} does not exist. Make it first.`,
    )
  }
  if (!relative(source.directory, target).startsWith('..')) {
    throw folderError(
      'backupInside',
      `${target} is inside the data folder. Name a folder outside of it, best on another disk.`,
    )
  }
}

async function copyAll(source: DataFolder, copy: DataFolder): Promise<CopiedFiles> {
  const datasets = join(copy.directory, 'datasets')
  await mkdir(datasets)
  const copied = new Set<string>()
  const copyDatasets = async (names: readonly string[]) => {
    for (const name of names.filter((name) => !copied.has(name))) {
      await copyDatabase(source.dataset(name), copy.dataset(name))
      copied.add(name)
    }
  }
  await copyDatasets(datasetFiles(source.directory))
  await copyDatabase(source.accounts, copy.accounts)
  // A dataset that was made meanwhile stands in the accounts now, and must have its file.
  await copyDatasets(listedDatasets(copy).filter((name) => existsSync(source.dataset(name))))
  const files = await copyAssets(source.assets, copy.assets)
  for (const folder of [datasets, copy.directory]) await syncFolder(folder)
  return files
}

function listedDatasets(folder: DataFolder): string[] {
  const accounts = new AccountsInspection(folder.accounts)
  try {
    return accounts.datasets()
  } finally {
    accounts.close()
  }
}
