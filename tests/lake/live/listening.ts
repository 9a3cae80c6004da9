import type {Mutation, SanityClient} from '@sanity/client'
import {afterAll, beforeAll, expect} from 'vitest'

import {isJsonObject} from '../../../lake/documents/document.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'
import type {ReadEvent} from './eventReader.ts'
import {openedReaders} from './openedReaders.ts'

// Importing this file gives the importing file a lake of its own, and readers that are closed after each test.

export let lake: RunningLake
export let client: SanityClient
export let token: string
export const {read} = openedReaders()

beforeAll(async () => {
  lake = await startLake()
  client = await lake.clientFor('editor', {perspective: 'raw'})
  token = await lake.tokenFor('editor')
})

afterAll(() => lake.close())

type Options = {
  query?: string
  search?: {[name: string]: string}
  version?: string
  headers?: {[name: string]: string}
  at?: RunningLake
}

export async function listen({
  query = '*',
  search = {},
  version = '2025-02-19',
  headers,
  at = lake,
}: Options) {
  const parameters = new URLSearchParams({query, ...search})
  const url = `${at.url}/v${version}/data/listen/production?${parameters}`
  return await read(url, headers ?? {authorization: `Bearer ${token}`})
}

/** Opens a listener and waits for its welcome. */
export async function welcomed(options: Options) {
  const reader = await listen(options)
  expect(await reader.next()).toMatchObject({event: 'welcome'})
  return reader
}

/** Writes one mutation under a transaction id of the test's own. */
export async function commit(transactionId: string, mutation: Mutation, writer = client) {
  await writer.mutate([mutation], {transactionId})
}

export const everything = {includeAllVersions: 'true'}

export function dataOf({data}: ReadEvent) {
  if (!isJsonObject(data)) throw new Error('The event carries no object.')
  return data
}
