import {execFile} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'

import {serve} from '@hono/node-server'
import {createClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {newsroomRoles} from '../../editorial/roles.ts'
import {openLake, type Lake} from '../../lake/server.ts'
import {capture, kerryFile, read} from './support/fixtures.ts'

const script = resolve('scripts/import-story.ts')
const id = capture(read('kerry-in-moscow.txt')).article._id

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dateline-import-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

function importKerry(
  environment: {[name: string]: string} = {},
): Promise<{code: number; out: string; err: string}> {
  return new Promise((done) => {
    const args = [script, '--data', folder, '--publish', kerryFile]
    execFile(
      process.execPath,
      args,
      {cwd: folder, env: {...process.env, ...environment}},
      (error, out, err) => {
        done({code: typeof error?.code === 'number' ? error.code : 0, out, err})
      },
    )
  })
}

async function withLake<Answer>(
  url: string,
  use: (lake: Lake) => Promise<Answer>,
): Promise<Answer> {
  const silent = {debug() {}, info() {}, warn() {}, error() {}}
  const lake = await openLake({
    dataDirectory: folder,
    projectId: 'dateline',
    datasets: ['production'],
    publicUrl: url,
    extraHosts: [],
    productName: 'Dateline',
    roles: newsroomRoles,
    environment: {clock: {now: () => new Date()}, logger: silent, newId: randomUUID},
  })
  try {
    return await use(lake)
  } finally {
    await lake.close()
  }
}

async function storyIn(lake: Lake): Promise<unknown> {
  const administrator = {userId: 'test', displayName: 'Test', role: 'administrator'}
  const client = createClient({
    projectId: 'dateline',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    apiHost: 'http://localhost:3000',
    useProjectHostname: false,
    perspective: 'raw',
    resolveFetch: () => lake.internalFetch(administrator),
  })
  return await client.fetch(
    `{
      "story": *[_type == "article"]{_id, headline, update, firstPublishedAt, "sections": sections[].heading},
      "state": *[_type == "editorialState"]{_id, stage, "history": history[].action},
      "receipt": *[_type == "importReceipt"]{_id, counts}
    }`,
  )
}

const live = {
  story: [
    {
      _id: id,
      headline: 'Kerry in Moscow to Push for Political Transition in Syria',
      update: true,
      firstPublishedAt: '2016-03-23T00:00:00.000Z',
      sections: [
        "‘A moment to seize'",
        'Ukraine fighting drags on',
        "US Calls for Nadiya Savchenko's release",
      ],
    },
  ],
  state: [{_id: `editorial.${id}`, stage: 'live', history: ['import']}],
  receipt: [
    {_id: `newsroom.receipt.${id}`, counts: {kept: 24, merged: 3, dropped: 5, unplaced: 0}},
  ],
}

describe('importing into the embedded lake', () => {
  test('works on the data folder when no server runs, and changes nothing the second time', async () => {
    const first = await importKerry()
    expect(first).toMatchObject({code: 0, out: expect.stringContaining('The story is live.')})
    expect(await withLake('http://localhost:3000', storyIn)).toEqual(live)
    const second = await importKerry()
    expect(second).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing has changed since the last import.'),
    })
    expect(await withLake('http://localhost:3000', storyIn)).toEqual(live)
  })

  test('goes through the server that runs on the folder, and leaves no token behind', async () => {
    const port = await freePort()
    await withLake(`http://localhost:${port}`, async (lake) => {
      const server = serve({fetch: lake.fetch, port, hostname: '127.0.0.1'})
      try {
        expect(await importKerry()).toMatchObject({code: 0, err: ''})
        expect(await importKerry()).toMatchObject({
          out: expect.stringContaining('Nothing has changed'),
        })
        expect(await storyIn(lake)).toEqual(live)
        expect(await lake.accounts.tokens.list()).toEqual([])
        expect(await importKerry({DATELINE_TOKEN: 'lake_unknown'})).toMatchObject({
          code: 1,
          err: expect.stringMatching(/^The lake does not know the token in DATELINE_TOKEN\..*\n$/u),
        })
      } finally {
        await new Promise((closed) => server.close(closed))
      }
    })
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address: AddressInfo | string | null = server.address()
  await new Promise((closed) => server.close(closed))
  return typeof address === 'object' && address !== null ? address.port : 0
}
