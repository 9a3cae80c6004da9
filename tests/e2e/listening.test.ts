import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {extname, join} from 'node:path'

import {createAdaptorServer} from '@hono/node-server'
import type {Browser, BrowserContext, Page} from 'playwright-core'
import {build} from 'vite'
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest'
import {z} from 'zod'

import {openLake, type Lake} from '../../lake/server.ts'
import {testEnvironment, testRoles} from '../lake/support/startLake.ts'
import {openBrowser} from './support/browser.ts'

/** The page of this test, built as the Studio is: by Vite, with the shared worker as a file of its own. */
let pageFolder: string
let browser: Browser

let dataDirectory: string
let server: ListeningServer
let context: BrowserContext

beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), 'listening-page-'))
  await build({
    root: join(import.meta.dirname, 'listening'),
    base: '/page/',
    logLevel: 'warn',
    build: {outDir: pageFolder, emptyOutDir: true},
    worker: {format: 'es'},
  })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await rm(pageFolder, {recursive: true, force: true})
})

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'listening-lake-'))
  server = await startServer(dataDirectory)
  context = await browser.newContext()
})

afterEach(async () => {
  await context.close()
  await server.close()
  await rm(dataDirectory, {recursive: true, force: true})
})

type ListeningServer = {
  url: string
  lake: Lake
  /** Channels that are open, as the server sees them. */
  channels(): number
  /** Listeners that were opened on channels and not closed since. */
  listeners(): number
  /** Requests that changed a channel so far. */
  changes(): number
  /** Whether the script of the shared worker can be loaded. */
  workers: {served: boolean}
  close(): Promise<void>
}

const channelChange = z.object({
  open: z.array(z.object({listener: z.string()})),
  close: z.array(z.string()),
})

/** A lake and the page on one port, over plain HTTP/1.1, with a count of what goes over the channels. */
async function startServer(directory: string, port = 0): Promise<ListeningServer> {
  const open = new Set<string>()
  const channels = new Set<Response>()
  const workers = {served: true}
  let changes = 0
  let lake: Lake | undefined

  async function answer(request: Request): Promise<Response> {
    const {pathname, searchParams} = new URL(request.url)
    if (pathname.startsWith('/page/')) return await pageFile(pathname, workers.served)
    if (!lake) return new Response('starting', {status: 503})
    if (/\/data\/channel\//.test(pathname) && request.method === 'POST') {
      const change = channelChange.parse(await request.clone().json())
      changes += 1
      for (const {listener} of change.open) open.add(`${pathname} ${listener}`)
      for (const listener of change.close) open.delete(`${pathname} ${listener}`)
    }
    const response = await lake.fetch(request)
    const id = searchParams.get('id')
    if (!/\/data\/channel\//.test(pathname) || id === null || !response.ok || !response.body)
      return response
    channels.add(response)
    const over = () => {
      channels.delete(response)
      for (const key of open) if (key.includes(id)) open.delete(key)
    }
    request.signal.addEventListener('abort', over)
    const body = response.body.pipeThrough(new TransformStream({flush: over}))
    return new Response(body, response)
  }

  const http = createAdaptorServer({fetch: answer})
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const address = http.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port.')
  const url = `http://localhost:${address.port}`
  lake = await openLake({
    dataDirectory: directory,
    projectId: 'testing',
    datasets: ['production'],
    publicUrl: url,
    extraHosts: [],
    productName: 'Testing',
    roles: testRoles,
    environment: testEnvironment(),
  })
  const opened = lake
  return {
    url,
    lake: opened,
    channels: () => channels.size,
    listeners: () => open.size,
    changes: () => changes,
    workers,
    async close() {
      opened.endStreams()
      await new Promise<void>((resolve) => {
        http.close(() => resolve())
        if ('closeAllConnections' in http) http.closeAllConnections()
      })
      await opened.close()
    },
  }
}

async function pageFile(pathname: string, workersServed: boolean): Promise<Response> {
  const name = pathname.slice('/page/'.length) || 'index.html'
  if (!workersServed && name.includes('worker')) return new Response(null, {status: 404})
  const types: {[extension: string]: string} = {'.html': 'text/html', '.js': 'text/javascript'}
  const type = types[extname(name)] ?? 'application/octet-stream'
  const bytes = await readFile(join(pageFolder, name)).catch(() => undefined)
  if (!bytes) return new Response(null, {status: 404})
  return new Response(new Uint8Array(bytes), {headers: {'content-type': type}})
}

async function signIn(): Promise<void> {
  const name = `Editor ${Math.random()}`
  await server.lake.accounts.users.add({name, role: 'editor'})
  const page = await context.newPage()
  await page.goto(await server.lake.signInUrl(name))
  await page.getByRole('button', {name: /sign in/i}).click()
  await page.waitForURL(/studio/)
  await page.close()
}

/** A tab with so many listeners, all of them welcomed. */
async function openTab(listeners: number): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/page/`)
  await page.evaluate(`listening.open(${listeners})`)
  await expect.poll(() => page.evaluate(`listening.heardBy('welcome')`)).toBe(listeners)
  return page
}

test('three tabs with twenty listeners each share one connection, and saves go out', async () => {
  await signIn()
  const tabs = [await openTab(20), await openTab(20), await openTab(20)]

  expect({channels: server.channels(), listeners: server.listeners()}).toEqual({
    channels: 1,
    listeners: 60,
  })
  // Opening a document is one request: its listeners are gathered.
  expect(server.changes()).toBe(3)

  await tabs[0]?.evaluate(`listening.write('drafts.saved')`)

  for (const tab of tabs) {
    await expect.poll(() => tab.evaluate(`listening.heardBy('drafts.saved')`)).toBe(20)
  }
})

test('a tab that is closed, or goes elsewhere, takes its listeners with it', async () => {
  await signIn()
  const [staying, closing, leaving] = [await openTab(3), await openTab(5), await openTab(7)]
  expect(server.listeners()).toBe(15)

  await closing.close()
  await expect.poll(() => server.listeners()).toBe(10)
  await leaving.goto('about:blank')
  await expect.poll(() => server.listeners()).toBe(3)

  await staying.evaluate(`listening.write('drafts.after')`)
  await expect.poll(() => staying.evaluate(`listening.heardBy('drafts.after')`)).toBe(3)
})

test('a tab that crashes takes its listeners with it', async () => {
  await signIn()
  const staying = await openTab(2)
  const crashing = await openTab(4)
  expect(server.listeners()).toBe(6)

  // The page is gone at once, without any event of its own; this never answers.
  crashing.goto('chrome://crash').catch(() => undefined)

  await expect.poll(() => server.listeners()).toBe(2)
  await staying.evaluate(`listening.write('drafts.after-crash')`)
  await expect.poll(() => staying.evaluate(`listening.heardBy('drafts.after-crash')`)).toBe(2)
})

test('after a restart of the server every listener resumes, having missed nothing', async () => {
  await signIn()
  const tabs = [await openTab(4), await openTab(4)]
  const {url} = server
  await server.close()

  const port = Number(new URL(url).port)
  server = await startServer(dataDirectory, port)
  const writer = server.lake.internalFetch({
    userId: 'writer',
    displayName: 'Writer',
    role: 'editor',
  })
  const written = await writer(`${url}/v2025-02-19/data/mutate/production`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({mutations: [{create: {_id: 'drafts.meanwhile', _type: 'story'}}]}),
  })
  expect(written.status).toBe(200)

  for (const tab of tabs) {
    await expect
      .poll(() => tab.evaluate(`listening.counts('drafts.meanwhile')`), {timeout: 20_000})
      .toEqual([1, 1, 1, 1])
    expect(await tab.evaluate(`listening.heardBy('welcomeback')`)).toBe(4)
    expect(await tab.evaluate(`listening.heardBy('reset')`)).toBe(0)
  }
  expect(server.channels()).toBe(1)
})

test('when the session ends every listener is told by 401, and signing in anew works', async () => {
  await signIn()
  const tab = await openTab(3)

  const signedOut = await tab.evaluate(
    `fetch('/v2021-06-07/auth/logout', {method: 'POST'}).then((response) => response.status)`,
  )

  expect(signedOut).toBe(204)
  await expect.poll(() => tab.evaluate(`listening.failures()`), {timeout: 15_000}).toHaveLength(3)
  expect(server.channels()).toBe(0)
  await signIn()
  const again = await openTab(2)
  await again.evaluate(`listening.write('drafts.again')`)
  await expect.poll(() => again.evaluate(`listening.heardBy('drafts.again')`)).toBe(2)
})

test('a browser whose worker cannot be loaded listens over a connection of each tab', async () => {
  await signIn()
  server.workers.served = false

  const tabs = [await openTab(10), await openTab(10)]

  expect({channels: server.channels(), listeners: server.listeners()}).toEqual({
    channels: 2,
    listeners: 20,
  })
  await tabs[0]?.evaluate(`listening.write('drafts.alone')`)
  for (const tab of tabs) {
    await expect.poll(() => tab.evaluate(`listening.heardBy('drafts.alone')`)).toBe(10)
  }
})
