import {Hono, type Context} from 'hono'
import {deleteCookie, getCookie, setCookie} from 'hono/cookie'
import {z} from 'zod'

import {hostOf, sessionCookieName} from '../access/authentication.ts'
import {provenanceOf} from '../access/crossSite.ts'
import type {Addresses} from '../access/hosts.ts'
import type {Accounts} from '../store/accounts.ts'
import {sessionDays} from '../store/accountsSessions.ts'
import {
  brokenLinkPage,
  confirmPage,
  foreignFormPage,
  howToPage,
  pageHeaders,
  signedInPage,
  signedOutPage,
} from './signInPages.ts'

const formModel = z.object({
  code: z.string().min(1).max(200),
  return: z.string().max(2_000).optional(),
})

const statusOfLink = {used: 410, expired: 410, unknown: 404} as const

/**
 * `/sign-in` and `/sign-out`, the pages for people. Looking at a link (GET, HEAD) never uses it up;
 * the form's POST does, and sets the session cookie.
 */
export function signInRoutes(parts: {
  accounts: Accounts
  addresses: Addresses
  productName: string
  homePath: string
}): Hono {
  const {accounts, addresses, productName, homePath} = parts
  const routes = new Hono()

  routes.on('ALL', ['/sign-in', '/sign-out'], async (context, next) => {
    for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value)
    await next()
  })

  routes.get('/sign-in', async (context) => {
    const code = context.req.query('code')
    if (code === undefined) {
      const user = await signedInUser(context)
      if (user) return context.html(signedInPage({productName, userName: user.name, homePath}))
      return context.html(howToPage({productName}))
    }
    const link = await accounts.sessions.linkState(code)
    if (link.state !== 'valid') return brokenLink(context, link)
    const returnPath = safePath(context.req.query('return'), homePath)
    return context.html(confirmPage({productName, userName: link.user.name, code, returnPath}))
  })

  routes.post('/sign-in', async (context) => {
    if (await isForeign(context)) return context.html(foreignFormPage({productName}), 403)
    const form = formModel.safeParse(await context.req.parseBody().catch(() => undefined))
    if (!form.success) return brokenLink(context, {state: 'unknown'})
    const signedIn = await accounts.sessions.signIn(form.data.code)
    if (signedIn.state !== 'signedIn') return brokenLink(context, signedIn)
    setCookie(context, cookieName(context), signedIn.secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: isHttps(context),
      maxAge: sessionDays * 24 * 60 * 60,
    })
    return context.redirect(safePath(form.data.return, homePath), 303)
  })

  routes.post('/sign-out', async (context) => {
    if (await isForeign(context)) return context.html(foreignFormPage({productName}), 403)
    const secret = getCookie(context, cookieName(context))
    if (secret !== undefined) await accounts.sessions.end(secret)
    deleteCookie(context, cookieName(context), {path: '/'})
    return context.html(signedOutPage({productName}))
  })

  function brokenLink(
    context: Context,
    link: {state: keyof typeof statusOfLink; user?: {name: string}},
  ) {
    const {state, user} = link
    const answer = brokenLinkPage({productName, state, userName: user?.name})
    return context.html(answer, statusOfLink[state])
  }

  function cookieName(context: Context): string {
    return sessionCookieName(addresses, hostOf(context))
  }

  async function signedInUser(context: Context) {
    const secret = getCookie(context, cookieName(context))
    const session = secret === undefined ? undefined : await accounts.sessions.find(secret)
    return typeof session === 'object' ? session.user : undefined
  }

  // Sites that were added may call the API; nobody else's form may sign a person in or out.
  async function isForeign(context: Context): Promise<boolean> {
    const {raw} = context.req
    const {kind, cookieWrites} = await provenanceOf(
      raw.headers,
      hostOf(context),
      addresses,
      accounts.origins,
    )
    return kind !== 'own' || !cookieWrites
  }

  // The browser's own word first: behind a proxy the request itself arrives over plain HTTP.
  function isHttps(context: Context): boolean {
    const origin = context.req.header('origin') ?? addresses.publicUrl.origin
    return origin.startsWith('https:')
  }

  return routes
}

/**
 * A path of this origin to return to; `fallback` for anything that a browser could read as another address
 * (`//host`, `/\host`, control characters, which URL parsers drop).
 */
export function safePath(wanted: string | undefined, fallback: string): string {
  if (wanted === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) {
    return fallback
  }
  const base = 'http://base.invalid'
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : undefined
  if (url?.origin !== base) return fallback
  const path = url.pathname + url.search + url.hash
  // Dot segments may have left a path that starts with two slashes.
  return path.startsWith('//') ? fallback : path
}
