import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import sharp from 'sharp'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {breakStory} from '../../editorial/breaking.ts'
import {article, editorialState} from '../../editorial/documents.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import {newsroomRoles} from '../../editorial/roles.ts'
import {importStory} from '../../ingest/importStory.ts'
import {startLake, type RunningLake} from '../lake/support/startLake.ts'
import {countedKeys} from './stories.ts'

const kerry = join(import.meta.dirname, '../../ingest/fixtures/kerry-in-moscow.txt')
const by = 'user-of-the-desk'
const newKey = countedKeys()

let lake: RunningLake
let client: SanityClient

beforeAll(async () => {
  lake = await startLake({roles: newsroomRoles})
  client = await lake.clientFor('administrator', {perspective: 'raw'})
  const {documents} = await importStory({
    client,
    text: await readFile(kerry, 'utf8'),
    options: {fileName: 'kerry-in-moscow.txt', now: new Date(), language: 'en'},
    publish: true,
    by,
  })
  const story = documents.find(({_type}) => _type === 'article')?._id ?? ''
  const bytes = await sharp({create: {width: 8, height: 8, channels: 3, background: '#123'}})
    .jpeg()
    .toBuffer()
  const image = await client.assets.upload('image', bytes, {filename: 'kerry.jpg'})
  await client.create({_id: 'olga', _type: 'author', name: 'Olga', slug: {current: 'olga'}})
  await draft(story, {
    headline: 'Kerry Lands in Moscow',
    authors: [{_type: 'reference', _key: 'olga', _ref: 'olga'}],
    'leadFigure.image': {_type: 'image', asset: {_type: 'reference', _ref: image._id}},
  })
  await publish(story, {kind: 'update', note: 'He has landed.'})
  await draft(story, {standfirst: 'He arrived at noon.'})
  await publish(story, {kind: 'silentFix'})
  const {mutations} = breakStory({
    article: {_id: story},
    headline: 'Kerry Lands in Moscow',
    level: 'breaking',
    minutes: 30,
    now: new Date(),
    by,
    leaseId: 'lease',
    deskRevision: undefined,
    live: [],
  })
  await commit(mutations)
  await draft(story, {headline: 'Not for readers yet'})
})

afterAll(() => lake.close())

async function draft(id: string, set: object): Promise<void> {
  await client.action({
    actionType: 'sanity.action.document.edit',
    draftId: `drafts.${id}`,
    publishedId: id,
    patch: {set},
  })
}

async function publish(id: string, answer: PublicationAnswer): Promise<void> {
  const [draft, live, state] = await client.getDocuments([`drafts.${id}`, id, `editorial.${id}`])
  const publication = publicationOf({
    draft: article.parse(draft),
    live: article.parse(live),
    state: editorialState.parse(state),
    answer,
    now: new Date(),
    by,
    role: 'editor',
    newKey,
  })
  await commit(publication.mutations)
}

async function commit(mutations: readonly Mutation[]): Promise<void> {
  await client.request({method: 'POST', url: '/data/mutate/production', body: {mutations}})
}

/** Every name in a value, as paths without places in lists: `updates[].note`. */
function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => pathsIn(inner, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  // A palette has as many swatches as a picture has colours.
  if (path === 'metadata.palette') return [path]
  return Object.entries(value).flatMap(([name, inner]) =>
    pathsIn(inner, path === '' ? name : `${path}.${name}`),
  )
}

test('these are all the fields that somebody without a token can read, whatever they ask', async () => {
  const reader = lake.anonymousClient({perspective: 'raw'})
  const seen = await reader.fetch<{_type: string}[]>('*')
  const byType = new Map<string, Set<string>>()
  for (const document of seen) {
    const paths = byType.get(document._type) ?? new Set<string>()
    for (const path of pathsIn(document)) {
      if (!/(^|\.)_(id|type|rev|key|createdAt|updatedAt)$/.test(path)) paths.add(path)
    }
    byType.set(document._type, paths)
  }
  const fields = [...byType].map(([type, paths]) => [type, [...paths].sort()])
  expect(Object.fromEntries(fields)).toEqual({
    article: [
      'authors[]._ref',
      'firstPublishedAt',
      'headline',
      'language',
      'lastUpdatedAt',
      'leadFigure.alt',
      'leadFigure.caption',
      'leadFigure.image.asset._ref',
      'leadFigure.place',
      'leadFigure.takenAt',
      'lede[].children[].text',
      'lede[].style',
      'sections[].body[].children[].text',
      'sections[].body[].style',
      'sections[].figure.alt',
      'sections[].figure.caption',
      'sections[].figure.place',
      'sections[].figure.takenAt',
      'sections[].heading',
      'slug.current',
      'source.format',
      'source.importId',
      'source.importedAt',
      'source.label',
      'standfirst',
      'update',
      'updates[].at',
      'updates[].note',
      'updates[].number',
    ],
    author: ['name', 'slug.current'],
    breakingNews: ['article._ref', 'article._weak', 'headline', 'level', 'startsAt', 'until'],
    'sanity.imageAsset': [
      'assetId',
      'extension',
      'metadata.dimensions.aspectRatio',
      'metadata.dimensions.height',
      'metadata.dimensions.width',
      'metadata.hasAlpha',
      'metadata.isOpaque',
      'metadata.lqip',
      'metadata.palette',
      'mimeType',
      'originalFilename',
      'path',
      'sha1hash',
      'size',
      'uploadId',
      'url',
    ],
  })
})

test('no user and nothing unpublished stands in what they get', async () => {
  const reader = lake.anonymousClient({perspective: 'raw'})
  const everything = JSON.stringify(await reader.fetch('*'))
  expect(everything).not.toContain(by)
  expect(everything).not.toContain('Not for readers yet')
  expect(everything).toContain('He has landed.')
})
