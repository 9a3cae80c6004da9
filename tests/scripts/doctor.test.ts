import {createHash} from 'node:crypto'
import {cpSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import Database from 'better-sqlite3'
import {afterAll, beforeAll, expect, test, vi} from 'vitest'

import {DatasetStore} from '../../lake/store/datasetStore.ts'
import {movableClock, startLake} from '../lake/support/startLake.ts'
import {filesOf, newFolder, removeFolder} from './support/files.ts'
import {runScript} from './support/script.ts'

vi.setConfig({testTimeout: 60_000})

const photo = 'the bytes of a file'
const photoHash = createHash('sha1').update(photo).digest('hex')
const photoId = `file-${photoHash}-txt`
const photoPath = join('assets', 'production', 'originals', photoHash.slice(0, 2), photoHash)

let folder = ''
let sound = ''

beforeAll(async () => {
  folder = newFolder()
  sound = join(folder, 'sound')
  await makeDataFolder(sound)
})
afterAll(() => removeFolder(folder))

test('the doctor finds nothing in a sound data folder, in use or not, and changes nothing', async () => {
  const before = await filesOf(sound)
  const stopped = await runScript('doctor', ['--data', sound, '--thorough'])
  expect(await filesOf(sound)).toMatchObject(before)
  const lake = await startLake({dataDirectory: sound})
  const running = await runScript('doctor', ['--data', sound])
  await lake.close()

  expect([stopped, running]).toEqual([
    {
      code: 0,
      signal: null,
      err: '',
      out: `Examined ${sound}: "production" with 4 documents, 6 transactions and 1 file; 0 people who may sign in.\nNothing is wrong.\n`,
    },
    {
      code: 0,
      signal: null,
      err: '',
      out: `Examined ${sound}: "production" with 4 documents, 6 transactions and 1 file; 0 people who may sign in. The server at ${lake.url} went on meanwhile.\nNothing is wrong.\n`,
    },
  ])
})

const damages: {
  name: string
  damage: (data: string) => void
  args?: readonly string[]
  findings: (data: string) => string[]
}[] = [
  {
    name: 'a body that is another one',
    damage: inDataset(
      `UPDATE document SET body = jsonb_set(body, '$.headline', 'Forged') WHERE id = 'story'`,
    ),
    findings: () => [
      '✗ Dataset "production": the text index does not have the words of "story".',
      '✗ Dataset "production": "story" is not what its history gives at transaction 4 ("t-edit").',
    ],
  },
  {
    name: 'a body that is none',
    damage: inDataset(`UPDATE document SET body = x'ff' WHERE id = 'story'`),
    findings: () => [
      '✗ Dataset "production": the document "story" cannot be read: its body is damaged.',
    ],
  },
  {
    name: 'a column that disagrees with the body',
    damage: inDataset(`UPDATE document SET type = 'poem' WHERE id = 'topic'`),
    findings: () => [
      '✗ Dataset "production": "topic" is filed under the type "poem", its body says "topic".',
      '✗ Dataset "production": the count of documents of the type "poem" says 0, there are 1.',
      '✗ Dataset "production": the count of documents of the type "topic" says 1, there are 0.',
    ],
  },
  {
    name: 'missing rows of the reference table',
    damage: inDataset('DELETE FROM document_reference; DELETE FROM reference'),
    findings: () => [
      '✗ Dataset "production": "story" has a strong reference to "anna", which is missing in the reference table.',
      '✗ Dataset "production": "story" has a weak reference to "topic", which is missing in the reference table.',
    ],
  },
  {
    name: 'missing rows of the index over references',
    damage: inDataset(
      'UPDATE reference_indexed SET docid = (SELECT max(docid) FROM document); DELETE FROM reference',
    ),
    findings: () => [
      '✗ Dataset "production": the index over references and the references of documents differ in 2.',
    ],
  },
  {
    name: 'a row of the index over references that no document calls for',
    damage: inDataset(
      "INSERT INTO reference SELECT 'nobody', docid, 0 FROM document WHERE id = 'story'",
    ),
    findings: () => [
      '✗ Dataset "production": the index over references and the references of documents differ in one.',
    ],
  },
  {
    name: 'a change that the index over changes lacks',
    damage: inDataset(
      'UPDATE change_indexed SET sequence = (SELECT max(sequence) FROM log); DELETE FROM document_change',
    ),
    findings: () => ['✗ Dataset "production": the index over changes and the log differ in 7.'],
  },
  {
    name: 'a row of the index over changes that is not in the log',
    damage: inDataset("INSERT INTO document_change VALUES ('nobody', 1, 0)"),
    findings: () => ['✗ Dataset "production": the index over changes and the log differ in one.'],
  },
  {
    name: 'a document that is gone without a trace',
    damage: inDataset(`DELETE FROM document WHERE id = 'anna'`),
    findings: () => [
      '✗ Dataset "production": "story" has a strong reference to "anna", which is not there.',
      '✗ Dataset "production": the index over _updatedAt holds 1 more than the documents call for.',
      '✗ Dataset "production": the index over _createdAt holds 1 more than the documents call for.',
      '✗ Dataset "production": the index over slug.current holds 1 more than the documents call for.',
      '✗ Dataset "production": the text index and what it was made of differ for one document.',
      '✗ Dataset "production": the count of documents of the type "author" says 1, there are 0.',
      '✗ Dataset "production": "anna" is not there, although its history does not say that it was deleted.',
      '✗ Dataset "production": "anna" is not what its history gives at transaction 1 ("t-anna").',
    ],
  },
  {
    name: 'an entry that an index lacks',
    damage: inDataset(
      `DELETE FROM key_entry WHERE docid = (SELECT docid FROM document WHERE id = 'story') AND type = 'article'
         AND index_id = (SELECT index_id FROM key_index WHERE key LIKE '%slug%')`,
    ),
    findings: () => [
      '✗ Dataset "production": the index over slug.current does not have "story" in its place.',
      '✗ Dataset "production": the index over slug.current holds 1 fewer than the documents call for.',
    ],
  },
  {
    name: 'an index that is gone and has left its entries',
    damage: inDataset(`DELETE FROM key_index WHERE key LIKE '%slug%'`),
    findings: () => ['✗ Dataset "production": 4 entries belong to no index.'],
  },
  {
    name: 'a gap in the log',
    damage: inDataset('DELETE FROM change WHERE sequence = 5; DELETE FROM log WHERE sequence = 5'),
    findings: () => [
      '✗ Dataset "production": the log has a gap before transaction 6: 5 should come next. Listeners cannot resume across it.',
      `✗ Dataset "production": the document "${photoId}" has no history.`,
    ],
  },
  {
    name: 'a history that does not hang together',
    damage: inDataset(`UPDATE change SET previous_rev = 'forged' WHERE sequence = 4`),
    findings: () => [
      '✗ Dataset "production": the history of "story" is broken at transaction 4 ("t-edit"): it stands on revision forged, the one before it is t-made.',
    ],
  },
  {
    name: 'a log whose time goes back',
    damage: inDataset(`UPDATE log SET timestamp = '2020-01-01T00:00:00.000Z' WHERE sequence = 6`),
    findings: () => [
      '✗ Dataset "production": the log\'s time does not rise at transaction 6: "2020-01-01T00:00:00.000Z" comes after "2026-01-01T12:00:00.004Z".',
    ],
  },
  {
    name: 'a missing file of an asset',
    damage: (data) => rmSync(join(data, photoPath)),
    findings: (data) => [
      `✗ Dataset "production": the file of the asset "${photoId}" is missing: ${join(data, photoPath)}.`,
    ],
  },
  {
    name: 'damaged bytes of an asset, with --thorough',
    damage: (data) => writeFileSync(join(data, photoPath), photo.toUpperCase()),
    args: ['--thorough'],
    findings: (data) => [
      `✗ Dataset "production": the file of the asset "${photoId}" is damaged: ${join(data, photoPath)}.`,
    ],
  },
  {
    name: 'a token of somebody without access, and a listed dataset without a file',
    damage: inFile(
      'lake.sqlite',
      `UPDATE users SET revokedAt = '2026-01-01T00:00:00.000Z', name = 'Bot' WHERE kind = 'robot';
       INSERT INTO datasets VALUES ('staging', '2026-01-01T00:00:00.000Z')`,
    ),
    findings: () => [
      '✗ Accounts: the dataset "staging" is listed, but its file is missing.',
      '✗ Accounts: "Bot" has no access any more, but still a token or session.',
    ],
  },
  {
    name: 'a file that is no database',
    damage: (data) => writeFileSync(join(data, 'lake.sqlite'), 'x'.repeat(5000)),
    findings: (data) => [
      `✗ Accounts: ${join(data, 'lake.sqlite')} cannot be read: it is not a database of this program.`,
    ],
  },
  {
    name: 'a file of an older version',
    damage: inDataset('PRAGMA user_version = 1'),
    findings: (data) => [
      `✗ Dataset "production": ${join(data, 'datasets', 'production.sqlite')} was written by an older version of this program; start this version on it once, which brings it up to date.`,
    ],
  },
  {
    name: 'a file of a newer version',
    damage: inDataset('PRAGMA user_version = 99'),
    findings: (data) => [
      `✗ Dataset "production": ${join(data, 'datasets', 'production.sqlite')} was written by a newer version of this program.`,
    ],
  },
]

test.each(damages)('the doctor finds $name', async ({damage, args = [], findings}) => {
  const data = copyOf(sound)
  damage(data)
  const {code, out, err} = await runScript('doctor', ['--data', data, ...args])
  expect({code, err, findings: out.trim().split('\n').slice(1)}).toEqual({
    code: 1,
    err: '',
    findings: findings(data),
  })
})

test('the doctor finds that a file was cut off', async () => {
  const data = copyOf(sound)
  const file = join(data, 'datasets', 'production.sqlite')
  truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096)
  const {code, out} = await runScript('doctor', ['--data', data])
  expect(code).toBe(1)
  expect(out).toMatch(/^✗ Dataset "production": .*(damage|cannot be read)/m)
})

test('the doctor tells of files that nobody asks for, which is not wrong', async () => {
  const data = copyOf(sound)
  const orphan = 'a'.repeat(40)
  writeFileSync(join(data, 'assets', 'production', 'originals', photoHash.slice(0, 2), orphan), 'x')
  const {code, out} = await runScript('doctor', ['--data', data])
  expect({code, lines: out.trim().split('\n').slice(1)}).toEqual({
    code: 0,
    lines: [
      `· Dataset "production": the file ${orphan} belongs to no asset that is there now.`,
      'Nothing is wrong.',
    ],
  })
})

test('the doctor says in a sentence what it needs', async () => {
  const nowhere = join(folder, 'nowhere')
  const outcomes = await Promise.all([
    runScript('doctor', ['--data', nowhere]),
    runScript('doctor', ['--all']),
    runScript('doctor', [], {
      env: {SANITY_STUDIO_LAKE: 'hosted', SANITY_STUDIO_PROJECT_ID: 'abc123'},
    }),
  ])
  expect(outcomes.map(({code, err}) => ({code, err: err.split('\n')[0]}))).toEqual([
    {code: 1, err: `There is no data folder at ${nowhere}.`},
    {code: 1, err: "Unknown option '--all'."},
    {
      code: 1,
      err: 'With SANITY_STUDIO_LAKE=hosted there is no data folder here: Sanity keeps the content.',
    },
  ])
  expect(readdirSync(folder)).not.toContain('nowhere')
})

/** Six transactions: a byline, a topic, a story that refers to both, an edit, and a note that comes and goes. */
async function makeDataFolder(data: string): Promise<void> {
  const lake = await startLake({dataDirectory: data, clock: movableClock()})
  const client = await lake.clientFor('editor')
  await client.mutate([{create: {_id: 'anna', _type: 'author'}}], {transactionId: 't-anna'})
  await client.mutate([{create: {_id: 'topic', _type: 'topic'}}], {transactionId: 't-topic'})
  const story = {
    _id: 'story',
    _type: 'article',
    headline: 'First',
    author: {_ref: 'anna'},
    topic: {_ref: 'topic', _weak: true},
  }
  await client.mutate([{create: story}, {create: {_id: 'gone', _type: 'note'}}], {
    transactionId: 't-made',
  })
  await client.mutate([{patch: {id: 'story', set: {headline: 'Second'}}}], {
    transactionId: 't-edit',
  })
  await client.assets.upload('file', Buffer.from(photo), {filename: 'photo.txt'})
  await client.mutate([{delete: {id: 'gone'}}], {transactionId: 't-gone'})
  await lake.close()
  await settle(join(data, 'datasets', 'production.sqlite'))
}

/** Does at once what a dataset does for itself when it is quiet, so that nothing waits. */
async function settle(file: string): Promise<void> {
  const store = new DatasetStore(file)
  let working = true
  while (working) working = (await store.buildIndexStep()) || (await store.indexTextStep())
  await store.close()
}

function copyOf(data: string): string {
  const copy = join(newFolderIn(folder), 'data')
  cpSync(data, copy, {recursive: true})
  return copy
}

let copies = 0
function newFolderIn(parent: string): string {
  copies += 1
  return join(parent, `copy-${copies}`)
}

function inDataset(sql: string): (data: string) => void {
  return inFile(join('datasets', 'production.sqlite'), sql)
}

function inFile(file: string, sql: string): (data: string) => void {
  return (data) => {
    const database = new Database(join(data, file))
    database.pragma('foreign_keys = OFF')
    database.exec(sql)
    database.close()
  }
}
