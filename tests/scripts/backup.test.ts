import {linkSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs'
import {createHash} from 'node:crypto'
import {join} from 'node:path'

import {expect, test, vi} from 'vitest'

import {startLake} from '../lake/support/startLake.ts'
import {filesOf, temporaryFolder} from './support/files.ts'
import {runScript} from './support/script.ts'

vi.setConfig({testTimeout: 60_000})

test('npm run backup copies a stopped data folder, its files as hard links, and leaves it as it was', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const copy = join(folder, 'copy')
  const lake = await startLake({dataDirectory: data})
  const client = await lake.clientFor('editor')
  await client.create({_id: 'note', _type: 'note'})
  await client.assets.upload('file', Buffer.from('a file'), {filename: 'a.txt'})
  await lake.lake.accounts.users.add({name: 'Anna', role: 'editor'})
  await lake.close()
  const before = await filesOf(data)

  const backup = await runScript('backup', [copy, '--data', data])

  expect(backup).toEqual({
    code: 0,
    signal: null,
    err: '',
    out: [
      `Copied ${data} to ${copy} (asset files: 1 hard link, 0 copies).`,
      'The copy opens. Examined in it: "production" with 2 documents, 2 transactions and 1 file; 1 person who may sign in.',
      'Nothing is wrong.',
      `To restore it, start on it, or on a copy of it: npm start -- --data ${copy}`,
      '',
    ].join('\n'),
  })
  const hash = createHash('sha1').update('a file').digest('hex')
  const original = join('assets', 'production', 'originals', hash.slice(0, 2), hash)
  expect(Object.keys(await filesOf(copy))).toEqual([
    original,
    'datasets/production.sqlite',
    'lake.sqlite',
  ])
  expect(statSync(join(copy, original)).ino).toBe(statSync(join(data, original)).ino)
  expect(await filesOf(data)).toMatchObject(before)
  expect(readdirSync(folder).toSorted()).toEqual(['copy', 'data'])

  const reopened = await startLake({dataDirectory: copy})
  const reading = await reopened.clientFor('viewer')
  expect(await reading.fetch('*[_type == "note"]._id')).toEqual(['note'])
  await reopened.close()
})

test('npm run backup says in a sentence what it needs, and leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const lake = await startLake({dataDirectory: data})
  await lake.close()
  const damaged = join(folder, 'damaged')
  mkdirSync(join(damaged, 'datasets'), {recursive: true})
  linkSync(join(data, 'lake.sqlite'), join(damaged, 'lake.sqlite'))
  writeFileSync(join(damaged, 'datasets', 'production.sqlite'), 'x'.repeat(5000))
  const copy = join(folder, 'copy')

  const outcomes = await Promise.all([
    runScript('backup', ['--data', data]),
    runScript('backup', [data, '--data', data]),
    runScript('backup', [join(data, 'backup'), '--data', data]),
    runScript('backup', [join(folder, 'no', 'copy'), '--data', data]),
    runScript('backup', [copy, '--data', join(folder, 'nowhere')]),
    runScript('backup', [copy, '--data', damaged]),
  ])

  expect(outcomes.map(({code, err}) => ({code, err: err.split('\n')[0]}))).toEqual([
    {code: 1, err: 'Name the one folder to make.'},
    {
      code: 1,
      err: `${data} exists already. A backup is a new folder: name another one.`,
    },
    {
      code: 1,
      err: `${join(data, 'backup')} is inside the data folder. Name a folder outside of it, best on another disk.`,
    },
    {code: 1, err: `The folder ${join(folder, 'no')} does not exist. Make it first.`},
    {code: 1, err: `There is no data folder at ${join(folder, 'nowhere')}.`},
    {
      code: 1,
      err: `Nothing was backed up to ${copy}: it is not a database of this program.`,
    },
  ])
  expect(readdirSync(folder).toSorted()).toEqual(['damaged', 'data'])
})
