import Database from 'better-sqlite3'

import {LakeError} from '../errors.ts'
import {reasonOf, unusable} from './folderErrors.ts'

/** One numbered step forward. Steps are never edited once released; a change is a new step. */
export type Migration = {version: number; name: string; sql: string}

/**
 * Opens (or makes) one SQLite file: WAL, `synchronous=FULL` so that a commit is on disk before it is
 * acknowledged, foreign keys on, and all migrations that the file has not had yet, each in a transaction.
 * Throws `LakeError` `storeNewer` when a newer version of the program wrote the file, leaving it untouched, and
 * `dataFolderUnusable` when it cannot be read or written or is no database.
 */
export function openDatabase(file: string, migrations: readonly Migration[]): Database.Database {
  try {
    return open(file, migrations)
  } catch (cause) {
    if (cause instanceof LakeError) throw cause
    throw unusable(`${file} cannot be opened: ${reasonOf(cause)}.`, cause)
  }
}

/** Opens a file that `openDatabase` has opened before, for reading beside it. */
export function openReader(file: string): Database.Database {
  const database = new Database(file, {readonly: true, fileMustExist: true})
  database.pragma('busy_timeout = 5000')
  return database
}

function open(file: string, migrations: readonly Migration[]): Database.Database {
  const database = new Database(file)
  try {
    refuseNewer(database, file, migrations)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('busy_timeout = 5000')
    migrate(database, migrations)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const run = database.transaction(() => {
    const applied = versionOf(database)
    for (const migration of migrations.filter(({version}) => version > applied)) {
      database.exec(migration.sql)
      database.pragma(`user_version = ${migration.version}`)
    }
  })
  run.immediate()
}

function refuseNewer(
  database: Database.Database,
  file: string,
  migrations: readonly Migration[],
): void {
  const found = versionOf(database)
  const known = migrations.at(-1)?.version ?? 0
  if (found <= known) return
  const message = `${file} was written by a newer version of this program (its schema is ${found}, this one knows ${known}). Start the newer version, or use another data folder.`
  throw new LakeError('storeNewer', 500, message, {
    statusCode: 500,
    error: 'Internal Server Error',
    message,
  })
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', {simple: true}))
}
