import type {Database} from 'better-sqlite3'
import {z} from 'zod'

const counter = z.number()

/**
 * A stamp of a database that changes whenever anything is written to it. SQLite's `data_version` tells what other
 * connections have committed, other processes' too, and `total_changes()` what this one has written: neither reads a page.
 */
export function writtenStamp(database: Database): () => string {
  const others = database.prepare('PRAGMA data_version').pluck()
  const own = database.prepare('SELECT total_changes()').pluck()
  return () => `${counter.parse(others.get())} ${counter.parse(own.get())}`
}
