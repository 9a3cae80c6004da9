import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {WordsCondition, WordTerm} from '../query/selection.ts'
import type {Sql} from './conditionSql.ts'
import {digestOf, wordsOf} from './textWords.ts'

/** As many columns as `text_index` has. Attributes that came when all but the last were taken share the last. */
const columns = 64
const lastColumn = columns - 1

const waitingRow = z.object({docid: z.number(), body: z.string().nullable()})
const digestRow = z.object({digest: z.string()})
const columnRow = z.object({attribute: z.string(), place: z.number()})

/**
 * The full-text index of one dataset's file: a row a document, with the words of each top-level attribute in a column.
 * Writers only note which documents it has to read again; it does so before the next question of text.
 */
export class TextIndex {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
  }

  /** Notes that a document has been written or deleted. Part of the transaction that does so. */
  note(docid: number): void {
    this.#statements.note.run(docid)
  }

  /** Whether a question of text would miss something that has been written. */
  isBehind(): boolean {
    return this.#statements.behind.get() !== undefined
  }

  /** Reads up to `limit` documents again, as one transaction. Answers whether more are waiting. */
  catchUp(limit: number): boolean {
    return this.#database
      .transaction(() => {
        const rows = this.#statements.waiting.all(limit)
        const places = this.#places()
        for (const row of rows) {
          const {docid, body} = waitingRow.parse(row)
          this.#replace(docid, body === null ? new Map() : wordsOf(JSON.parse(body)), places)
          this.#statements.forget.run(docid)
        }
        return rows.length === limit
      })
      .immediate()
  }

  /** Exchanges the words of a document if they changed. */
  #replace(docid: number, found: ReadonlyMap<string, string>, places: Map<string, number>): void {
    const digest = digestOf(found)
    const row = this.#statements.digest.get(docid)
    if (row !== undefined) {
      if (digestRow.parse(row).digest === digest) return
      this.#statements.dropWords.run(docid)
      this.#statements.dropDigest.run(docid)
    }
    if (found.size === 0) return
    const texts: (string | null)[] = Array.from({length: columns}, () => null)
    for (const [attribute, text] of found) {
      const place = this.#placeOf(attribute, places)
      const before = texts[place]
      texts[place] = typeof before === 'string' ? `${before} ${text}` : text
    }
    this.#statements.addWords.run(docid, ...texts)
    this.#statements.addDigest.run(docid, digest)
  }

  #places(): Map<string, number> {
    const rows = this.#statements.places.all().map((row) => columnRow.parse(row))
    return new Map(rows.map(({attribute, place}) => [attribute, place]))
  }

  /** The column of an attribute; one that is seen for the first time takes the next, as long as there are some. */
  #placeOf(attribute: string, places: Map<string, number>): number {
    const known = places.get(attribute)
    if (known !== undefined) return known
    if (places.size === lastColumn) return lastColumn
    const place = places.size
    this.#statements.addPlace.run(attribute, place)
    places.set(attribute, place)
    return place
  }
}

/** Whether all terms stand in a document: in some attributes, or anywhere. */
export function wordsSql(condition: WordsCondition, docid: string): Sql {
  const {text, values} = docidsWithWords(condition)
  return {text: `${docid} IN (${text})`, values}
}

/** The documents in which all terms stand, as rows of `docid`. */
export function docidsWithWords(condition: WordsCondition): Sql {
  const match = matchSql(condition)
  return {
    text: `SELECT rowid AS docid FROM text_index WHERE text_index MATCH ${match.text}`,
    values: match.values,
  }
}

/** As many rows as there are documents with all terms. */
export const placesOfWords = docidsWithWords

/** The documents in which all terms stand, as rows of `docid` and the `score` that FTS5's BM25 gives them. */
export function scoredDocids(condition: WordsCondition): Sql {
  const match = matchSql(condition)
  return {
    text: `SELECT rowid AS docid, -bm25(text_index) AS score FROM text_index WHERE text_index MATCH ${match.text}`,
    values: match.values,
  }
}

/** What FTS5 is asked. Which columns the attributes have is looked up in the same view of the data. */
function matchSql({attributes, terms}: WordsCondition): Sql {
  const asked = terms.map(termOf).join(' AND ')
  if (attributes === undefined) return {text: '?', values: [asked]}
  return {
    text: `((SELECT '{' || group_concat('a' || coalesce(c.place, ${lastColumn}), ' ') || '} : ' FROM json_each(?) n LEFT JOIN text_column c ON c.attribute = n.value) || ?)`,
    values: [JSON.stringify(attributes), `(${asked})`],
  }
}

/** A term in the language of FTS5: words in a row, the last perhaps a beginning. */
function termOf({words, prefix}: WordTerm): string {
  return `"${words.join(' ')}"${prefix ? ' *' : ''}`
}

function prepare(database: Database.Database) {
  const names = Array.from({length: columns}, (_, place) => `a${place}`)
  return {
    note: database.prepare('INSERT OR IGNORE INTO text_waiting VALUES (?)'),
    behind: database.prepare('SELECT 1 FROM text_waiting LIMIT 1'),
    waiting: database.prepare(
      'SELECT w.docid, json(d.body) AS body FROM text_waiting w LEFT JOIN document d USING (docid) ORDER BY w.docid LIMIT ?',
    ),
    forget: database.prepare('DELETE FROM text_waiting WHERE docid = ?'),
    digest: database.prepare('SELECT digest FROM text_digest WHERE docid = ?'),
    addDigest: database.prepare('INSERT INTO text_digest VALUES (?, ?)'),
    dropDigest: database.prepare('DELETE FROM text_digest WHERE docid = ?'),
    places: database.prepare('SELECT attribute, place FROM text_column'),
    addPlace: database.prepare('INSERT INTO text_column VALUES (?, ?)'),
    addWords: database.prepare(
      `INSERT INTO text_index (rowid, ${names.join(', ')}) VALUES (?${', ?'.repeat(columns)})`,
    ),
    dropWords: database.prepare('DELETE FROM text_index WHERE rowid = ?'),
  }
}
