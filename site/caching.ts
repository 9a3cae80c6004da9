import {createHash} from 'node:crypto'

/** Seconds that a cache in front of the site may keep a page: stories change, and editors look at once. */
const longestSeconds = 10

/**
 * How long a page that was made at `now` may be kept. A shared cache: until the next lease starts or ends
 * (`edge`), and never longer than ten seconds. A browser: it asks every time and gets 304 mostly, so that
 * whoever comes back to a page sees what is true now.
 */
export function pageLifetime(now: Date, edge: Date | undefined): string {
  const untilEdge = edge === undefined ? Infinity : (edge.getTime() - now.getTime()) / 1000
  const seconds = Math.max(Math.min(Math.floor(untilEdge), longestSeconds), 0)
  return `public, max-age=0, s-maxage=${seconds}, must-revalidate`
}

/**
 * A page, or 304 when the reader has it. The entity tag leaves out when the page was made: a page that says
 * the same a second later is the same page.
 */
export function pageResponse(
  request: Request,
  body: string,
  {status = 200, cacheControl}: {status?: number; cacheControl: string},
): Response {
  const content = body.replace(/ data-made-at="[^"]*"/, '')
  const etag = `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
  const headers = {'cache-control': cacheControl, etag}
  const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? []
  if (status === 200 && known.includes(etag)) return new Response(null, {status: 304, headers})
  return new Response(body, {
    status,
    headers: {...headers, 'content-type': 'text/html; charset=utf-8'},
  })
}
