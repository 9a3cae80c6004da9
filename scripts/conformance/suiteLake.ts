import {randomUUID} from 'node:crypto'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {serve} from '@hono/node-server'
import {ClientError, createClient, type SanityClient} from '@sanity/client'

import type {Caller} from '../../lake/access/caller.ts'
import type {Role} from '../../lake/access/roles.ts'
import {isJsonObject} from '../../lake/documents/document.ts'
import type {LakeEnvironment} from '../../lake/environment.ts'
import {LakeError} from '../../lake/errors.ts'
import {openLake, type Lake} from '../../lake/server.ts'
import type {Case, Suite, SuiteDocument} from './suite.ts'

/** What came of a query: an answer, a refusal (4xx) with its sentence, or a failure of the lake's own. */
export type Outcome = {answer: unknown} | {refused: string} | {failed: string}

export type SuiteLake = {
  /** Documents of the suite that the lake does not take, each with the reason. Their datasets go without them. */
  refusedDocuments: readonly string[]
  inProcess(asked: Case): Promise<Outcome>
  overHttp(asked: Case): Promise<Outcome>
  close(): Promise<void>
}

const role: Role = {
  name: 'administrator',
  title: 'Administrator',
  description: 'May do everything.',
  grants: [{filter: '_id in path("**")', permissions: ['read', 'create', 'update', 'manage']}],
}

const caller: Caller = {
  kind: 'internal',
  userId: 'conformance',
  displayName: 'Conformance',
  roles: [role.name],
  reads: 'everything',
  may: () => true,
}

const silent = () => undefined

const environment: LakeEnvironment = {
  clock: {now: () => new Date()},
  logger: {debug: silent, info: silent, warn: silent, error: silent},
  newId: randomUUID,
}

/**
 * Opens a lake on a folder that goes again, serves it on a port of this machine, and brings every dataset of the
 * suite into one of its own through the mutate endpoint.
 */
export async function openSuiteLake(suite: Suite): Promise<SuiteLake> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'lake-conformance-'))
  let lake: Lake | undefined
  const {port, stop} = await listen(async (request) =>
    lake ? await lake.fetch(request) : new Response('starting', {status: 503}),
  )
  const close = async () => {
    lake?.endStreams()
    await stop()
    await lake?.close()
    await rm(dataDirectory, {recursive: true, force: true})
  }
  try {
    const names = new Map([...suite.datasets.keys()].map((name, index) => [name, `suite-${index}`]))
    const publicUrl = `http://localhost:${port}`
    const opened = await openLake({
      dataDirectory,
      projectId: 'conformance',
      datasets: [...names.values()],
      publicUrl,
      extraHosts: [],
      productName: 'Conformance',
      roles: [role],
      environment,
    })
    lake = opened
    const {secret} = await opened.accounts.tokens.add({name: 'conformance', role: role.name})
    const clientFor = (dataset: string) =>
      createClient({
        projectId: 'conformance',
        dataset: names.get(dataset) ?? dataset,
        apiHost: publicUrl,
        useProjectHostname: false,
        apiVersion: '2025-02-19',
        useCdn: false,
        maxRetries: 0,
        perspective: 'raw',
        token: secret,
      })
    const clients = new Map([...names.keys()].map((name) => [name, clientFor(name)]))
    const refusedDocuments: string[] = []
    for (const [name, documents] of suite.datasets) {
      const refused = await importDocuments(clients.get(name) ?? clientFor(name), documents)
      refusedDocuments.push(...refused.map((refusal) => `${name} ${refusal}`))
    }
    return {
      refusedDocuments,
      inProcess: ({dataset, query, params}) =>
        outcomeOf(async () => {
          const store = opened.dataset(names.get(dataset) ?? dataset)
          const answered = await store.query({query, params, perspective: ['raw']}, caller)
          return answered.result
        }),
      overHttp: ({dataset, query, params}) =>
        outcomeOf(async () => {
          const client = clients.get(dataset) ?? clientFor(dataset)
          return await client.fetch<unknown>(query, params)
        }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Creates the documents in one transaction, since they may refer to each other. When the lake refuses one of them,
 * each is tried alone for as long as that brings further ones in; what remains is refused, with the lake's reason.
 */
async function importDocuments(
  client: SanityClient,
  documents: readonly SuiteDocument[],
): Promise<string[]> {
  if (documents.length === 0 || (await refusalOf(client, documents)) === undefined) return []
  let waiting = documents
  for (;;) {
    const refused: {document: SuiteDocument; reason: string}[] = []
    for (const document of waiting) {
      const reason = await refusalOf(client, [document])
      if (reason !== undefined) refused.push({document, reason})
    }
    if (refused.length === waiting.length) {
      return refused.map(({document, reason}) => `${JSON.stringify(document['_id'])}: ${reason}`)
    }
    waiting = refused.map(({document}) => document)
  }
}

async function refusalOf(
  client: SanityClient,
  documents: readonly SuiteDocument[],
): Promise<string | undefined> {
  const outcome = await outcomeOf(() =>
    client.request({
      url: `/data/mutate/${client.config().dataset}`,
      method: 'POST',
      body: {mutations: documents.map((document) => ({create: document}))},
    }),
  )
  if ('failed' in outcome) throw new Error(`The lake failed at an import: ${outcome.failed}`)
  return 'refused' in outcome ? outcome.refused : undefined
}

async function outcomeOf(ask: () => Promise<unknown>): Promise<Outcome> {
  try {
    return {answer: await ask()}
  } catch (error) {
    const reason = reasonOf(error)
    const isRefusal =
      error instanceof ClientError || (error instanceof LakeError && error.status < 500)
    return isRefusal ? {refused: reason} : {failed: reason}
  }
}

function reasonOf(error: unknown): string {
  const details: unknown = error instanceof ClientError ? error.details : undefined
  const description = isJsonObject(details) ? details['description'] : undefined
  if (typeof description === 'string') return description
  return error instanceof Error ? error.message : String(error)
}

function listen(
  answer: (request: Request) => Promise<Response>,
): Promise<{port: number; stop: () => Promise<void>}> {
  return new Promise((resolve, reject) => {
    const server = serve({fetch: answer, port: 0, hostname: '127.0.0.1'}, ({port}) => {
      const stop = () =>
        new Promise<void>((stopped) => {
          server.close(() => stopped())
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
      resolve({port, stop})
    })
    server.once('error', reject)
  })
}
