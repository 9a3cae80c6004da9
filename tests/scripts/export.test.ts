import {createReadStream} from 'node:fs'
import {join} from 'node:path'

import {sanityImport} from '@sanity/import'
import {expect, test, vi} from 'vitest'

import {startLake} from '../lake/support/startLake.ts'
import {temporaryFolder} from './support/files.ts'
import {clientFor, startProduct} from './support/product.ts'
import {runScript} from './support/script.ts'

vi.setConfig({testTimeout: 120_000})

const everything =
  '*[!(_type match "sanity.*") && !(_id in path("_.**"))] | order(_id) {...,  "_rev": null, "_updatedAt": null}'

test('npm run export writes an archive that Sanity’s import brings into an empty lake, and leaves no token', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const archive = join(folder, 'newsroom.tar.gz')
  const product = await startProduct(['--data', data])
  const source = await clientFor(product, data)

  const exported = await runScript('export', [archive, '--data', data])

  expect(exported).toMatchObject({code: 0, err: ''})
  expect(exported.out).toContain(`npx sanity dataset import ${archive}`)
  const tokens = await runScript('token', ['list', '--data', data])
  expect(tokens.out.match(/export/g)).toBeNull()
  const before = await source.fetch(everything)
  await product.stop()

  const lake = await startLake()
  const target = await lake.clientFor('administrator')
  await sanityImport(createReadStream(archive), {client: target, operation: 'create'})
  expect(await target.fetch(everything, {}, {perspective: 'raw'})).toEqual(before)
  await lake.close()
})

test('npm run export says in a sentence what it needs', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const outcomes = await Promise.all([
    runScript('export', [join(folder, 'a.tar.gz'), '--data', data]),
    runScript('export', [folder, '--data', data]),
    runScript('export', []),
    runScript('export', [join(folder, 'no', 'a.tar.gz')]),
  ])
  expect(outcomes.map(({code, err}) => ({code, err: err.split('\n')[0]}))).toEqual([
    {
      code: 1,
      err: `No server runs on ${data}. Pictures are read through it: npm start it, and export again.`,
    },
    {code: 1, err: `${folder} exists already. Move it away, or name another file.`},
    {code: 1, err: 'Name the one file to write.'},
    {code: 1, err: `The folder ${join(folder, 'no')} does not exist. Make it first.`},
  ])
})
