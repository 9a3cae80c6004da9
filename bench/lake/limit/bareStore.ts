import Database from 'better-sqlite3'

import type {NewDocument} from '../../newsroom/surroundings.ts'
import {story} from '../../newsroom/stories.ts'

/** The least that keeps documents: one table of SQLite, each transaction on disk before it returns. */
export type BareStore = {
  /** Puts a text into the headline of the one story that stands in the file from the beginning. */
  type(text: string): void
  /** Inserts documents, given as id, type and JSON text, in one transaction. */
  insert(documents: readonly BareDocument[]): void
  close(): void
}

export type BareDocument = {id: string; type: string; body: string}

/** Opens or makes the file, with the same promises as the lake's: WAL and `synchronous = FULL`. */
export function openBareStore(file: string): BareStore {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec(
    'CREATE TABLE IF NOT EXISTS document (id TEXT PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL) STRICT',
  )
  const add = database.prepare('INSERT OR REPLACE INTO document VALUES (?, ?, ?)')
  const change = database.prepare(
    "UPDATE document SET body = json_set(body, '$.headline', ?) WHERE id = ?",
  )
  const typed = bareDocumentOf(story(0, 1))
  add.run(typed.id, typed.type, typed.body)
  return {
    type: (text) => database.transaction(() => change.run(text, typed.id)).immediate(),
    insert: (documents) =>
      database
        .transaction(() => {
          for (const {id, type, body} of documents) add.run(id, type, body)
        })
        .immediate(),
    close: () => database.close(),
  }
}

export function bareDocumentOf(document: NewDocument): BareDocument {
  return {id: document._id, type: document._type, body: JSON.stringify(document)}
}
