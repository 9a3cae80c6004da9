import {createHash} from 'node:crypto'

import type Database from 'better-sqlite3'
import {z} from 'zod'

import {isJsonObject, type JsonObject, type JsonValue} from '../documents/document.ts'
import type {WordsCondition, WordTerm} from '../query/selection.ts'
import {words} from '../query/text/tokens.ts'
import type {Sql} from './conditionSql.ts'

const waitingRow = z.object({docid: z.number(), body: z.string().nullable()})
const partRow = z.object({textid: z.number(), attribute: z.string(), digest: z.string()})

/**
 * The full-text index of one dataset's file: the words of each top-level attribute of each document, as `match` sees
 * them. Writers only note which documents it has to read again; it does so before the next question of text.
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
    return this.#statements.waiting.get(1) !== undefined
  }

  /** Reads up to `limit` documents again, as one transaction. Answers whether more are waiting. */
  catchUp(limit: number): boolean {
    return this.#database
      .transaction(() => {
        const rows = this.#statements.waiting.all(limit)
        for (const row of rows) {
          const {docid, body} = waitingRow.parse(row)
          this.#replace(docid, body === null ? new Map() : wordsOf(JSON.parse(body)))
          this.#statements.forget.run(docid)
        }
        return rows.length === limit
      })
      .immediate()
  }

  /** Exchanges the parts of a document that changed. */
  #replace(docid: number, parts: ReadonlyMap<string, string>): void {
    const fresh = new Map([...parts].map(([attribute, words]) => [attribute, digestOf(words)]))
    for (const row of this.#statements.parts.all(docid)) {
      const {textid, attribute, digest} = partRow.parse(row)
      if (fresh.get(attribute) === digest) {
        fresh.delete(attribute)
        continue
      }
      this.#statements.dropWords.run(textid)
      this.#statements.dropPart.run(textid)
    }
    for (const [attribute, digest] of fresh) {
      const {lastInsertRowid} = this.#statements.addPart.run(docid, attribute, digest)
      this.#statements.addWords.run(lastInsertRowid, parts.get(attribute) ?? '')
    }
  }
}

/** Whether all terms stand in a document: in some attributes, or anywhere. For each term, its places are looked up once. */
export function wordsSql(condition: WordsCondition, docid: string): Sql {
  const place = placeSql(condition.attributes)
  const asked = matchesOf(condition)
  // The plus keeps SQLite from going through all places of a term for each document.
  const exists = `EXISTS (SELECT 1 FROM text_part p WHERE p.docid = ${docid} AND ${place.text} AND +p.textid IN (SELECT rowid FROM text_index WHERE text_index MATCH ?))`
  return {
    text: `(${asked.map(() => exists).join(' AND ')})`,
    values: asked.flatMap((match) => [...place.values, match]),
  }
}

/** The documents in which all terms stand, as rows of `docid`. */
export function docidsWithWords(condition: WordsCondition): Sql {
  const place = placeSql(condition.attributes)
  const asked = matchesOf(condition)
  return {
    text: asked
      .map(() => `SELECT DISTINCT p.docid AS docid ${partsSql} AND ${place.text}`)
      .join(' INTERSECT '),
    values: asked.flatMap((match) => [match, ...place.values]),
  }
}

/** About as many places as there are documents with all terms: those that have all of them at once. */
export function placesOfWords({terms}: WordsCondition): Sql {
  return {
    text: 'SELECT 1 FROM text_index WHERE text_index MATCH ?',
    values: [terms.map(matchOf).join(' AND ')],
  }
}

/** What one attribute must have, or some attribute each. */
function matchesOf({attributes, terms}: WordsCondition): string[] {
  const matches = terms.map(matchOf)
  return attributes?.length === 1 ? [matches.join(' AND ')] : matches
}

/** The parts of documents in which something stands, as `t` in the index and as `p`. */
export const partsSql =
  'FROM text_index t CROSS JOIN text_part p ON p.textid = t.rowid WHERE text_index MATCH ?'

/** Whether a part is in one of these attributes: in any, or in any that `text::query` looks through. */
export function placeSql(attributes: readonly string[] | 'searched' | undefined): Sql {
  if (attributes === undefined) return {text: 'TRUE', values: []}
  if (attributes === 'searched') {
    return {text: "(p.attribute NOT GLOB '[_]*' OR p.attribute = '_id')", values: []}
  }
  return {
    text: `p.attribute IN (${attributes.map(() => '?').join(', ')})`,
    values: attributes,
  }
}

/** A term in the language of FTS5: words in a row, the last perhaps a beginning. */
export function matchOf({words, prefix}: WordTerm): string {
  return `"${words.join(' ')}"${prefix ? ' *' : ''}`
}

/** The words of each attribute, in the order in which they stand. */
export function wordsOf(document: unknown): Map<string, string> {
  const found = new Map<string, string>()
  if (!isJsonObject(document)) return found
  for (const [attribute, value] of Object.entries(document)) {
    const texts: string[] = []
    collect(value ?? null, texts)
    const text = texts.flatMap(words).join(' ')
    if (text !== '') found.set(attribute, text)
  }
  return found
}

function collect(value: JsonValue, texts: string[]): void {
  if (typeof value === 'string') texts.push(value)
  else if (Array.isArray(value)) for (const element of value) collect(element, texts)
  else if (isJsonObject(value)) {
    for (const inner of Object.values(value)) if (inner !== undefined) collect(inner, texts)
    const joined = acrossSpans(value)
    if (joined !== undefined) texts.push(joined)
  }
}

/** The text of a block in which a word goes on from one span into the next: it is a word of the block as well. */
function acrossSpans({children}: JsonObject): string | undefined {
  if (!Array.isArray(children)) return undefined
  const spans = children.flatMap((child) => {
    const text = isJsonObject(child) ? child['text'] : undefined
    return typeof text === 'string' ? [text] : []
  })
  const whole = spans.join('')
  const parted = spans.flatMap(words)
  return words(whole).length === parted.length ? undefined : whole
}

export function digestOf(words: string): string {
  return createHash('sha256').update(words).digest('base64url').slice(0, 16)
}

function prepare(database: Database.Database) {
  return {
    note: database.prepare('INSERT OR IGNORE INTO text_waiting VALUES (?)'),
    waiting: database.prepare(
      'SELECT w.docid, json(d.body) AS body FROM text_waiting w LEFT JOIN document d USING (docid) ORDER BY w.docid LIMIT ?',
    ),
    forget: database.prepare('DELETE FROM text_waiting WHERE docid = ?'),
    parts: database.prepare('SELECT textid, attribute, digest FROM text_part WHERE docid = ?'),
    addPart: database.prepare('INSERT INTO text_part (docid, attribute, digest) VALUES (?, ?, ?)'),
    dropPart: database.prepare('DELETE FROM text_part WHERE textid = ?'),
    addWords: database.prepare('INSERT INTO text_index (rowid, words) VALUES (?, ?)'),
    dropWords: database.prepare('DELETE FROM text_index WHERE rowid = ?'),
  }
}
