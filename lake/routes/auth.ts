import {Hono} from 'hono'
import {deleteCookie, getCookie} from 'hono/cookie'

import {crossSiteWrite, hostOf, sessionCookieName} from '../access/authentication.ts'
import {parseHost, type Addresses} from '../access/hosts.ts'
import type {Accounts} from '../store/accounts.ts'
import type {LakeHonoEnv} from './environment.ts'
import {signedIn} from './guards.ts'

/** `auth/…`: how to sign in, who one is, and signing out. */
export function authRoutes(parts: {
  accounts: Accounts
  addresses: Addresses
  providerName: string
}): Hono<LakeHonoEnv> {
  const {accounts, addresses, providerName} = parts
  const routes = new Hono<LakeHonoEnv>()

  routes.get('/auth/providers', (context) => {
    const url = `${originOf(context.req.url, hostOf(context), addresses)}/sign-in`
    const providers = [{name: providerName, title: 'Sign-in link', url}]
    return context.json({providers, thirdPartyLogin: false})
  })

  routes.get('/auth/id', signedIn, (context) => {
    const {caller, sessionExpiresAt} = context.var
    const inAnHour = new Date(context.var.environment.clock.now().getTime() + 3_600_000)
    const expiry = Math.floor((sessionExpiresAt ?? inAnHour).getTime() / 1_000)
    return context.json({id: caller.userId, expiry})
  })

  // Works with a dead session too: whoever signs out wants to be signed out, whatever came before.
  routes.post('/auth/logout', async (context) => {
    const name = sessionCookieName(addresses, hostOf(context))
    const secret = getCookie(context, name)
    if (secret !== undefined) {
      if (!context.var.provenance.cookieWrites) throw crossSiteWrite()
      await accounts.sessions.end(secret)
      deleteCookie(context, name, {path: '/'})
    }
    return context.body(null, 204)
  })

  return routes
}

/** The origin under which this browser reached the lake: its own address bar where that is a loopback name. */
function originOf(requestUrl: string, hostHeader: string, {publicUrl}: Addresses): string {
  const host = parseHost(hostHeader)
  if (!host || host.name === publicUrl.hostname || publicUrl.protocol === 'https:') {
    return publicUrl.origin
  }
  const {protocol} = new URL(requestUrl)
  return `${protocol}//${hostHeader}`
}
