import {join} from 'node:path'

import {expect, test, vi} from 'vitest'

import {temporaryFolder} from '../scripts/support/files.ts'
import {breaking} from './support/crashes/breaking.ts'
import {anyCall, crash, prepareFolder} from './support/crashes/crash.ts'
import {importsIntoFolder} from './support/crashes/imports.ts'
import {indexing, migration, unindexedFolder, version1Folder} from './support/crashes/indexing.ts'
import {mutations} from './support/crashes/mutations.ts'
import {uploads} from './support/crashes/uploads.ts'

vi.setConfig({testTimeout: 120_000})

const folder = () => join(temporaryFolder(), 'data')

// The night kills two hundred times: tests/nightly/crashes.test.ts.

test('kill -9 at any call of mutations by several clients leaves nothing lost and nothing half there', async () => {
  expect(await crash(mutations, await prepareFolder(folder()), anyCall(mutations))).toMatchObject({
    faults: [],
  })
})

test('kill -9 at any call of uploads leaves each file that was acknowledged, and no pieces', async () => {
  expect(await crash(uploads, await prepareFolder(folder()), anyCall(uploads))).toMatchObject({
    faults: [],
  })
})

test('kill -9 at any call of an import leaves whole documents, and the import can be run again', async () => {
  expect(
    await crash(importsIntoFolder, await prepareFolder(folder()), anyCall(importsIntoFolder)),
  ).toMatchObject({faults: []})
})

test('kill -9 at any call of indexing leaves indexes that the next start completes', async () => {
  expect(await crash(indexing, await unindexedFolder(folder()), anyCall(indexing))).toMatchObject({
    faults: [],
  })
})

test('kill -9 at any call of a migration leaves one schema or the other, with everything in it', async () => {
  expect(await crash(migration, await version1Folder(folder()), anyCall(migration))).toMatchObject({
    faults: [],
  })
})

test('kill -9 at any call of breaking news leaves a banner wholly up or not at all, and a retry makes no second', async () => {
  expect(await crash(breaking, await prepareFolder(folder()), anyCall(breaking))).toMatchObject({
    faults: [],
  })
})
