import {createReadStream} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {SanityClient, SanityDocument} from '@sanity/client'
import {exportDataset} from '@sanity/export'
import {sanityImport} from '@sanity/import'
import sharp from 'sharp'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'

let from: RunningLake
let to: RunningLake
let folder: string
let source: SanityClient
let target: SanityClient

beforeAll(async () => {
  from = await startLake()
  to = await startLake()
  folder = await mkdtemp(join(tmpdir(), 'lake-export-'))
  source = await from.clientFor('administrator')
  target = await to.clientFor('administrator')
})

afterAll(async () => {
  await from.close()
  await to.close()
  await rm(folder, {recursive: true, force: true})
})

const documents = '*[!(_type match "sanity.*Asset")] | order(_id)'

function withoutRevision({_rev, _updatedAt, ...rest}: SanityDocument) {
  return rest
}

test('what Sanity’s own export writes, its import brings into another lake', async () => {
  const bytes = await sharp({create: {width: 40, height: 30, channels: 3, background: '#246'}})
    .png()
    .toBuffer()
  const image = await source.assets.upload('image', bytes, {filename: 'harbour.png'})
  await source
    .transaction()
    .create({_id: 'one', _type: 'story', related: {_type: 'reference', _ref: 'two'}})
    .create({
      _id: 'two',
      _type: 'story',
      related: {_type: 'reference', _ref: 'one'},
      maybe: {_type: 'reference', _ref: 'nobody', _weak: true},
      picture: {_type: 'image', asset: {_type: 'reference', _ref: image._id}},
      text: 'Grüße, пример, مثال',
    })
    .create({_id: 'drafts.one', _type: 'story', title: 'Not yet public'})
    .create({_id: 'private.note', _type: 'note', count: 3, list: [{_key: 'a', value: null}]})
    .commit()
  const archive = join(folder, 'production.tar.gz')

  await exportDataset({client: source, dataset: 'production', outputPath: archive})
  const {numDocs, warnings} = await sanityImport(createReadStream(archive), {
    client: target,
    operation: 'create',
  })

  expect({numDocs, warnings}).toEqual({numDocs: 4, warnings: []})
  const before = await source.fetch<SanityDocument[]>(documents, {}, {perspective: 'raw'})
  const after = await target.fetch<SanityDocument[]>(documents, {}, {perspective: 'raw'})
  expect(after.map(withoutRevision)).toEqual(before.map(withoutRevision))
  const asset = await target.getDocument(image._id)
  expect(asset).toMatchObject({sha1hash: image.sha1hash, metadata: {dimensions: {width: 40}}})
  const picture = await fetch(`${to.url}/${image.path}`)
  expect(Buffer.from(await picture.arrayBuffer()).equals(bytes)).toBe(true)
})
