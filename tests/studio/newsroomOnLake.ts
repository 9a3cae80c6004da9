import {randomUUID} from 'node:crypto'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import {expect, onTestFinished} from 'vitest'

import type {Article} from '../../editorial/documents.ts'
import {newsroomRoles} from '../../editorial/roles.ts'
import {openLake, type Lake} from '../../lake/server.ts'
import {createLakeClient} from '../../queries/client.ts'
import {publishStory} from '../../studio/publishing/publishStory.ts'
import {readStory} from '../../studio/publishing/storyAsRead.ts'

const projectId = 'dateline'
const dataset = 'production'
const origin = 'http://localhost:4310'
const logger = {debug() {}, info() {}, warn() {}, error() {}}

/** A lake of its own with two publishers at it. */
export async function newsroom(): Promise<{ann: SanityClient; bob: SanityClient}> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'dateline-studio-'))
  const lake = await openLake({
    dataDirectory,
    projectId,
    datasets: [dataset],
    publicUrl: origin,
    extraHosts: [],
    productName: 'Dateline',
    roles: newsroomRoles,
    environment: {clock: {now: () => new Date()}, logger, newId: randomUUID},
  })
  onTestFinished(async () => {
    await lake.close()
    await rm(dataDirectory, {recursive: true})
  })
  return {ann: clientOf(lake, 'ann', 'Ann Editor'), bob: clientOf(lake, 'bob', 'Bob Publisher')}
}

function clientOf(lake: Lake, userId: string, displayName: string): SanityClient {
  const answering = lake.internalFetch({userId, displayName, role: 'publisher'})
  return createLakeClient({
    lake: 'embedded',
    projectId,
    dataset,
    perspective: 'raw',
    apiHost: origin,
    resolveFetch: () => answering,
  })
}

/** A story that can be published. */
export const draft = {
  _id: 'drafts.kerry',
  _type: 'article',
  headline: 'Kerry in Moscow',
  slug: {_type: 'slug', current: 'kerry-in-moscow'},
  language: 'en',
  lede: [
    {
      _type: 'block',
      _key: 'a',
      style: 'normal',
      markDefs: [],
      children: [{_type: 'span', _key: 'b', text: 'He came.', marks: []}],
    },
  ],
}

/** The story, published. */
export async function liveStory(client: SanityClient): Promise<void> {
  await client.createOrReplace(draft)
  const asRead = await readStory(client, 'kerry')
  const outcome = await publishStory({
    client,
    articleId: 'kerry',
    asRead,
    answer: {kind: 'now', reason: 'It is news.'},
    by: 'ann',
    role: 'publisher',
  })
  expect(outcome).toEqual({kind: 'done'})
}

/** A change to the live story, in its draft. */
export async function editHeadline(client: SanityClient, headline: string): Promise<void> {
  const live = await client.getDocument<Article>('kerry')
  await client.createIfNotExists({...live, ...draft})
  await client.patch('drafts.kerry').set({headline}).commit()
}
