import {randomUUID} from 'node:crypto'

import {ClientError, type SanityClient} from '@sanity/client'
import {z} from 'zod'

import {newsroomGuards} from '../editorial/guards.ts'
import {newsroomRoles} from '../editorial/roles.ts'
import {openLake} from '../lake/server.ts'
import {
  findRunningServer,
  openFolderAccounts,
  prepareDataFolder,
} from '../lake/store/accountsFolder.ts'
import {createLakeClient} from '../queries/client.ts'
import {ConfigError, type LakeSettings} from './config.ts'
import {createLogger} from './logger.ts'
import {createPublicationCheck} from './product/validation/publicationCheck.ts'

/** A way into the lake for the length of one script. */
export type OpenedLake = {
  client: SanityClient
  /** User id under which the lake knows us. */
  by: string
  /** A `fetch` that also finds the files of a lake that is not on the network. */
  fetch?: typeof fetch
  close(): Promise<void>
}

const clock = {now: () => new Date()}

/**
 * Opens whichever lake the settings name: Sanity's; the embedded one through the server that runs on the
 * data folder; or the data folder itself when no server runs. Throws `ConfigError` when a token is missing
 * or refused, and `LakeError` when the folder cannot be used.
 */
export function openConfiguredLake(
  settings: LakeSettings,
  dataDirectory: string,
  script: string,
): Promise<OpenedLake> {
  if (settings.lake === 'hosted') return openHosted(settings)
  const server = findRunningServer(dataDirectory)
  return server === undefined
    ? openFolder(settings, dataDirectory)
    : openRunningLake(settings, dataDirectory, {url: server.url, for: script})
}

async function openHosted({projectId, dataset, token}: LakeSettings): Promise<OpenedLake> {
  if (token === undefined) {
    throw new ConfigError(
      'With SANITY_STUDIO_LAKE=hosted, DATELINE_TOKEN must hold a token that may write.',
    )
  }
  const client = createLakeClient({lake: 'hosted', projectId, dataset, token, perspective: 'raw'})
  return {client, by: await whoAmI(client), close: async () => {}}
}

/**
 * Opens the lake of the server that runs on a data folder. With no token of our own, we make one that lives as long as
 * this script, as only this machine's user can. Throws `ConfigError` when the token is refused.
 */
export async function openRunningLake(
  {projectId, dataset, token}: LakeSettings,
  dataDirectory: string,
  {url, for: script}: {url: string; for: string},
): Promise<OpenedLake> {
  const borrowed = token === undefined ? await borrowToken(dataDirectory, script) : undefined
  const client = createLakeClient({
    lake: 'embedded',
    projectId,
    dataset,
    apiHost: url,
    perspective: 'raw',
    token: borrowed?.secret ?? token ?? '',
  })
  const close = async () => await borrowed?.giveBack()
  try {
    return {client, by: await whoAmI(client), close}
  } catch (error) {
    await close()
    throw error
  }
}

async function borrowToken(dataDirectory: string, script: string) {
  const accounts = openFolderAccounts(prepareDataFolder(dataDirectory), clock)
  const {token, secret} = await accounts.tokens.add({
    name: `${script} ${randomUUID().slice(0, 8)}`,
    role: 'administrator',
  })
  return {
    secret,
    async giveBack() {
      await accounts.tokens.revoke(token.id)
      accounts.close()
    },
  }
}

async function openFolder(
  {projectId, dataset}: LakeSettings,
  dataDirectory: string,
): Promise<OpenedLake> {
  const publicUrl = 'http://localhost:3000'
  const check = createPublicationCheck()
  const lake = await openLake({
    dataDirectory,
    projectId,
    datasets: [dataset],
    publicUrl,
    extraHosts: [],
    productName: 'Dateline',
    roles: newsroomRoles,
    guards: newsroomGuards,
    check,
    environment: {clock, logger: createLogger('warn'), newId: randomUUID},
  })
  const identity = {userId: 'system-import', displayName: 'Import', role: 'administrator'}
  const inProcess = lake.internalFetch(identity)
  const client = createLakeClient({
    lake: 'embedded',
    projectId,
    dataset,
    apiHost: publicUrl,
    perspective: 'raw',
    // Not looked at: who we are is known. Sanity's importer wants a client to have one.
    token: 'in-process',
    resolveFetch: () => inProcess,
  })
  const ownAssets = new RegExp(`^/(images|files)/${projectId}/${dataset}/`)
  return {
    client,
    by: identity.userId,
    fetch: (input, init) => {
      const {pathname, search} = new URL(input instanceof Request ? input.url : input)
      return ownAssets.test(pathname)
        ? inProcess(new URL(pathname + search, publicUrl), init)
        : fetch(input, init)
    },
    async close() {
      await lake.close()
      await check.close()
    },
  }
}

async function whoAmI(client: SanityClient): Promise<string> {
  const answer: unknown = await client
    .request({url: '/users/me', tag: 'import'})
    .catch((error: unknown) => {
      if (error instanceof ClientError && [401, 403].includes(error.statusCode)) return undefined
      const address = new URL(client.getUrl('/')).origin
      throw new ConfigError(`The lake at ${address} does not answer. Is it running?`, {
        cause: error,
      })
    })
  const user = z.object({id: z.string().min(1)}).safeParse(answer)
  if (user.success) return user.data.id
  throw new ConfigError(
    'The lake does not know the token in DATELINE_TOKEN. Use one that may write, as npm run token -- add NAME --role administrator makes it.',
  )
}
