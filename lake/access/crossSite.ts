import type {OriginsStore} from '../store/accountsSettings.ts'
import {isOwnOrigin, normaliseOrigin, type Addresses} from './hosts.ts'

/**
 * What a request's origin lets it do.
 * `own`: one of our pages, or no browser at all. `added`: a site that an administrator added.
 * `foreign`: any other page on the web; it may read what anyone may read.
 */
export type Provenance = {
  kind: 'own' | 'added' | 'foreign'
  /** The `Origin` header to echo; absent when the request carried none. */
  origin: string | undefined
  /** Whether the session cookie may be believed. */
  cookies: boolean
  /** Whether the session cookie may be believed for anything that writes. */
  cookieWrites: boolean
  /** Whether a bearer token may be believed. */
  bearer: boolean
}

/**
 * Decides whose page sent a request. Why the cookie alone is not enough (OWASP, "Cross-Site Request Forgery
 * Prevention", "Verifying Origin With Standard Headers"):
 * - `SameSite=Lax` knows sites, not ports, so a page of any other program on localhost sends our cookie along.
 *   Browsers put `Origin` on every cross-origin POST, PUT, PATCH and DELETE: a foreign one (`null` too,
 *   which sandboxed frames and `data:` pages send) ends both cookie and bearer.
 * - A GET for an image, a script or a navigation carries no `Origin`; `Sec-Fetch-Site`, which scripts cannot set,
 *   then says whose page asked. `cross-site` and `same-site` are other programs' pages.
 * - A write by cookie needs a positive sign that our page sent it: our `Origin`, or `Sec-Fetch-Site:
 *   same-origin` (`none` is a person's own navigation). With neither, the sender is no browser of this decade, and should use a token.
 * - A bearer token is no ambient authority: a page must know it to send it. Only a foreign `Origin` ends it.
 */
export async function provenanceOf(
  headers: Headers,
  host: string,
  addresses: Addresses,
  origins: OriginsStore,
): Promise<Provenance> {
  const origin = headers.get('origin') ?? undefined
  if (origin === undefined) return provenanceWithoutOrigin(headers.get('sec-fetch-site'))
  if (isOwnOrigin(origin, host, addresses)) {
    return {kind: 'own', origin, cookies: true, cookieWrites: true, bearer: true}
  }
  const normal = normaliseOrigin(origin)
  const added = normal === undefined ? undefined : await origins.find(normal)
  if (!added) {
    return {kind: 'foreign', origin, cookies: false, cookieWrites: false, bearer: false}
  }
  const cookies = added.credentials
  return {kind: 'added', origin, cookies, cookieWrites: cookies, bearer: true}
}

function provenanceWithoutOrigin(site: string | null): Provenance {
  const ours = site === 'same-origin' || site === 'none'
  return {
    kind: 'own',
    origin: undefined,
    cookies: ours || site === null,
    cookieWrites: ours,
    bearer: true,
  }
}
