import type Database from 'better-sqlite3'
import {z} from 'zod'

import type {LakeDocument} from '../documents/document.ts'
import {bundleOf} from '../documents/ids.ts'
import type {IndexKey} from '../query/selection.ts'
import {reachOf, type Following} from './followingIndex.ts'
import {indexKeySchema} from './keyIndexes.ts'
import {parseDocument} from './bodies.ts'
import {indexedValues, nameOf, pathSql} from './keySql.ts'
import {digestOf, wordsOf} from './textWords.ts'

const indexRow = z.object({index_id: z.number(), key: z.string(), entries: z.number()})
const bodyRow = z.object({body: z.string()})
const digestRow = z.object({digest: z.string()})
const typeRow = z.object({
  type: z.string(),
  bundle: z.string(),
  counted: z.number(),
  present: z.number(),
})
const countRow = z.object({count: z.number()})

type CompleteIndex = {id: number; key: IndexKey; name: string; surplus: number}

/** The tables that repeat what documents say, to find them quickly: counts, indexes over keys, the text index. */
export class DerivedInspection {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  #indexes: readonly CompleteIndex[] | undefined
  readonly #uneven = new Map<Following, number>()

  /** On a connection that only reads. */
  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
  }

  /** Names of the complete indexes that do not hold a document where it belongs. */
  indexesWithout(document: LakeDocument, docid: number): string[] {
    return this.#completeIndexes()
      .filter(({id, key}) =>
        indexedValues(document, key).some(({rank, value}) => {
          const entry = [id, document._type, rank, value, bundleOf(document._id), docid]
          return this.#statements.entry.get(...entry) === undefined
        }),
      )
      .map(({name}) => name)
  }

  /** Complete indexes that do not have as many entries as the documents need, with how many more or (negative) fewer there are. */
  unbalancedIndexes(): {name: string; surplus: number}[] {
    return this.#completeIndexes()
      .filter(({surplus}) => surplus !== 0)
      .map(({name, surplus}) => ({name, surplus}))
  }

  /** Entries of an index that is neither there nor given up. */
  strayEntries(): number {
    return countRow.parse(this.#statements.strayEntries.get()).count
  }

  /** How many rows an index that follows has and its table has not, or the other way round as far as the index has come. */
  uneven(following: Following): number {
    const known = this.#uneven.get(following)
    if (known !== undefined) return known
    const {count} = countRow.parse(this.#database.prepare(unevenSql(following)).get())
    this.#uneven.set(following, count)
    return count
  }

  /** Whether the text index holds other words than a document that does not wait to be read into it. */
  isTextWrong(document: LakeDocument, docid: number): boolean {
    if (this.#statements.waiting.get(docid) !== undefined) return false
    const row = this.#statements.digest.get(docid)
    return row === undefined || digestRow.parse(row).digest !== digestOf(wordsOf(document))
  }

  /** Rows of the text index that are of no document, or whose words are missing. */
  strayText(): number {
    return countRow.parse(this.#statements.strayText.get()).count
  }

  /** Counts by type and bundle that are wrong. */
  wrongCounts(): z.infer<typeof typeRow>[] {
    return this.#statements.wrongCounts.all().map((row) => typeRow.parse(row))
  }

  #completeIndexes(): readonly CompleteIndex[] {
    this.#indexes ??= this.#database
      .prepare(
        `SELECT index_id, key,
           (SELECT count(*) FROM key_entry e WHERE e.index_id = i.index_id) AS entries
         FROM key_index i WHERE complete = 1 ORDER BY index_id`,
      )
      .all()
      .map((row) => {
        const {index_id: id, key: text, entries} = indexRow.parse(row)
        const key = indexKeySchema.parse(JSON.parse(text))
        return {id, key, name: nameOf(key), surplus: entries - this.#entriesNeeded(key)}
      })
    return this.#indexes
  }

  #entriesNeeded(key: IndexKey): number {
    if (!('elementsOf' in key)) return countRow.parse(this.#statements.documents.get()).count
    let needed = 0
    const arrays = `SELECT json(body) AS body FROM document WHERE json_type(body, ${pathSql(key.elementsOf)}) = 'array'`
    for (const row of this.#database.prepare(arrays).iterate()) {
      needed += indexedValues(parseDocument(bodyRow.parse(row).body), key).length
    }
    return needed
  }
}

function prepare(database: Database.Database) {
  return {
    entry: database.prepare(
      `SELECT 1 FROM key_entry WHERE index_id = ? AND type = ? AND rank = ? AND value = ?
         AND bundle = ? AND docid = ?`,
    ),
    strayEntries: database.prepare(
      `SELECT count(*) AS count FROM key_entry
       WHERE index_id NOT IN (SELECT index_id FROM key_index UNION ALL SELECT index_id FROM key_index_gone)`,
    ),
    documents: database.prepare('SELECT count(*) AS count FROM document'),
    waiting: database.prepare('SELECT 1 FROM text_waiting WHERE docid = ?'),
    digest: database.prepare('SELECT digest FROM text_digest WHERE docid = ?'),
    // FTS5 keeps one row of sizes for each row that it has taken in.
    strayText: database.prepare(
      `SELECT
         (SELECT count(*) FROM text_digest
          WHERE docid NOT IN (SELECT id FROM text_index_docsize)
            OR docid NOT IN (SELECT docid FROM document UNION SELECT docid FROM text_waiting))
         + (SELECT count(*) FROM text_index_docsize WHERE id NOT IN (SELECT docid FROM text_digest))
       AS count`,
    ),
    wrongCounts: database.prepare(
      `SELECT type, bundle, sum(counted) AS counted, sum(present) AS present FROM (
         SELECT type, bundle, documents AS counted, 0 AS present FROM type_count
         UNION ALL SELECT type, bundle, 0, 1 FROM document)
       GROUP BY type, bundle HAVING sum(counted) <> sum(present) ORDER BY type, bundle`,
    ),
  }
}

function unevenSql(following: Following): string {
  const {source, number, index, columns} = following
  const same = Object.entries(columns).map(([there, here]) => `i.${there} = s.${here}`)
  const isSame = same.join(' AND ')
  const reach = reachOf(following)
  return `SELECT
    (SELECT count(*) FROM ${source} s WHERE s.${number} <= ${reach} AND NOT EXISTS (SELECT 1 FROM ${index} i WHERE ${isSame}))
    + (SELECT count(*) FROM ${index} i
       WHERE NOT EXISTS (SELECT 1 FROM ${source} s WHERE s.${number} <= ${reach} AND ${isSame}))
    AS count`
}
