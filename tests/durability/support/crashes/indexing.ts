import type {SanityClient} from '@sanity/client'
import {expect} from 'vitest'

import {openDatabase} from '../../../../lake/store/database.ts'
import {datasetMigrations} from '../../../../lake/store/datasetMigrations.ts'
import {writeVersion1} from '../version1.ts'
import {prepareFolder, type CrashFolder, type CrashKind} from './crash.ts'
import {datasetFile, openToFill, writer} from './filling.ts'

const size = 2500

const documents = Array.from({length: size}, (_, index) => ({
  _id: `old-${String(index).padStart(4, '0')}`,
  _type: 'old',
  _rev: `rev-${index}`,
  rank: (index * 7919) % size,
  text: `Word${index % 10} of ${index}. `.repeat(20),
  first: refersTo(index % 100),
}))

function refersTo(index: number) {
  return {_type: 'reference' as const, _ref: `old-${String(index).padStart(4, '0')}`}
}

/** A folder whose dataset the program of schema 1 left. */
export async function version1Folder(data: string): Promise<CrashFolder> {
  const folder = await prepareFolder(data)
  writeVersion1(datasetFile(data), documents)
  return folder
}

/** A folder whose dataset a program of schema 4, 5 or 6 left, with everything taken into its text index. */
export async function olderFolder(data: string, version: 4 | 5 | 6): Promise<CrashFolder> {
  const folder = await version1Folder(data)
  const database = openDatabase(datasetFile(data), datasetMigrations.slice(0, version))
  database.exec(`
    BEGIN;
    INSERT INTO text_column VALUES ('_id', 0), ('text', 1);
    INSERT INTO text_index (rowid, a0, a1) SELECT docid, id, body ->> '$.text' FROM document;
    INSERT INTO text_digest SELECT docid, 'as it was' FROM document;
    DELETE FROM text_waiting;
    COMMIT;
  `)
  database.close()
  return folder
}

/** A folder in which all is indexed but what was written last: half of the texts, which are other ones now. */
export async function rewrittenFolder(data: string): Promise<CrashFolder> {
  const folder = await version1Folder(data)
  const dataset = await openToFill(data)
  await dataset.settled()
  const even = documents.filter((_, index) => index % 2 === 0)
  for (let start = 0; start < even.length; start += 50) {
    const patches = even.slice(start, start + 50).map(({_id, text}) => ({
      patch: {id: _id, set: {text: `${text} ${rewritten}`}},
    }))
    await dataset.mutate(patches, {}, writer)
  }
  await dataset.close()
  return folder
}

/** A folder of the present schema in which next to nothing has been taken into an index. */
export async function unindexedFolder(data: string): Promise<CrashFolder> {
  const folder = await version1Folder(data)
  const dataset = await openToFill(data)
  await dataset.close()
  return folder
}

/** A folder whose dataset has just given up an index, with all its entries still there. */
export async function givenUpFolder(data: string): Promise<CrashFolder> {
  const folder = await version1Folder(data)
  const dataset = await openToFill(data)
  const request = {query: byRank, params: {}, perspective: ['raw']}
  for (let asked = 0; asked < 10; asked++) await dataset.query(request, writer)
  await dataset.settled()
  await dataset.close()
  const database = openDatabase(datasetFile(data), datasetMigrations)
  const rank = `WHERE key LIKE '%"rank"%'`
  database.exec(`
    BEGIN;
    INSERT INTO key_index_gone SELECT index_id FROM key_index ${rank};
    DELETE FROM key_index ${rank};
    COMMIT;
  `)
  const gone = database.prepare('SELECT count(*) FROM key_index_gone').pluck().get()
  database.close()
  expect(gone).toBe(1)
  return folder
}

const rewritten = 'Rewritten since.'
const byRewritten = 'count(*[_type == "old" && text match "rewritten since"])'
const byText = '*[_type == "old" && text match "word7"] | order(_id)._id'
const byRank = '*[_type == "old" && rank < 50] | order(rank)._id'

/** A file of an older schema is brought to the present one; what comes after is indexing. */
export const migration: CrashKind<void> = {calls: 5000, work: askOften, check: expectEverything}

/** Text is taken in, the built-in indexes are built, and one more that begins to pay. */
export const indexing: CrashKind<void> = {calls: 4000, work: askOften, check: expectEverything}

/** The entries of an index that was given up are cleared, while the same key gets a new one. */
export const clearing: CrashKind<void> = {calls: 800, work: askOften, check: expectEverything}

/** The text index catches up with what was written last, by itself and for questions. */
export const catchingUp: CrashKind<void> = {
  calls: 1200,
  work: askOften,
  async check({client}) {
    expect(await client.fetch(byRewritten)).toBe(size / 2)
    const wanted = documents.filter((_, index) => index % 10 === 7)
    expect(await client.fetch(byText)).toEqual(wanted.map(({_id}) => _id))
    expect(await client.fetch('count(*[text match "word6"])')).toBe(size / 10)
  },
}

/** Asks until everything has an index, or the server is gone. */
async function askOften({client}: {client: SanityClient}): Promise<void> {
  try {
    for (let time = 0; time < 20; time++) {
      await client.fetch(byRank)
      await client.fetch(byText)
      await client.createOrReplace({_id: 'new', _type: 'new', time, first: refersTo(time)})
    }
  } catch (error) {
    expect(String(error)).toMatch(/fetch failed|terminated|closed|ECONN/)
  }
}

async function expectEverything({client}: {client: SanityClient}): Promise<void> {
  const ids = (wanted: typeof documents) => wanted.map(({_id}) => _id)
  expect(
    await client.fetch('*[_type == "old"] | order(_id) {_id, _type, _rev, rank, text, first}'),
  ).toEqual(documents)
  expect(await client.fetch(byText)).toEqual(ids(documents.filter((_, index) => index % 10 === 7)))
  const referring = documents.filter((_, index) => index % 100 === 7)
  expect(
    await client.fetch('*[_type == "old" && references("old-0007")] | order(_id)._id'),
  ).toEqual(ids(referring))
  const ranked = documents.filter(({rank}) => rank < 50)
  expect(await client.fetch(byRank)).toEqual(ids(ranked.toSorted((a, b) => a.rank - b.rank)))
}
