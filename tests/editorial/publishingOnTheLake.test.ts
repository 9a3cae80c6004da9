import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {article, breakingNews, breakingLog, editorialState} from '../../editorial/documents.ts'
import {breakStory, endBreaking} from '../../editorial/breaking.ts'
import type {Mutation} from '../../editorial/mutations.ts'
import {publicationOf, type PublicationAnswer} from '../../editorial/publishing.ts'
import type {Caller} from '../../lake/access/caller.ts'
import type {Dataset} from '../../lake/documents/dataset.ts'
import type {LakeEnvironment} from '../../lake/environment.ts'
import {openDataset} from '../../lake/documents/openDataset.ts'
import {countedKeys, draftOf, liveStory} from './stories.ts'

const editor: Caller = {
  kind: 'internal',
  userId: 'ann',
  displayName: 'Ann',
  roles: ['administrator'],
  reads: 'everything',
  may: () => true,
}
const now = new Date('2026-11-24T14:05:00.000Z')
const newKey = countedKeys()
const environment: LakeEnvironment = {
  clock: {now: () => new Date()},
  logger: {debug: quiet, info: quiet, warn: quiet, error: quiet},
  newId: () => crypto.randomUUID(),
}
let folder: string
let dataset: Dataset

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-editorial-'))
  dataset = await openDataset({
    name: 'production',
    projectId: 'dateline',
    file: join(folder, 'production.sqlite'),
    environment,
  })
})

afterEach(async () => {
  await dataset.close()
  await rm(folder, {recursive: true})
})

test('a story is published, updated and cleared of its label, with one history entry each', async () => {
  const {firstPublishedAt: _none, ...draft} = draftOf(liveStory())
  await commit([{create: draft}])
  await publish({kind: 'now', reason: 'It is news.'})
  await commit([{create: draftOf(liveStory(), {headline: 'Kerry meets Putin'})}])
  await publish({kind: 'update', note: 'They met.'})
  await publish({kind: 'clearUpdateLabel'})
  const live = article.parse(await read('kerry'))
  const state = editorialState.parse(await read('editorial.kerry'))
  expect({
    draft: await read('drafts.kerry'),
    live: {headline: live.headline, update: live.update, updates: live.updates},
    history: state.history?.map(({action, note}) => [action, note]),
  }).toEqual({
    draft: undefined,
    live: {
      headline: 'Kerry meets Putin',
      update: false,
      updates: [
        {
          _type: 'articleUpdate',
          _key: expect.any(String),
          number: 1,
          at: '2026-11-24T14:05:00.000Z',
          note: 'They met.',
        },
      ],
    },
    history: [
      ['publishNow', 'It is news.'],
      ['republish', 'Update 1: They met.'],
      ['clearUpdateLabel', undefined],
    ],
  })
  expect('_revisionGuard' in live).toBe(false)
})

test('a change that somebody made meanwhile stops the whole publication', async () => {
  await commit([{create: liveStory()}, {create: draftOf(liveStory(), {headline: 'Half a headl'})}])
  const stale = await publication({kind: 'silentFix'})
  await commit([{patch: {id: 'drafts.kerry', set: {headline: 'Half a headline'}}}])
  await expect(commit(stale)).rejects.toThrow(/unexpected revision/)
  expect(await read('kerry')).toMatchObject({headline: 'Kerry in Moscow'})
  expect(await read('drafts.kerry')).toMatchObject({headline: 'Half a headline'})
})

test('breaking news goes out and comes down, with its log, and never twice', async () => {
  const start = breakStory({
    article: {_id: 'kerry'},
    headline: 'Kerry meets Putin',
    level: 'breaking',
    minutes: 30,
    now,
    by: 'ann',
    leaseId: 'lease-1',
    deskRevision: undefined,
    live: [],
  }).mutations
  await commit(start)
  await expect(commit(start)).rejects.toThrow(/already exists/)
  const desk = await read('newsroom.breakingDesk')
  const lease = breakingNews.parse(await read('lease-1'))
  const end = endBreaking({
    lease,
    log: breakingLog.parse(await read('newsroom.lease.lease-1')),
    deskRevision: desk?._rev,
    now: new Date('2026-11-24T14:10:00.000Z'),
    by: 'bob',
  }).mutations
  await commit(end)
  await expect(commit(end)).rejects.toThrow(/unexpected revision/)
  const log = breakingLog.parse(await read('newsroom.lease.lease-1'))
  expect(await read('lease-1')).toMatchObject({endedAt: '2026-11-24T14:10:00.000Z'})
  expect(log.log.map(({did, by}) => [did, by])).toEqual([
    ['start', 'ann'],
    ['end', 'bob'],
  ])
})

async function publication(answer: PublicationAnswer): Promise<Mutation[]> {
  const at = async (id: string) => (await read(id)) ?? undefined
  return publicationOf({
    draft: article.optional().parse(await at('drafts.kerry')),
    live: article.optional().parse(await at('kerry')),
    state: editorialState.optional().parse(await at('editorial.kerry')),
    answer,
    now,
    by: 'ann',
    role: 'publisher',
    newKey,
  }).mutations
}

async function publish(answer: PublicationAnswer): Promise<void> {
  await commit(await publication(answer))
}

async function commit(mutations: readonly Mutation[]): Promise<void> {
  await dataset.mutate(mutations, {}, editor)
}

async function read(id: string) {
  const {documents} = await dataset.documents([id], editor)
  return documents[0]
}

function quiet(): void {}
