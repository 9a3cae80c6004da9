import type {SanityClient, SanityDocument} from '@sanity/client'
import {afterAll, beforeAll, beforeEach} from 'vitest'

import type {Commit} from '../../../lake/documents/commit.ts'
import {ask} from '../support/ask.ts'
import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

// Importing this file gives each test of the importing file a published story of its own, in one lake for the file.

export const clock = movableClock('2026-03-01T08:00:00.000Z')
/** A client that may write, in perspective `raw`. */
export let client: SanityClient
/** What was committed since the test began. */
export let commits: Commit[] = []
/** The story as it was published. */
export let published: SanityDocument
/** The story's id, new for each test, and its draft's, which is not there yet. */
export let id = ''
export let draftId = ''

let lake: RunningLake
let token: string
let count = 0

beforeAll(async () => {
  lake = await startLake({clock})
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
  lake.lake.dataset('production').onCommit((commit) => commits.push(commit))
})
afterAll(() => lake.close())

beforeEach(async () => {
  count += 1
  id = `story${count}`
  draftId = `drafts.${id}`
  published = await client.create({_id: id, _type: 'note', text: 'Published', list: [1]})
  clock.advance(1_000)
  commits = []
})

/** The status and body of the answer to document actions. */
export async function act(actions: unknown, more: object = {}, version = '2025-02-19') {
  const path = `/v${version}/data/actions/production`
  const {status, body} = await ask(lake, path, {token, json: {actions, ...more}})
  return [status, body]
}

/** The mutations that the last transaction is told as, by document. */
export function told() {
  const changes = commits.at(-1)?.changes ?? []
  return changes.map(({documentId, mutations}) => [documentId, mutations])
}

/** The story and its draft as they are; null for what is not there. */
export const both = () => client.getDocuments([id, draftId])
