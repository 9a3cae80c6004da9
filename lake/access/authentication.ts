import {getCookie} from 'hono/cookie'
import type {Context} from 'hono'

import {httpError} from '../errors.ts'
import type {Accounts} from '../store/accounts.ts'
import type {Caller} from './caller.ts'
import type {Callers} from './callers.ts'
import type {Provenance} from './crossSite.ts'
import {parseHost, type Addresses} from './hosts.ts'

/** Who is asking, and how to find out whether that still holds. */
export type Authentication = {
  caller: Caller
  /** When the session ends; absent for tokens and for nobody. */
  expiresAt?: Date
  /** Whether the credentials have neither expired nor been revoked since. */
  stillValid(): Promise<boolean>
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Finds out who sends a request, by bearer token first and session cookie second.
 * Credentials that once worked answer with the hosted API's session codes, on which the Studio signs out and keeps
 * what the editor typed; a request without any is the anonymous caller's.
 * Throws `LakeError` `sessionExpired`, `sessionNotFound` (401) and `crossSiteWrite` (403).
 */
export async function authenticate(
  context: Context,
  provenance: Provenance,
  parts: {accounts: Accounts; callers: Callers; addresses: Addresses},
): Promise<Authentication> {
  const {accounts, callers, addresses} = parts
  const bearer = bearerOf(context)
  if (bearer !== undefined && provenance.bearer) {
    const user = await accounts.tokens.find(bearer)
    if (!user) throw sessionNotFound()
    const stillValid = async () => (await accounts.tokens.find(bearer)) !== undefined
    return {caller: callers.of('token', user), stillValid}
  }
  const secret = getCookie(context, sessionCookieName(addresses, hostOf(context)))
  if (secret === undefined || !provenance.cookies)
    return {caller: callers.anonymous, stillValid: async () => true}
  if (!provenance.cookieWrites && !readingMethods.has(context.req.method)) throw crossSiteWrite()
  const session = await accounts.sessions.find(secret)
  if (session === undefined) throw sessionNotFound()
  if (session === 'expired') throw sessionExpired()
  const stillValid = async () => typeof (await accounts.sessions.find(secret)) === 'object'
  return {caller: callers.of('session', session.user), expiresAt: session.expiresAt, stillValid}
}

/**
 * The session cookie's name. Cookies do not know ports (RFC 6265 §8.5), so two lakes on one machine
 * would sign each other out if the name did not carry the port that the browser sees.
 */
export function sessionCookieName(addresses: Addresses, hostHeader: string): string {
  const fallback = addresses.publicUrl.protocol === 'https:' ? '443' : '80'
  const port = parseHost(hostHeader)?.port || fallback
  return `${addresses.projectId}_session_${port}`
}

/** The `Host` of a request; in process, where there is no such header, that of its address. */
export function hostOf(context: Context): string {
  return context.req.header('host') ?? new URL(context.req.url).host
}

function bearerOf(context: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
}

function sessionExpired() {
  const message = 'Session is expired, please re-authenticate'
  return httpError(401, 'sessionExpired', message, {errorCode: 'SIO-401-AEX'})
}

/**
 * The answer to somebody who is not signed in, where that is needed. It carries the session code even when no
 * cookie came at all: a browser drops an expired cookie by itself, and any other 401 on a write makes the Studio throw the
 * editor's unsent text away.
 */
export function sessionNotFound() {
  return httpError(401, 'sessionNotFound', 'Session not found', {errorCode: 'SIO-401-ANF'})
}

/** The refusal of a write that another site's page sent. */
export function crossSiteWrite() {
  const message =
    'This request came from a page of another site. Add its origin (npm run cors -- add ORIGIN --credentials), or use a token.'
  return httpError(403, 'crossSiteWrite', message)
}

/** The answer to `users/me` when nobody is signed in: 401 without a session code. */
export function signInNeeded() {
  return httpError(401, 'signInNeeded', 'Nobody is signed in. Sign in by a link, or send a token.')
}
