import {randomUUID} from 'node:crypto'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {serve} from '@hono/node-server'
import {createClient, type ClientConfig, type SanityClient} from '@sanity/client'

import type {Role} from '../../../lake/access/roles.ts'
import type {Clock, LakeEnvironment, Logger} from '../../../lake/environment.ts'
import {openLake, type Lake, type LakeOptions} from '../../../lake/server.ts'

/** Three roles that differ in all that matters to a lake: one reads, one writes everything, one manages. */
export const testRoles: readonly Role[] = [
  {
    name: 'viewer',
    title: 'Viewer',
    description: 'Reads everything.',
    grants: [{filter: '_id in path("**")', permissions: ['read', 'history']}],
  },
  {
    name: 'editor',
    title: 'Editor',
    description: 'Writes everything.',
    grants: [{filter: '_id in path("**")', permissions: ['read', 'create', 'update', 'history']}],
  },
  {
    name: 'administrator',
    title: 'Administrator',
    description: 'May do everything.',
    grants: [
      {
        filter: '_id in path("**")',
        permissions: ['read', 'create', 'update', 'history', 'editHistory', 'manage'],
      },
    ],
  },
]

/** A clock that stands still until a test moves it. */
export function movableClock(start = '2026-01-01T12:00:00.000Z'): Clock & {
  advance(milliseconds: number): void
} {
  let now = new Date(start)
  return {
    now: () => now,
    advance(milliseconds) {
      now = new Date(now.getTime() + milliseconds)
    },
  }
}

export type LogLine = {level: 'debug' | 'info' | 'warn' | 'error'; message: string; fields: object}

/** A logger that keeps its lines. */
export function keptLog(): {logger: Logger; lines: LogLine[]} {
  const lines: LogLine[] = []
  const keep = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({level, message, fields})
  }
  const logger = {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
  }
  return {logger, lines}
}

/** The environment of a test: real time unless a clock is given, and a log that is kept. */
export function testEnvironment(clock: Clock = {now: () => new Date()}): LakeEnvironment {
  return {clock, logger: keptLog().logger, newId: randomUUID}
}

export type RunningLake = {
  /** `http://localhost:PORT` */
  url: string
  projectId: string
  dataDirectory: string
  lake: Lake
  /** A client over HTTP that acts by a new token of that role. */
  clientFor(role: string, config?: ClientConfig): Promise<SanityClient>
  /** A new token's secret, for requests that a test makes by hand. */
  tokenFor(role: string): Promise<string>
  anonymousClient(config?: ClientConfig): SanityClient
  /** Signs a new person in as a browser would; resolves to the `Cookie` header of the session. */
  signIn(role: string, name?: string): Promise<string>
  /** Closes server and lake; the folder goes too, unless it was handed in. */
  close(): Promise<void>
}

export type StartLakeOptions = Partial<
  Pick<
    LakeOptions,
    'roles' | 'guards' | 'check' | 'datasets' | 'dataDirectory' | 'projectId' | 'environment'
  >
> & {clock?: Clock; publicUrl?: string; extraHosts?: readonly string[]; port?: number}

/** Opens a lake on a new data folder and serves it over real HTTP on a free port. */
export async function startLake(options: StartLakeOptions = {}): Promise<RunningLake> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'lake-test-')))
  const projectId = options.projectId ?? 'testing'
  let lake: Lake | undefined
  const {server, port} = await listen(options.port ?? 0, async (request) =>
    lake ? await lake.fetch(request) : new Response('starting', {status: 503}),
  )
  const url = `http://localhost:${port}`
  const stopServer = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  try {
    lake = await openLake({
      dataDirectory,
      projectId,
      datasets: options.datasets ?? ['production'],
      publicUrl: options.publicUrl ?? url,
      extraHosts: options.extraHosts ?? [],
      productName: 'Testing',
      roles: options.roles ?? testRoles,
      guards: options.guards ?? [],
      ...(options.check && {check: options.check}),
      environment: options.environment ?? testEnvironment(options.clock),
    })
  } catch (error) {
    await stopServer()
    throw error
  }
  const opened = lake
  const base: ClientConfig = {
    projectId,
    dataset: options.datasets?.[0] ?? 'production',
    apiHost: url,
    useProjectHostname: false,
    apiVersion: '2025-02-19',
    useCdn: false,
    maxRetries: 0,
  }
  const tokenFor = async (role: string) => {
    const {secret} = await opened.accounts.tokens.add({name: `${role} ${randomUUID()}`, role})
    return secret
  }
  return {
    url,
    projectId,
    dataDirectory,
    lake,
    tokenFor,
    clientFor: async (role, config = {}) =>
      createClient({...base, token: await tokenFor(role), ...config}),
    anonymousClient: (config = {}) => createClient({...base, ...config}),
    signIn: async (role, name = `Person ${randomUUID()}`) => {
      await opened.accounts.users.add({name, role})
      const link = new URL(await opened.signInUrl(name))
      const body = new URLSearchParams({code: link.searchParams.get('code') ?? ''})
      const headers = {origin: url}
      const answer = await fetch(`${url}/sign-in`, {
        method: 'POST',
        body,
        headers,
        redirect: 'manual',
      })
      const cookie = answer.headers.get('set-cookie')?.split(';')[0]
      if (answer.status !== 303 || !cookie) throw new Error(`Signing in failed: ${answer.status}`)
      return cookie
    },
    async close() {
      opened.endStreams()
      await stopServer()
      await opened.close()
      if (!options.dataDirectory) await rm(dataDirectory, {recursive: true, force: true})
    },
  }
}

function listen(
  port: number,
  fetchCallback: (request: Request) => Promise<Response>,
): Promise<{server: ReturnType<typeof serve>; port: number}> {
  return new Promise((resolve, reject) => {
    const server = serve({fetch: fetchCallback, port, hostname: '127.0.0.1'}, (address) =>
      resolve({server, port: address.port}),
    )
    // As the product's: a client that is held up for seconds must not find a connection that is being closed.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 75_000
    server.once('error', reject)
  })
}
