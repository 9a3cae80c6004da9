import type {IncomingMessage, Server} from 'node:http'
import {connect} from 'node:net'
import type {Duplex} from 'node:stream'

/**
 * `npm run dev`: passes WebSockets under `/studio` on to the Studio's development server, which tells the page
 * through them what to reload. `end` breaks those that are open: a server that closes would wait for them.
 */
export function forwardUpgrades(server: Server, developmentServer: string): {end(): void} {
  const open = new Set<Duplex>()
  const forward = (request: IncomingMessage, page: Duplex, head: Buffer) => {
    if (!request.url?.startsWith('/studio')) return page.destroy()
    const {hostname, host, port} = new URL(developmentServer)
    const onward = connect(Number(port), hostname, () => {
      onward.write(requestHead(request, host))
      onward.write(head)
      onward.pipe(page).pipe(onward)
    })
    const closeBoth = () => {
      open.delete(page)
      page.destroy()
      onward.destroy()
    }
    open.add(page)
    for (const end of [page, onward]) end.once('error', closeBoth).once('close', closeBoth)
  }
  server.on('upgrade', forward)
  return {
    end() {
      server.off('upgrade', forward)
      for (const page of open) page.destroy()
    },
  }
}

/** The request as it came, but for the host: the development server answers to its own name only. */
function requestHead({method, url, headers}: IncomingMessage, host: string): string {
  const lines = Object.entries({...headers, host}).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}`),
  )
  return [`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}
