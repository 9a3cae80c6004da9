import {randomBytes} from 'node:crypto'
import {join} from 'node:path'

import {expect, onTestFinished, test} from 'vitest'

import type {Caller} from '../../lake/access/caller.ts'
import {openDataset} from '../../lake/documents/openDataset.ts'
import {testEnvironment} from '../lake/support/startLake.ts'
import {temporaryFolder} from '../scripts/support/files.ts'
import {limitFiles} from './support/diskLimit.ts'
import {readLog} from './support/log.ts'
import {writeVersion1} from './support/version1.ts'

const writer: Caller = {
  kind: 'internal',
  userId: 'e-writer',
  displayName: 'Writer',
  roles: [],
  reads: 'everything',
  may: () => true,
}

/** Bytes up to which a file may still be written: a small transaction fits in, what is indexed does not. */
const littleSpace = 1_000_000

/** With as many of these as are waiting, far more new words than there is space for. */
const longText = () => randomBytes(40_000).toString('hex').replaceAll(/.{10}/g, '$& ')

/** A dataset in which nothing is in the text index yet. */
async function unindexedDataset() {
  const file = join(temporaryFolder(), 'production.sqlite')
  const documents = Array.from({length: 70}, (_, number) => ({
    _id: `long-${number}`,
    _type: 'long',
    _rev: `t-${number}`,
    text: longText(),
  }))
  writeVersion1(file, documents)
  const environment = testEnvironment()
  const dataset = await openDataset({name: 'production', projectId: 'p', file, environment})
  onTestFinished(async () => {
    limitFiles(process.pid, undefined)
    await dataset.close()
  })
  return {dataset, file}
}

const note = (id: string) => ({create: {_id: id, _type: 'note'}})

const diskAnswersWithErrors = {
  status: 503,
  code: 'diskUnwritable',
  message:
    'The disk that holds the data folder answers with errors. Nothing of this request was stored; look at the disk before you go on.',
}

test('a transaction that shares its turn with indexing that the disk refuses is refused with it, not lost', async () => {
  const {dataset, file} = await unindexedDataset()
  limitFiles(process.pid, littleSpace)
  const together = await Promise.allSettled([
    dataset.mutate([note('a')], {transactionId: 't-a'}, writer),
    dataset.query(
      {query: '*[_type == "long" && text match "none"]._id', params: {}, perspective: ['raw']},
      writer,
    ),
  ])
  limitFiles(process.pid, undefined)

  const refused = {status: 'rejected', reason: expect.objectContaining(diskAnswersWithErrors)}
  expect(together).toEqual([refused, refused])
  expect(await dataset.documents(['long-0', 'a'], writer)).toEqual({
    documents: [expect.objectContaining({_id: 'long-0'})],
    omitted: [{id: 'a', reason: 'existence'}],
  })
  await dataset.mutate([note('a')], {transactionId: 't-a'}, writer)
  expect(
    await dataset.query(
      {query: 'count(*[text match "none"])', params: {}, perspective: ['raw']},
      writer,
    ),
  ).toMatchObject({result: 0})
  await dataset.close()
  expect(readLog(file).slice(-2)).toEqual(['t-69', 't-a'])
})

test('whoever goes on writing after a refusal goes on from what is on disk', async () => {
  const file = join(temporaryFolder(), 'production.sqlite')
  const environment = testEnvironment()
  const dataset = await openDataset({name: 'production', projectId: 'p', file, environment})
  onTestFinished(async () => {
    limitFiles(process.pid, undefined)
    await dataset.close()
  })
  const patch = (set: object) => dataset.mutate([{patch: {id: 'a', set}}], {}, writer)
  await dataset.mutate([note('a')], {}, writer)
  await patch({first: 'kept'})
  limitFiles(process.pid, littleSpace)
  const refused = await Promise.allSettled([
    patch({second: 'lost'}),
    dataset.mutate([note('b')], {}, writer),
    patch({third: longText().repeat(20)}),
  ])
  limitFiles(process.pid, undefined)

  expect(refused.map(({status}) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await dataset.mutate([note('b')], {}, writer)
  await patch({fourth: 'kept'})
  const {documents} = await dataset.documents(['a'], writer)
  expect(documents).toEqual([
    {
      _id: 'a',
      _type: 'note',
      _rev: expect.any(String),
      _createdAt: expect.any(String),
      _updatedAt: expect.any(String),
      first: 'kept',
      fourth: 'kept',
    },
  ])
})
