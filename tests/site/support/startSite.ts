import {randomUUID} from 'node:crypto'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'

import {newsroomRoles} from '../../../editorial/roles.ts'
import {openLake} from '../../../lake/server.ts'
import {createLakeClient} from '../../../queries/client.ts'
import {createSite, type Site} from '../../../site/app.ts'
import {noon} from '../../queries/support/stories.ts'

export type RunningSite = {
  site: Site
  /** Another process of the same site, as after a restart; whoever opens it closes it. */
  openAnother(): Site
  /** Writes as an administrator, past readers' limits. */
  editor: SanityClient
  clock: {now(): Date; set(time: string): void}
  /** What the site logged. */
  log: string[]
  get(path: string, headers?: {[name: string]: string}): Promise<Response>
  text(path: string): Promise<string>
  close(): Promise<void>
}

export const siteUrl = 'https://news.example'

/** The site on a real, empty lake, both in this process; its clock stands at noon until a test moves it. */
export async function startSite(): Promise<RunningSite> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'site-test-'))
  const quiet = () => {}
  const lake = await openLake({
    dataDirectory,
    projectId: 'testing',
    datasets: ['production'],
    publicUrl: siteUrl,
    extraHosts: [],
    productName: 'Testing',
    roles: newsroomRoles,
    environment: {
      clock: {now: () => new Date()},
      logger: {debug: quiet, info: quiet, warn: quiet, error: quiet},
      newId: randomUUID,
    },
  })
  const asReader = lake.internalFetch('anonymous')
  const asEditor = lake.internalFetch({
    userId: 'editor',
    displayName: 'Edith Editor',
    role: 'administrator',
  })
  const common = {
    lake: 'embedded',
    projectId: 'testing',
    dataset: 'production',
    apiHost: siteUrl,
  } as const
  let now = new Date(noon)
  const clock = {
    now: () => now,
    set: (time: string) => {
      now = new Date(time)
    },
  }
  const log: string[] = []
  const keep = (_fields: object, message: string) => log.push(message)
  const openAnother = () =>
    createSite({
      client: createLakeClient({...common, perspective: 'published', resolveFetch: () => asReader}),
      clock,
      logger: {warn: keep, error: keep},
      siteUrl,
    })
  const site = openAnother()
  const get = async (path: string, headers: {[name: string]: string} = {}) =>
    await site.fetch(new Request(`${siteUrl}${path}`, {headers}))
  return {
    site,
    openAnother,
    editor: createLakeClient({...common, perspective: 'raw', resolveFetch: () => asEditor}),
    clock,
    log,
    get,
    text: async (path) => await (await get(path)).text(),
    async close() {
      site.close()
      await lake.close()
      await rm(dataDirectory, {recursive: true, force: true})
    },
  }
}
