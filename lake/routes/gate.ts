import type {Context, MiddlewareHandler} from 'hono'
import {createMiddleware} from 'hono/factory'

import {authenticate, crossSiteWrite, hostOf} from '../access/authentication.ts'
import type {Callers, InternalIdentity} from '../access/callers.ts'
import {provenanceOf, type Provenance} from '../access/crossSite.ts'
import {isOwnHost, projectOfHost, type Addresses} from '../access/hosts.ts'
import type {OpenStreams} from '../access/openStreams.ts'
import type {LakeEnvironment} from '../environment.ts'
import {httpError} from '../errors.ts'
import {RecentlyUsed} from '../query/syntax/cache.ts'
import type {Accounts} from '../store/accounts.ts'
import {generalHeaders, sharingHeaders} from './answers.ts'
import type {LakeHonoEnv} from './environment.ts'
import {projectUnknown} from './projects.ts'

/** The Hono type of the server itself, which knows besides a request whether it came from inside the process. */
export type GateEnv = LakeHonoEnv & {Bindings: {internal?: InternalIdentity}}

export type GateParts = {
  accounts: Accounts
  callers: Callers
  addresses: Addresses
  environment: LakeEnvironment
  streams: OpenStreams
}

/** What anyone on the web may send: reading published documents. */
const foreignMethods = ['GET', 'HEAD', 'POST', 'OPTIONS']
const ownMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** A day, the longest that browsers honour; without it every call is preflighted again. */
const preflightSeconds = '86400'

/** So many versions that clients name are remembered. */
const mostVersions = 100

/** Endpoints that answer everybody alike, so that a session that died cannot stand in their way. */
const withoutCredentials = /^\/v[^/]+\/(auth\/(providers|logout)|check\/cors|ping|help|intake\/)/

/** Everything that every request gets first: an id, the project, and headers that hold for all answers. */
export function introduce({addresses, environment}: GateParts): MiddlewareHandler<GateEnv> {
  return createMiddleware<GateEnv>(async (context, next) => {
    const requestId = environment.newId()
    context.set('requestId', requestId)
    context.set('projectId', addresses.projectId)
    context.set('environment', environment)
    context.set('sessionExpiresAt', undefined)
    context.set('isComplete', false)
    context.set('varies', ['Origin'])
    await next()
    if (context.get('isComplete')) return
    // Written into the answer itself: `context.header` would make a new one of it each time.
    const {headers} = context.res
    write(headers, generalHeaders(requestId))
    // What is answered depends on who asks. Assets, which do not, say so themselves.
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  })
}

/** Refuses hosts that are not ours. Throws `LakeError` `hostUnknown` (421). */
export function checkHost({addresses}: GateParts): MiddlewareHandler<GateEnv> {
  return createMiddleware<GateEnv>(async (context, next) => {
    const host = hostOf(context)
    if (!context.env.internal && !isOwnHost(host, addresses)) throw hostUnknown(host)
    return await next()
  })
}

/** The refusal of a request under a name that is not ours. */
export function hostUnknown(host: string) {
  const message = `This server does not answer to the name "${host}". Use its own address, or start it with --url to give it this one.`
  return httpError(421, 'hostUnknown', message)
}

/** Answers preflights, and says in every answer which page may read it. */
export function shareAcrossOrigins(parts: GateParts): MiddlewareHandler<GateEnv> {
  const {accounts, addresses} = parts
  return createMiddleware<GateEnv>(async (context, next) => {
    const provenance = context.env.internal
      ? insideProvenance
      : await provenanceOf(context.req.raw.headers, hostOf(context), addresses, accounts.origins)
    context.set('provenance', provenance)
    if (context.req.method === 'OPTIONS') {
      context.res = new Response(null, {status: 204})
      preflight(context, provenance)
    } else {
      await next()
    }
    if (context.get('isComplete')) return
    const {headers} = context.res
    const said = headers.get('Vary') ?? ''
    for (const field of context.get('varies')) {
      if (!said.includes(field)) headers.append('Vary', field)
    }
    write(headers, sharingHeaders(provenance))
  })
}

/** Finds out who is asking. Throws as `authenticate` does. */
export function identify(parts: GateParts): MiddlewareHandler<GateEnv> {
  const {callers, streams} = parts
  return createMiddleware<GateEnv>(async (context, next) => {
    const {internal} = context.env
    if (internal) {
      const {anonymous} = callers
      context.set('caller', internal === 'anonymous' ? anonymous : callers.internal(internal))
      await next()
      // Closing the lake ends streams inside the process too; nothing else does.
      if (isEventStream(context)) context.res = streams.guard(context.res, async () => true)
      return
    }
    const authentication = withoutCredentials.test(context.req.path)
      ? {caller: callers.anonymous, stillValid: async () => true}
      : await authenticate(context, context.get('provenance'), parts)
    context.set('caller', authentication.caller)
    context.set('sessionExpiresAt', authentication.expiresAt)
    refuseForeignWrite(context)
    await next()
    if (isEventStream(context)) {
      context.res = streams.guard(context.res, authentication.stillValid)
    }
  })
}

/** Reads the version and refuses other projects. Throws `LakeError` `versionInvalid` (400), `projectUnknown` (404). */
export function readAddress({addresses}: GateParts): MiddlewareHandler<GateEnv> {
  const versions = new RecentlyUsed<string>(mostVersions)
  return createMiddleware<GateEnv>(async (context, next) => {
    const segment = context.req.param('version') ?? ''
    context.set(
      'apiVersion',
      versions.get(segment, () => parseVersion(segment)),
    )
    const asked = projectOfHost(hostOf(context)) ?? context.req.header('x-sanity-project-id')
    if (asked !== undefined && asked !== addresses.projectId && !context.env.internal) {
      throw projectUnknown(asked, addresses.projectId)
    }
    return await next()
  })
}

/** The normal form of a version segment: `v1` → `1`, `vX` → `X`, `v2025-02-19` → `2025-02-19`. */
export function parseVersion(segment: string): string {
  const version = segment.replace(/^v/, '')
  if (version === '1' || version.toUpperCase() === 'X') return version.toUpperCase()
  const isDate =
    /^\d{4}-\d{2}-\d{2}$/.test(version) &&
    new Date(`${version}T00:00:00Z`).toJSON()?.startsWith(version)
  if (isDate) return version
  throw httpError(
    400,
    'versionInvalid',
    `The API version "${segment}" is not v1, vX or a date such as v2025-02-19.`,
  )
}

const insideProvenance: Provenance = {
  kind: 'own',
  origin: undefined,
  cookies: false,
  cookieWrites: false,
  bearer: false,
}

/** A query may be sent by POST when it is long; that is reading. Everything else but GET and HEAD writes. */
function refuseForeignWrite(context: Context<GateEnv>): void {
  const {method, path} = context.req
  const reads = method === 'GET' || method === 'HEAD' || /^\/v[^/]+\/data\/query\//.test(path)
  if (context.get('provenance').kind === 'foreign' && !reads) throw crossSiteWrite()
}

function preflight(context: Context<GateEnv>, provenance: Provenance): void {
  const {headers} = context.res
  const foreign = provenance.kind === 'foreign'
  const wanted = (context.req.header('access-control-request-headers') ?? '').split(',')
  const allowed = wanted
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && !(foreign && name === 'authorization'))
  headers.set('Access-Control-Allow-Methods', (foreign ? foreignMethods : ownMethods).join(', '))
  if (allowed.length > 0) headers.set('Access-Control-Allow-Headers', allowed.join(', '))
  headers.set('Access-Control-Max-Age', preflightSeconds)
  if (!foreign && context.req.header('access-control-request-private-network') === 'true') {
    headers.set('Access-Control-Allow-Private-Network', 'true')
  }
  headers.append('Vary', 'Access-Control-Request-Headers')
}

function write(headers: Headers, fields: {[name: string]: string}): void {
  for (const [name, value] of Object.entries(fields)) headers.set(name, value)
}

function isEventStream(context: Context<GateEnv>): boolean {
  if (context.get('isComplete')) return false
  return context.res.headers.get('content-type')?.startsWith('text/event-stream') ?? false
}
