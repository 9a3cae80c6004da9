/**
 * Answers requests to other machines in the page instead of sending them: the Studio asks Sanity's servers
 * for its newest version as soon as it opens, and there is no setting for that. They get an empty object,
 * which it takes for "nothing newer". `isInside` says which addresses are the lake's own.
 */
export function keepInside(
  target: Pick<typeof globalThis, 'fetch'>,
  isInside: (url: URL) => boolean,
): void {
  const send = target.fetch
  target.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, globalThis.location?.href)
    if (!/^https?:$/.test(url.protocol) || isInside(url)) return send(input, init)
    return Promise.resolve(Response.json({}))
  }
}

/** The page's own origin, and the name below it that the Studio's embedded SDK makes of the project. */
export function isOwnAddress(url: URL, origin: string, projectId: string): boolean {
  if (url.origin === origin) return true
  const own = new URL(origin)
  return url.protocol === own.protocol && url.host === `${projectId}.${own.host}`
}
