import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import Database from 'better-sqlite3'
import {afterEach, beforeEach, expect, test} from 'vitest'

import type {Dataset} from '../../../lake/documents/dataset.ts'
import {openDataset} from '../../../lake/documents/openDataset.ts'
import {keptLog, testEnvironment, type LogLine} from '../support/startLake.ts'
import {internalCaller as caller} from '../support/internalCaller.ts'

/** Room for two, each of which has to be asked for once in vain, and may go after ten other selections. */
const indexPolicy = {payAfterDocuments: 1_000, most: 2, idleAfter: 10}

let folder: string
let dataset: Dataset
let lines: LogLine[]

async function open(): Promise<Dataset> {
  const log = keptLog()
  lines = log.lines
  return await openDataset({
    name: 'production',
    projectId: 'testing',
    file: join(folder, 'production.sqlite'),
    environment: {...testEnvironment(), logger: log.logger},
    indexPolicy,
  })
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lake-indexes-'))
  dataset = await open()
  const documents = Array.from({length: 1_200}, (_, number) => ({
    _id: `note-${number}`,
    _type: 'note',
    a: number,
    b: number,
    c: number,
  }))
  await dataset.mutate(
    documents.map((create) => ({create})),
    {},
    caller,
  )
  await dataset.settled()
})

afterEach(async () => {
  await dataset.close()
  rmSync(folder, {recursive: true})
})

async function idWith(key: string, value: number): Promise<unknown> {
  const request = {query: `*[_type == "note" && ${key} == ${value}][0]._id`, params: {}}
  return (await dataset.query({...request, perspective: ['raw']}, caller)).result
}

/** Asks, and lets what that has begun come to its end. */
async function ask(key: string, times = 1): Promise<void> {
  for (let asked = 0; asked < times; asked++) expect(await idWith(key, 7)).toBe('note-7')
  await dataset.settled()
}

async function indexed(): Promise<string[]> {
  const request = {query: '*[0]', params: {}, perspective: ['raw'], explain: true}
  const {explain} = await dataset.query(request, caller)
  const builtIn = new Set(['_updatedAt', '_createdAt', 'slug.current'])
  return (explain?.indexes ?? []).map(({key}) => key).filter((key) => !builtIn.has(key))
}

test('an index that queries no longer use makes room for one that pays', async () => {
  await ask('a')
  await ask('b')
  await ask('c', 3)
  expect(await indexed()).toEqual(['a', 'b'])
  await ask('b', 10)
  await ask('c')
  expect(await indexed()).toEqual(['b', 'c'])
  expect(lines.filter(({message}) => message.includes('made room'))).toMatchObject([
    {fields: {key: 'a'}},
  ])

  await dataset.mutate([{patch: {id: 'note-7', set: {a: -1, b: -1, c: -1}}}], {}, caller)
  expect(await Promise.all(['a', 'b', 'c'].map((key) => idWith(key, -1)))).toEqual([
    'note-7',
    'note-7',
    'note-7',
  ])
})

test('what a process that was killed has left of an index that went is cleared after the next start', async () => {
  await ask('a')
  await dataset.close()
  const file = join(folder, 'production.sqlite')
  const killed = new Database(file)
  killed.exec(`
    INSERT INTO key_index_gone SELECT index_id FROM key_index WHERE key LIKE '%"a"%';
    DELETE FROM key_index WHERE key LIKE '%"a"%';
  `)
  killed.close()
  dataset = await open()
  await ask('b')
  expect(await indexed()).toEqual(['b'])
  await dataset.close()
  const left = new Database(file, {readonly: true})
  const indexes = 'SELECT index_id FROM key_index'
  const entries = `SELECT count(*) FROM key_entry WHERE index_id NOT IN (${indexes})`
  expect(left.prepare(entries).pluck().get()).toBe(0)
  expect(left.prepare('SELECT count(*) FROM key_index_gone').pluck().get()).toBe(0)
  left.close()
})
