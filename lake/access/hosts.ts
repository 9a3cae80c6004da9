/** Where a lake may be reached: what `Host` and `Origin` headers are judged by. */
export type Addresses = {
  projectId: string
  /** The address that browsers use. */
  publicUrl: URL
  /** Further host names without port, as an administrator has configured them. */
  extraHosts: readonly string[]
}

/** Names of this machine. A page on the web cannot bind a name of its own to a request that carries one of these. */
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Reads a `Host` header (`name`, `name:port`, `[::1]:port`). `undefined` when it is not a plain host:
 * anything that `URL` would read as user info, path or query is refused rather than interpreted.
 */
export function parseHost(header: string): {name: string; port: string} | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(header.trim())
  const name = match?.[1]
  return name === undefined ? undefined : {name: name.toLowerCase(), port: match?.[2] ?? ''}
}

/**
 * Whether a `Host` header names this lake. Everything else is refused, because a web page can point a
 * name of its own at 127.0.0.1 (DNS rebinding) and would then be same-origin with a newsroom's lake.
 */
export function isOwnHost(header: string, addresses: Addresses): boolean {
  const host = parseHost(header)
  if (!host) return false
  return isLoopback(host.name, addresses) || isPublicName(host.name, addresses)
}

/** The project that a host's first label names (`{project}.localhost`), if any. */
export function projectOfHost(header: string): string | undefined {
  return /^([a-z0-9-]+)\.localhost$/.exec(parseHost(header)?.name ?? '')?.[1]
}

/**
 * Whether an `Origin` header is one of this lake's own pages. The port is judged by the request's own
 * `Host` header, which names the port that the browser used; another port of this machine is another program.
 */
export function isOwnOrigin(origin: string, hostHeader: string, addresses: Addresses): boolean {
  if (origin === addresses.publicUrl.origin) return true
  const host = parseHost(hostHeader)
  const page = parseOrigin(origin)
  if (!host || !page || page.port !== portOf(host.port, page.protocol)) return false
  if (page.name === host.name) return true
  return isLoopback(page.name, addresses) && isLoopback(host.name, addresses)
}

/** The normal form of a web origin (`https://name[:port]`), or `undefined` when the text is none. */
export function normaliseOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && !url.username
  return isBare ? url.origin : undefined
}

function isLoopback(name: string, {projectId}: Addresses): boolean {
  return loopbackNames.has(name) || name === `${projectId}.localhost`
}

function isPublicName(name: string, {publicUrl, extraHosts}: Addresses): boolean {
  return (
    name === publicUrl.hostname || extraHosts.some((extraHost) => extraHost.toLowerCase() === name)
  )
}

function parseOrigin(origin: string): {name: string; port: string; protocol: string} | undefined {
  const normal = normaliseOrigin(origin)
  if (normal === undefined) return undefined
  const {hostname, port, protocol} = new URL(normal)
  return {name: hostname, port: portOf(port, protocol), protocol}
}

function portOf(port: string, protocol: string): string {
  return port === '' ? ({'https:': '443'}[protocol] ?? '80') : port
}
