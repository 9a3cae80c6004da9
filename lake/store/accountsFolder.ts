import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'

import Database from 'better-sqlite3'
import {z} from 'zod'

import type {Clock} from '../environment.ts'
import type {LakeError} from '../errors.ts'
import {openAccounts, type Accounts} from './accounts.ts'
import {folderError, reasonOf, unusable} from './folderErrors.ts'

/**
 * Where things lie inside a data folder. No process that has these databases open may read their files in any other
 * way: closing a file drops all POSIX locks that the process holds on it, SQLite's too, and with them the folder's.
 */
export type DataFolder = {
  directory: string
  accounts: string
  dataset(name: string): string
  assets: string
}

/** Where the process that serves a data folder can be found; written beside the lock for scripts to read. */
export type RunningServer = {pid: number; url: string}

const runningServerModel = z.object({pid: z.number().int().positive(), url: z.url()})

/**
 * Makes a data folder where there is none. Throws `LakeError` `dataFolderUnusable` with what is in the way
 * (a file, missing permission) before anything is written.
 */
export function prepareDataFolder(directory: string): DataFolder {
  const folder = dataFolderAt(directory)
  for (const needed of [directory, join(directory, 'datasets'), folder.assets]) {
    makeWritableFolder(needed, directory)
  }
  return folder
}

/** Where things lie inside a data folder, whether or not it is there. */
export function dataFolderAt(directory: string): DataFolder {
  return {
    directory,
    assets: join(directory, 'assets'),
    accounts: join(directory, 'lake.sqlite'),
    dataset: (name) => join(directory, 'datasets', `${name}.sqlite`),
  }
}

/** Opens the folder's accounts. Throws `LakeError` `storeNewer` or `dataFolderUnusable`. */
export function openFolderAccounts(folder: DataFolder, clock: Clock): Accounts {
  return openAccounts(folder.accounts, clock)
}

/**
 * Claims a data folder for this process, for as long as it lives. The claim is SQLite's own file lock, which
 * the operating system drops when the process ends, however it ends: no stale lock file can keep a newsroom out.
 * Throws `LakeError` `dataFolderLocked` when another process (or another lake in this one) holds it.
 */
export function lockDataFolder(folder: DataFolder, url: string): {release(): void} {
  const notice = join(folder.directory, 'server.json')
  const lock = openLock(folder)
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw isBusy(cause)
      ? locked(folder)
      : unusable(`${folder.directory} cannot be locked: ${reasonOf(cause)}.`, cause)
  }
  writeFileSync(notice, `${JSON.stringify({pid: process.pid, url})}\n`)
  return {
    release() {
      rmSync(notice, {force: true})
      lock.close()
    },
  }
}

/** The server that serves the folder now, if one does. */
export function findRunningServer(directory: string): RunningServer | undefined {
  try {
    const text = readFileSync(join(directory, 'server.json'), 'utf8')
    const server = runningServerModel.parse(JSON.parse(text))
    // Signal 0 only asks whether the process is there; a notice left behind by a killed one does not count.
    process.kill(server.pid, 0)
    return server
  } catch {
    return undefined
  }
}

function openLock(folder: DataFolder): Database.Database {
  try {
    return new Database(join(folder.directory, 'lock.sqlite'), {timeout: 0})
  } catch (cause) {
    throw unusable(`${folder.directory} cannot be locked: ${reasonOf(cause)}.`, cause)
  }
}

function makeWritableFolder(folder: string, root: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const whose = folder === root ? 'The data folder' : `In the data folder ${root},`
    throw unusable(`${whose} ${folder} cannot be used: ${reasonOf(cause)}.`, cause)
  }
}

/** Not Node's recursive `mkdir`: that one tries for ever where the system says ENOENT, as under `/proc`. */
function makeFolder(folder: string): void {
  if (isThere(folder)) return
  const parent = dirname(folder)
  if (!existsSync(parent)) makeFolder(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    if (!isThere(folder)) throw error
  }
}

function isThere(folder: string): boolean {
  return statSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false
}

function locked(folder: DataFolder): LakeError {
  const server = findRunningServer(folder.directory)
  const holder = server ? `the server at ${server.url} (process ${server.pid})` : 'another process'
  return folderError(
    'dataFolderLocked',
    `The data folder ${folder.directory} is in use by ${holder}. Stop that one first, or choose another folder with --data DIR.`,
  )
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
