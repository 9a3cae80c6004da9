import {rmSync} from 'node:fs'

import Database from 'better-sqlite3'
import {z} from 'zod'

/** What hand-written SQL must say of the lake's own table of documents. */
export type DocumentTable = {
  /** The body as JSON text, for a table alias. */
  bodyText(alias: string): string
}

const columnRow = z.object({name: z.string(), type: z.string()})
const bodyRow = z.object({id: z.string(), body: z.string()})
const span = z.object({text: z.string()})
const block = z.object({children: z.array(span)})
const storyText = z.object({
  headline: z.string(),
  firstPublishedAt: z.string(),
  lede: z.array(block),
  sections: z.array(z.object({body: z.array(block)})),
})

/** Conditions on a row of the lake's table, the same in queries and in the partial indexes that answer them. */
export const isStory = (alias: string): string => isPublished(alias, 'article')
export const isPublished = (alias: string, type: string): string =>
  `${alias}.type = '${type}' AND instr(${alias}.id, '.') = 0`

/** Looks at a lake's file: its table `document` must have `id`, `type` and `body`, as JSON text or JSONB. */
export function documentTable(database: Database.Database): DocumentTable {
  const columns = z.array(columnRow).parse(database.pragma('table_info(document)'))
  const body = columns.find(({name}) => name === 'body')
  const missing = ['id', 'type', 'body'].filter((name) => !columns.some((one) => one.name === name))
  if (body === undefined || missing.length > 0) {
    throw new Error(
      `The lake's table "document" has no ${missing.join(', ')} any more. Adapt bench/lake/limit/ to the new schema.`,
    )
  }
  const isText = body.type.toUpperCase() === 'TEXT'
  return {bodyText: (alias) => (isText ? `${alias}.body` : `json(${alias}.body)`)}
}

/**
 * Makes the file of the limit: the lake's table of documents just as it is, without history and whatever else the lake
 * keeps, with the indexes that somebody who writes these very queries by hand would add, a table of references and one
 * for full text.
 */
export function makeLimitFile(lakeFile: string, limitFile: string): void {
  rmSync(limitFile, {force: true})
  const database = new Database(limitFile)
  try {
    database.pragma('journal_mode = OFF')
    database.pragma('synchronous = OFF')
    database.pragma('cache_size = -200000')
    copyDocuments(database, lakeFile)
    const table = documentTable(database)
    database.exec(tables)
    database.transaction(() => fillFullText(database, table))()
    database.exec(fillReferences)
    database.exec(indexes)
    database.exec("INSERT INTO by_hand_text (by_hand_text) VALUES ('optimize')")
    database.exec('ANALYZE')
    database.pragma('journal_mode = WAL')
  } finally {
    database.close()
  }
}

function copyDocuments(database: Database.Database, lakeFile: string): void {
  database.prepare('ATTACH ? AS lake').run(lakeFile)
  const made = database
    .prepare(
      "SELECT sql FROM lake.sqlite_schema WHERE tbl_name = 'document' AND sql IS NOT NULL ORDER BY type DESC",
    )
    .pluck()
    .all()
  for (const statement of z.array(z.string()).parse(made)) database.exec(statement)
  database.exec('INSERT INTO document SELECT * FROM lake.document')
  database.exec('DETACH lake')
}

const tables = `
  CREATE TABLE by_hand_reference (target TEXT, source TEXT, PRIMARY KEY (target, source)) STRICT, WITHOUT ROWID;
  CREATE TABLE by_hand_story (number INTEGER PRIMARY KEY, id TEXT NOT NULL, published TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE by_hand_text USING fts5(
    headline, lede, sections, content = '', tokenize = "unicode61 remove_diacritics 0"
  );
  INSERT INTO by_hand_text (by_hand_text, rank) VALUES ('rank', 'bm25(3.0, 1.0, 1.0)');
`

const fillReferences = `
  INSERT OR IGNORE INTO by_hand_reference
  SELECT json_extract(one.value, '$._ref'), story.id
  FROM document AS story, json_each(story.body, '$.topics') AS one
  WHERE ${isStory('story')};
`

const published = (type: string): string =>
  isPublished('document', type).replaceAll('document.', '')

const indexes = `
  CREATE INDEX by_hand_type ON document (type, id) WHERE instr(id, '.') = 0;
  CREATE INDEX by_hand_slug ON document (json_extract(body, '$.slug.current')) WHERE ${published('article')};
  CREATE INDEX by_hand_newest ON document (json_extract(body, '$.firstPublishedAt') DESC, id, type) WHERE ${published('article')};
  CREATE INDEX by_hand_update ON document (json_extract(body, '$.update'), id, type) WHERE ${published('article')};
  CREATE INDEX by_hand_until ON document (json_extract(body, '$.until')) WHERE ${published('breakingNews')};
  CREATE INDEX by_hand_title ON document (json_extract(body, '$.title')) WHERE ${published('topic')};
`

function fillFullText(database: Database.Database, table: DocumentTable): void {
  const addStory = database.prepare('INSERT INTO by_hand_story VALUES (?, ?, ?)')
  const addText = database.prepare(
    'INSERT INTO by_hand_text (rowid, headline, lede, sections) VALUES (?, ?, ?, ?)',
  )
  // Read in pieces: a statement that is being stepped through keeps others from writing.
  const page = database.prepare(
    `SELECT id, ${table.bodyText('story')} AS body FROM document AS story
     WHERE ${isStory('story')} AND id > ? ORDER BY id LIMIT 500`,
  )
  let number = 0
  for (let after = '', more = true; more;) {
    const rows = z.array(bodyRow).parse(page.all(after))
    for (const {id, body} of rows) {
      number += 1
      const {headline, lede, sections, firstPublishedAt} = storyText.parse(JSON.parse(body))
      addStory.run(number, id, firstPublishedAt)
      addText.run(number, headline, plain(lede), plain(sections.flatMap((section) => section.body)))
    }
    more = rows.length > 0
    after = rows.at(-1)?.id ?? after
  }
}

function plain(blocks: readonly z.infer<typeof block>[]): string {
  return blocks.map(({children}) => children.map(({text}) => text).join('')).join('\n\n')
}
