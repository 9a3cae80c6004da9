import {open} from 'node:fs/promises'

import Database from 'better-sqlite3'

/** Pages copied before other work of this process gets a turn. */
const pagesAtOnce = 1_000

/**
 * Copies one SQLite file as it is at one moment, while other processes read and write it. An open read transaction
 * holds that moment: without it, each commit of another process would make the copy begin anew. The copy is one
 * file, on disk when this resolves. Throws what SQLite and the system throw.
 */
export async function copyDatabase(source: string, copy: string): Promise<void> {
  const reading = new Database(source, {readonly: true})
  try {
    reading.pragma('busy_timeout = 5000')
    reading.exec('BEGIN')
    // Only the first read takes the snapshot.
    reading.prepare('SELECT count(*) FROM sqlite_schema').get()
    await reading.backup(copy, {progress: () => pagesAtOnce})
  } finally {
    reading.close()
  }
  intoOneFile(copy)
  const file = await open(copy)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A copy says, as its source does, that it has a write-ahead log; without one it can be moved about by itself. */
function intoOneFile(copy: string): void {
  const database = new Database(copy)
  try {
    database.pragma('journal_mode = DELETE')
  } finally {
    database.close()
  }
}
