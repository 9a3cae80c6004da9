import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import Database from 'better-sqlite3'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {openDataset} from '../../../lake/documents/openDataset.ts'
import {datasetMigrations} from '../../../lake/store/datasetMigrations.ts'
import {internalCaller as caller} from '../support/internalCaller.ts'

const environment = {
  clock: {now: () => new Date('2026-11-24T12:00:00.000Z')},
  logger: {debug() {}, info() {}, warn() {}, error() {}},
  newId: () => crypto.randomUUID(),
}
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const times = {_rev: 'r1', _createdAt: '2026-01-01T00:00:00Z', _updatedAt: '2026-01-02T00:00:00Z'}
const documents = [
  {_id: 'a', _type: 'article', ...times, title: 'Été “quoted” \ud83d', topics: [{_ref: 't'}]},
  {_id: 'drafts.a', _type: 'article', ...times, title: 'Draft', size: 1e21, nested: {list: [1.5]}},
  {
    _id: 'versions.summer.a',
    _type: 'article',
    ...times,
    title: 'Version',
    far: {_ref: 'f', _dataset: 'other'},
  },
  {_id: 't', _type: 'topic', ...times, title: 'Topic', slug: {current: 'topic'}},
]

/** A file as the program of schema 1 left it. */
function writeVersion1(file: string): void {
  const database = new Database(file)
  database.exec(datasetMigrations[0]?.sql ?? '')
  database.pragma('user_version = 1')
  for (const document of documents) {
    const [kind, group] = document._id.startsWith('drafts.')
      ? ['draft', document._id.slice(7)]
      : document._id.startsWith('versions.')
        ? ['version', 'a']
        : ['published', document._id]
    database
      .prepare('INSERT INTO document VALUES (?, ?, ?, ?, ?)')
      .run(document._id, group, kind, document._type, JSON.stringify(document))
  }
  database.prepare("INSERT INTO reference VALUES ('a', 't', 1)").run()
  database.close()
}

const readByParts = `
  INSERT INTO text_part (docid, attribute, digest) SELECT docid, 'title', hex(docid) FROM document;
  INSERT INTO text_index (rowid, words)
    SELECT textid, lower(body ->> 'title') FROM text_part JOIN document USING (docid);
  DELETE FROM text_waiting;
`
const readByColumns = `
  INSERT INTO text_column VALUES ('title', 0);
  INSERT INTO text_digest SELECT docid, hex(docid) FROM document;
  INSERT INTO text_index (rowid, a0) SELECT docid, lower(body ->> 'title') FROM document;
  DELETE FROM text_waiting;
`

/** The same file as later programs left it, once those before the last had read everything into their text index. */
function writeVersion(version: number, file: string): void {
  writeVersion1(file)
  if (version === 1) return
  const database = new Database(file)
  for (const migration of datasetMigrations.slice(1, version)) database.exec(migration.sql)
  database.pragma(`user_version = ${version}`)
  // What the last has read is not read again, and it reads as the present program does.
  if (version < 7) database.exec(version < 4 ? readByParts : readByColumns)
  database.close()
}

test('every version that is migrated from is tried', () => {
  expect(datasetMigrations.at(-1)?.version).toBe(10)
})

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
  'a file of schema %i is brought to the present one',
  async (version) => {
    const file = join(folder, 'production.sqlite')
    writeVersion(version, file)
    const dataset = await openDataset({name: 'production', projectId: 'p', file, environment})
    const ask = async (query: string, perspective = ['raw']) =>
      (await dataset.query({query, params: {}, perspective}, caller)).result
    const exported: unknown[] = []
    for await (const document of dataset.exportDocuments(undefined, caller)) exported.push(document)
    expect(exported).toEqual(documents.toSorted((one, other) => (one._id < other._id ? -1 : 1)))
    expect(await ask('*[references("t")]._id')).toEqual(['a'])
    expect(await ask('*[references("f")]._id')).toEqual(['versions.summer.a'])
    expect(await ask('*[_type == "article"].title', ['summer', 'drafts'])).toEqual(['Version'])
    expect(await ask('*[_type == "article"].title', ['drafts'])).toEqual(['Draft'])
    expect(await ask('*[slug.current == "topic"]._id')).toEqual(['t'])
    expect(await ask('*[title match text::query("ete quoted")]._id')).toEqual(['a'])
    expect(await ask('*[pt::text(title) match "quoted" || title match "dra*"]._id')).toEqual([
      'drafts.a',
    ])
    expect(await ask('*[_type == "article"] | score(title match "version")[0]._id')).toBe(
      'versions.summer.a',
    )
    expect(await ask('count(*[_type == "article"])')).toBe(3)
    await expect(dataset.mutate([{delete: {id: 't'}}], {}, caller)).rejects.toMatchObject({
      status: 409,
    })
    await dataset.close()
  },
)
