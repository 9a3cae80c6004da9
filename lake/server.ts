import {createCallers, type InternalIdentity} from './access/callers.ts'
import {compileGuards, type Guard} from './access/guards.ts'
import {isOwnHost, type Addresses} from './access/hosts.ts'
import {createOpenStreams} from './access/openStreams.ts'
import type {Role} from './access/roles.ts'
import type {Check} from './documents/checking.ts'
import type {Dataset} from './documents/dataset.ts'
import type {LakeEnvironment} from './environment.ts'
import {httpError} from './errors.ts'
import {createLakeApp} from './routes/app.ts'
import {hostUnknown} from './routes/gate.ts'
import {createLedger, type Ledger} from './routes/ledger.ts'
import {signInUrl} from './access/signInUrl.ts'
import {openServedDatasets} from './servedDatasets.ts'
import type {Accounts} from './store/accounts.ts'
import {lockDataFolder, openFolderAccounts, prepareDataFolder} from './store/accountsFolder.ts'

export type LakeOptions = {
  /** Folder of everything that lasts; made when missing. One process at a time may hold it. */
  dataDirectory: string
  /** Letters `a` to `z` and digits only: it stands in asset addresses and in the cookie's name. */
  projectId: string
  /** Datasets to have, besides those that the folder holds already. */
  datasets: readonly string[]
  /** The address that browsers use, such as `http://localhost:3000`. */
  publicUrl: string
  /** Further host names (without port) under which the lake may be reached. */
  extraHosts: readonly string[]
  /** What people call the product, for the sign-in pages. */
  productName: string
  /** Where signing in leads. */
  homePath?: string
  /** From the least to the most powerful. */
  roles: readonly Role[]
  /** What every transaction is held to, whoever sends it. */
  guards?: readonly Guard[]
  /** What is looked at besides, before something becomes public. */
  check?: Check
  environment: LakeEnvironment
}

export type Lake = {
  /** Answers a request for a path that `handles` names. */
  fetch(request: Request): Promise<Response>
  handles(pathname: string): boolean
  /** A 421 answer when the request's `Host` is not ours: for whatever else is served beside the lake. */
  refuseHost(request: Request): Response | undefined
  /**
   * A `fetch` that answers in process as the given identity, past `Host`, `Origin` and session checks. For
   * `createClient({resolveFetch: () => lake.internalFetch(…)})`; event streams work too.
   */
  internalFetch(identity: InternalIdentity): typeof fetch
  accounts: Accounts
  /** A one-time address at which a person signs in. Throws `LakeError` `userUnknown`. */
  signInUrl(userName: string): Promise<string>
  ledger: Pick<Ledger, 'entries'>
  /** Throws `LakeError` `datasetUnknown`. */
  dataset(name: string): Dataset
  health(): {ready: boolean; reason?: string}
  /** Ends event streams, so that a web server can finish its connections. */
  endStreams(): void
  /** Ends event streams, finishes writes, closes the stores and gives the data folder back. */
  close(): Promise<void>
}

/**
 * Opens a Content Lake on a data folder. Throws `LakeError` `dataFolderUnusable`, `dataFolderLocked`,
 * `storeNewer`, `roleInvalid`, `guardInvalid` or `optionInvalid`, each with a sentence for the person who starts it, and with
 * everything closed again.
 */
export async function openLake(options: LakeOptions): Promise<Lake> {
  const {environment, projectId, roles, productName} = options
  checkNames(options)
  const addresses: Addresses = {
    projectId,
    publicUrl: new URL(options.publicUrl),
    extraHosts: options.extraHosts,
  }
  const callers = createCallers(roles, environment.clock)
  const guards = compileGuards(options.guards ?? [])
  const folder = prepareDataFolder(options.dataDirectory)
  const lock = lockDataFolder(folder, addresses.publicUrl.origin)
  const closers: (() => Promise<void> | void)[] = [() => lock.release()]
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const accounts = openFolderAccounts(folder, environment.clock)
    closers.push(() => accounts.close())
    for (const name of options.datasets) await accounts.datasets.ensure(name)
    const names = (await accounts.datasets.list()).map(({name}) => name)
    const {check} = options
    const rules = {guards, check}
    const served = await openServedDatasets({names, folder, addresses, environment, rules})
    closers.push(() => served.close())

    const streams = createOpenStreams(() => accounts.stamp())
    const ledger = createLedger()
    const app = createLakeApp({
      accounts,
      callers,
      addresses,
      environment,
      streams,
      served,
      ledger,
      roles,
      productName,
      homePath: options.homePath ?? '/studio',
    })
    return assembleLake({app, accounts, addresses, streams, served, ledger, closeAll})
  } catch (error) {
    await closeAll()
    throw error
  }
}

function assembleLake(parts: {
  app: ReturnType<typeof createLakeApp>
  accounts: Accounts
  addresses: Addresses
  streams: ReturnType<typeof createOpenStreams>
  served: Awaited<ReturnType<typeof openServedDatasets>>
  ledger: Ledger
  closeAll: () => Promise<void>
}): Lake {
  const {app, accounts, addresses, streams, served, ledger, closeAll} = parts
  let closing: Promise<void> | undefined
  const ownPaths = new RegExp(
    `^/(v(\\d[^/]*|[xX])|(images|files)/${addresses.projectId})(/|$)|^/sign-(in|out)/?$`,
  )
  const answer = async (request: Request, internal?: InternalIdentity): Promise<Response> => {
    if (closing) return stopping()
    return await app.fetch(request, internal === undefined ? {} : {internal})
  }
  return {
    fetch: (request) => answer(request),
    handles: (pathname) => ownPaths.test(pathname),
    refuseHost(request) {
      const host = request.headers.get('host') ?? new URL(request.url).host
      return isOwnHost(host, addresses) ? undefined : refusal(host)
    },
    internalFetch(identity) {
      let introduced: Promise<void> | undefined
      return async (input, init) => {
        if (identity !== 'anonymous') {
          introduced ??= accounts.users.rememberSystem({
            id: identity.userId,
            name: identity.displayName,
            role: identity.role,
          })
          await introduced
        }
        return await answer(new Request(input, init), identity)
      }
    },
    accounts,
    async signInUrl(userName) {
      const {code} = await accounts.sessions.createLink(userName)
      return signInUrl(addresses.publicUrl, code)
    },
    ledger,
    dataset: (name) => served.find(name).dataset,
    health: () => (closing ? {ready: false, reason: 'The lake is closing.'} : {ready: true}),
    endStreams: () => streams.endAll(),
    close() {
      streams.endAll()
      closing ??= closeAll()
      return closing
    },
  }
}

function checkNames({projectId, datasets, publicUrl}: LakeOptions): void {
  if (!/^[a-z0-9]+$/.test(projectId)) {
    throw invalidOption(
      `The project id "${projectId}" may hold only the letters a to z and digits.`,
    )
  }
  for (const name of datasets) {
    if (!/^(~[a-z0-9][-\w]{0,63}|[a-z0-9][-\w]{0,63})$/.test(name)) {
      throw invalidOption(
        `The dataset name "${name}" must start with a letter or digit and hold at most 64 of a to z, 0 to 9, - and _.`,
      )
    }
  }
  if (!URL.canParse(publicUrl)) {
    throw invalidOption(`"${publicUrl}" is not an address such as http://localhost:3000.`)
  }
}

function invalidOption(message: string) {
  return httpError(500, 'optionInvalid', message)
}

function refusal(host: string): Response {
  const {body, status} = hostUnknown(host)
  return Response.json(body, {status})
}

function stopping(): Response {
  const {body, status} = httpError(503, 'closing', 'The server is stopping. Try again in a moment.')
  return Response.json(body, {status, headers: {'Retry-After': '2'}})
}
