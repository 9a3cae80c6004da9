import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {WordsCondition, WordTerm} from '../query/selection.ts'
import {disjunction, type Sql} from './conditionSql.ts'
import {runningTextIn, wayInto} from '../query/text/textPlaces.ts'
import {ManyRows} from './manyRows.ts'
import {digestOf, otherwise, wordsOf, type PlacedWords} from './textWords.ts'

/** As many columns as `text_index` has. Places that came when all but the last were taken share the last. */
const columns = 64
const lastColumn = columns - 1
/** Stands in a column before its number where its words are not told apart. */
const column = `${otherwise}=`

/** That by itself. */
const alone = new RegExp(`${otherwise}(?= |$)`, 'g')

/** Pages of the index that one step of merging writes. */
const pagesPerStep = 32
/** When so many of its documents are new, the index is merged into one piece. */
const renewedPart = 1 / 8

const waitingRow = z.object({docid: z.number(), body: z.string().nullable()})
const digestRow = z.object({digest: z.string()})
const columnRow = z.object({name: z.string(), place: z.number()})
const totalRow = z.object({total: z.number()})

/**
 * The full-text index of one dataset's file: a row a document, with the words of each of its places in a column. Writers only
 * note which documents it has to read again; it does so before the next question of text. What it has read stands in pieces,
 * which are merged when it is quiet: every question looks into each of them.
 */
export class TextIndex {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #waiting: ManyRows
  /** Documents that were read since all was one piece, as far as this program has seen. */
  #renewed = 0
  /** Whether there may be pieces to merge: all into one, or those of like size. */
  #pieces: 'none' | 'alike' | 'all' = 'alike'

  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
    this.#waiting = new ManyRows(database, 'INSERT OR IGNORE INTO text_waiting', 1)
  }

  /** Notes that documents have been written or deleted. Part of the transaction that does so. */
  note(docids: readonly number[]): void {
    this.#waiting.insert(docids.map((docid) => [docid]))
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
        this.#renewed += rows.length
        if (rows.length > 0) this.#pieces = 'alike'
        return rows.length === limit
      })
      .immediate()
  }

  /** Whether merging could make questions of text cheaper. */
  isInPieces(): boolean {
    return this.#pieces !== 'none'
  }

  /**
   * Merges a few pages of the index. Pieces of like size come together each time, so that there are never many; all of them
   * do when much is new, so that what is written again stays in proportion to what came.
   */
  mergeStep(): void {
    const before = this.#total()
    if (this.#pieces === 'alike' && this.#renewed > this.#documents() * renewedPart) {
      this.#pieces = 'all'
      this.#renewed = 0
      this.#statements.merge.run(-pagesPerStep)
    } else this.#statements.merge.run(pagesPerStep)
    // FTS5 counts one change where it found nothing to do.
    if (this.#total() - before < 2) this.#pieces = 'none'
  }

  #total(): number {
    return totalRow.parse(this.#statements.total.get()).total
  }

  #documents(): number {
    return totalRow.parse(this.#statements.documents.get()).total
  }

  /** Exchanges the words of a document if they changed. */
  #replace(
    docid: number,
    found: ReadonlyMap<string, PlacedWords>,
    places: Map<string, number>,
  ): void {
    const digest = digestOf(found)
    const row = this.#statements.digest.get(docid)
    if (row !== undefined) {
      if (digestRow.parse(row).digest === digest) return
      this.#statements.dropWords.run(docid)
      this.#statements.dropDigest.run(docid)
    }
    if (found.size === 0) return
    const texts: (string | null)[] = Array.from({length: columns}, () => null)
    for (const [name, {attribute, text}] of found) {
      const place = this.#placeOf(name, attribute, places)
      const before = texts[place] ?? (place === lastColumn ? otherwise : undefined)
      texts[place] = before === undefined ? text : `${before} ${text}`
    }
    texts.forEach((text, place) => {
      if (text !== null) texts[place] = text.replaceAll(alone, `${column}${place}`)
    })
    this.#statements.addWords.run(docid, ...texts)
    this.#statements.addDigest.run(docid, digest)
  }

  #places(): Map<string, number> {
    const rows = this.#statements.places.all().map((row) => columnRow.parse(row))
    return new Map(rows.map(({name, place}) => [name, place]))
  }

  /**
   * The column of a place; one that is seen for the first time takes the next, as long as there are some. Where it has
   * running text, all that an attribute has is found under one name as well.
   */
  #placeOf(name: string, attribute: string, places: Map<string, number>): number {
    const known = places.get(name)
    if (known !== undefined) return known
    const place = new Set(places.values()).size
    if (place === lastColumn) return lastColumn
    const together = name === wayInto('', attribute) ? [] : [runningTextIn(attribute)]
    for (const one of [name, ...together]) {
      this.#statements.addPlace.run(one, place)
      places.set(one, place)
    }
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

/** From so many documents on that may be uncertain, those are told apart in which all the words stand. */
const manyUncertain = 1_000

/**
 * Of the documents in which the words of one of these conditions stand, those of which the index cannot tell whether `match`
 * finds them there; and those that it has not taken in. Others may be among them. `count`: as many rows as a question has in
 * this very view, up to so many.
 */
export function uncertainSql(
  conditions: readonly WordsCondition[],
  docid: string,
  count: (sql: Sql, most: number) => number,
): Sql {
  const parts = conditions.flatMap(({places, terms}): Sql[] => {
    const unlike = terms.map(({words: [word = ''], prefix}) =>
      phrase(`${otherwise}${word}`, prefix),
    )
    const named = JSON.stringify(places ?? [])
    const may = markedSql("c.filter || '(' || ? || c.untold || ')'", [unlike.join(' OR '), named])
    const found = count(may, manyUncertain)
    if (found === 0) return []
    const all = "c.filter || '((' || ? || ') AND (' || ? || c.untold || '))'"
    const marked =
      found < manyUncertain ? may : markedSql(all, [asked(terms), unlike.join(' OR '), named])
    return [{text: `${docid} IN (${marked.text})`, values: marked.values}]
  })
  const waiting = {text: `${docid} IN (SELECT docid FROM text_waiting)`, values: []}
  return disjunction([...parts, waiting])
}

function markedSql(match: string, values: Sql['values']): Sql {
  const text = `SELECT rowid FROM text_index WHERE text_index MATCH (SELECT ${match} FROM ${namedColumns} c)`
  return {text, values}
}

/** What FTS5 is asked. Which columns the places have is looked up in the same view of the data. */
function matchSql({places, terms}: WordsCondition): Sql {
  if (places === undefined) return {text: '?', values: [asked(terms)]}
  return {
    text: `(SELECT c.filter || '(' || ? || ')' FROM ${namedColumns} c)`,
    values: [asked(terms), JSON.stringify(places)],
  }
}

/** The columns of places, as FTS5 is told them, and what stands in those whose words are not told apart. */
const namedColumns = `(SELECT '{a${lastColumn} ' || coalesce(group_concat('a' || t.place, ' '), '') || '} : ' AS filter, ' OR "${column}${lastColumn}"' || coalesce(group_concat(' OR "${column}' || t.place || '"', ''), '') AS untold FROM json_each(?) n JOIN text_column t ON t.name = n.value)`

function asked(terms: readonly WordTerm[]): string {
  return terms.map(({words, prefix}) => phrase(words.join(' '), prefix)).join(' AND ')
}

/** Words in a row, the last perhaps a beginning, in the language of FTS5. */
function phrase(words: string, prefix: boolean): string {
  return `"${words}"${prefix ? ' *' : ''}`
}

function prepare(database: Database.Database) {
  const names = Array.from({length: columns}, (_, place) => `a${place}`)
  return {
    behind: database.prepare('SELECT 1 FROM text_waiting LIMIT 1'),
    waiting: database.prepare(
      'SELECT w.docid, json(d.body) AS body FROM text_waiting w LEFT JOIN document d USING (docid) ORDER BY w.docid LIMIT ?',
    ),
    forget: database.prepare('DELETE FROM text_waiting WHERE docid = ?'),
    digest: database.prepare('SELECT digest FROM text_digest WHERE docid = ?'),
    addDigest: database.prepare('INSERT INTO text_digest VALUES (?, ?)'),
    dropDigest: database.prepare('DELETE FROM text_digest WHERE docid = ?'),
    places: database.prepare('SELECT name, place FROM text_column'),
    addPlace: database.prepare('INSERT INTO text_column VALUES (?, ?)'),
    addWords: database.prepare(
      `INSERT INTO text_index (rowid, ${names.join(', ')}) VALUES (?${', ?'.repeat(columns)})`,
    ),
    dropWords: database.prepare('DELETE FROM text_index WHERE rowid = ?'),
    merge: database.prepare("INSERT INTO text_index (text_index, rank) VALUES ('merge', ?)"),
    total: database.prepare('SELECT total_changes() AS total'),
    documents: database.prepare('SELECT coalesce(sum(documents), 0) AS total FROM type_count'),
  }
}
