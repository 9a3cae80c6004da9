import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import Database from 'better-sqlite3'

const askAgainMilliseconds = 200

/**
 * Waits until no other process builds in `directory` (made if missing), and claims it. The claim is SQLite's
 * file lock, as for a data folder: the operating system drops it however a process ends.
 * Rejects with the signal's reason when `stopping` aborts.
 */
export async function takeBuildTurn(
  directory: string,
  {stopping, onWait}: {stopping: AbortSignal | undefined; onWait: () => void},
): Promise<{end(): void}> {
  mkdirSync(directory, {recursive: true})
  const lock = new Database(join(directory, 'build-lock.sqlite'), {timeout: 0})
  try {
    let waited = false
    while (!tryLock(lock)) {
      if (!waited) onWait()
      waited = true
      await setTimeout(askAgainMilliseconds, undefined, stopping && {signal: stopping})
    }
    return {end: () => lock.close()}
  } catch (error) {
    lock.close()
    throw error
  }
}

function tryLock(lock: Database.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw error
  }
}
