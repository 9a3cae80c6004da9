import {join} from 'node:path'

import {expect, test, vi} from 'vitest'

import type {Finding} from '../../lake/doctor/findings.ts'
import {
  anyCall,
  crash,
  prepareFolder,
  type CrashFolder,
  type CrashKind,
  type Outcome,
} from '../durability/support/crashes/crash.ts'
import {importsIntoFolder, importsIntoServer} from '../durability/support/crashes/imports.ts'
import {backupOfServer, backups} from '../durability/support/crashes/backups.ts'
import {
  catchingUp,
  clearing,
  givenUpFolder,
  indexing,
  migration,
  olderFolder,
  rewrittenFolder,
  unindexedFolder,
  version1Folder,
} from '../durability/support/crashes/indexing.ts'
import {breaking} from '../durability/support/crashes/breaking.ts'
import {mutations} from '../durability/support/crashes/mutations.ts'
import {packing, unpackedFolder} from '../durability/support/crashes/packing.ts'
import {uploads} from '../durability/support/crashes/uploads.ts'
import {temporaryFolder} from '../scripts/support/files.ts'

vi.setConfig({testTimeout: 1_800_000})

/** Kills at so many random calls. Some come too late. Resolves to how many did not, and to the faults that there were. */
async function crashOften<Evidence>(
  kind: CrashKind<Evidence>,
  times: number,
  folder: () => Promise<CrashFolder>,
): Promise<{faults: Finding[]; killed: number}> {
  const outcomes: Outcome[] = []
  for (let time = 0; time < times; time++) {
    outcomes.push(await crash(kind, await folder(), anyCall(kind)))
  }
  return {
    faults: outcomes.flatMap(({faults}) => faults),
    killed: outcomes.filter(({killed}) => killed).length,
  }
}

const place = () => join(temporaryFolder(), 'data')

/** Most of the kills must hit something. */
const most = (times: number) => ({
  faults: [],
  killed: expect.toSatisfy((killed: number) => killed > times / 2),
})

async function oneFolder(): Promise<() => Promise<CrashFolder>> {
  const folder = await prepareFolder(place())
  return async () => folder
}

// Three hundred and eighty kills in all.

test('kill -9 at any call of mutations, sixty times on one folder', async () => {
  expect(await crashOften(mutations, 60, await oneFolder())).toEqual(most(60))
})

test('kill -9 at any call of uploads, forty times on one folder', async () => {
  expect(await crashOften(uploads, 40, await oneFolder())).toEqual(most(40))
})

test('kill -9 of a server at any call of an import, twenty times on one folder', async () => {
  expect(await crashOften(importsIntoServer, 20, await oneFolder())).toEqual(most(20))
})

test('kill -9 of an import at any of its calls, twenty times on one folder', async () => {
  expect(await crashOften(importsIntoFolder, 20, await oneFolder())).toEqual(most(20))
})

test('kill -9 at any call of indexing, thirty times, each on a new folder', async () => {
  expect(await crashOften(indexing, 30, () => unindexedFolder(place()))).toEqual(most(30))
})

test('kill -9 at any call of a migration, thirty times, each on a new folder', async () => {
  expect(await crashOften(migration, 30, () => version1Folder(place()))).toEqual(most(30))
})

test('kill -9 at any call of breaking news, twenty times, each on a new folder', async () => {
  expect(await crashOften(breaking, 20, () => prepareFolder(place()))).toEqual(most(20))
})

test.each([4, 5, 6] as const)(
  'kill -9 at any call of the migration of a file of schema %i, twenty times, each on a new folder',
  async (version) => {
    // The migration itself is among the first calls.
    const early = {...migration, calls: 800}
    const outcome = await crashOften(early, 20, () => olderFolder(place(), version))
    expect(outcome).toEqual(most(20))
  },
)

test('kill -9 at any call of catching up with the text, twenty times, each on a new folder', async () => {
  expect(await crashOften(catchingUp, 20, () => rewrittenFolder(place()))).toEqual(most(20))
})

test('kill -9 at any call of clearing an index that was given up, twenty times, each on a new folder', async () => {
  expect(await crashOften(clearing, 20, () => givenUpFolder(place()))).toEqual(most(20))
})

test('kill -9 at any call of packing history, twenty times, each on a new folder', async () => {
  expect(await crashOften(packing, 20, () => unpackedFolder(place()))).toEqual(most(20))
})

test('kill -9 of a backup at any of its calls, twenty times on one folder', async () => {
  expect(await crashOften(backups, 20, await oneFolder())).toEqual(most(20))
})

test('kill -9 of a server at any call while it is backed up, twenty times on one folder', async () => {
  expect(await crashOften(backupOfServer, 20, await oneFolder())).toEqual(most(20))
})
