import {existsSync} from 'node:fs'

import Database from 'better-sqlite3'

import type {Migration} from './database.ts'
import {reasonOf} from './folderErrors.ts'

/**
 * Why a file cannot be examined: it is not there, damaged, or of another version. `reason` stands behind
 * "FILE …", as in "is not there".
 */
export class UnreadableFile extends Error {
  readonly code: 'missing' | 'damaged' | 'older' | 'newer'
  readonly reason: string

  constructor(code: UnreadableFile['code'], reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : {cause})
    this.name = 'UnreadableFile'
    this.code = code
    this.reason = reason
  }
}

/**
 * Opens one SQLite file beside whoever else has it open, without changing a byte of it, and begins a read
 * transaction: until it is closed, what it shows is one moment. Throws `UnreadableFile`.
 */
export function openReadOnly(file: string, migrations: readonly Migration[]): Database.Database {
  if (!existsSync(file)) throw new UnreadableFile('missing', 'is not there')
  const database = unlessDamaged(() => new Database(file, {readonly: true}))
  try {
    const found = unlessDamaged(() => {
      database.pragma('busy_timeout = 5000')
      database.exec('BEGIN')
      return Number(database.pragma('user_version', {simple: true}))
    })
    const known = migrations.at(-1)?.version ?? 0
    if (found > known) {
      throw new UnreadableFile('newer', 'was written by a newer version of this program')
    }
    if (found < known) {
      throw new UnreadableFile(
        'older',
        'was written by an older version of this program; start this version on it once, which brings it up to date',
      )
    }
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Runs what reads a file. Throws `UnreadableFile` `damaged` where SQLite cannot read it. */
export function unlessDamaged<Answer>(read: () => Answer): Answer {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError)) throw cause
    throw new UnreadableFile('damaged', `cannot be read: ${reasonOf(cause)}`, cause)
  }
}

/**
 * What SQLite itself finds wrong with a file: pages, indexes, tables, constraints and foreign keys. Empty when
 * nothing is. Throws `UnreadableFile` when the file is too damaged to be examined.
 */
export function damageOf(database: Database.Database): string[] {
  return unlessDamaged(() => {
    const integrity = rowsOf(database.pragma('integrity_check'))
      .map((row) => String(Object(row).integrity_check))
      .filter((line) => line !== 'ok')
    const strays = rowsOf(database.pragma('foreign_key_check'))
    const orphans =
      strays.length === 0 ? [] : [`${strays.length} rows belong to rows that are not there`]
    return [...integrity, ...orphans]
  })
}

function rowsOf(answer: unknown): unknown[] {
  return Array.isArray(answer) ? answer : []
}
