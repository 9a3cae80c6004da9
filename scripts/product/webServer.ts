import {ServerResponse, type Server} from 'node:http'

import {serve, type Http2Bindings, type HttpBindings} from '@hono/node-server'

import type {Connection} from '../../site/breakingRoutes.ts'
import {ConfigError} from '../config.ts'
import {forwardUpgrades} from './upgrades.ts'

/** Bytes of a request's head: the client's longest listener address alone has 14,800, and Node allows 16,384. */
const maxHeaderSize = 65_536

/** `connection` is where a stream may be written past the web's own, which costs less for thousands of them. */
type Answer = (request: Request, connection: Connection) => Response | Promise<Response>

export type WebServer = {
  port: number
  /** Decides who answers from now on. */
  answerWith(answer: Answer): void
  /** Passes WebSockets on to another server of this machine, from now until this one closes. */
  forwardUpgradesTo(otherServer: string): void
  /** Takes no new connections, lets requests in flight end (at most `graceMilliseconds`), then closes. */
  close(graceMilliseconds: number): Promise<void>
}

/**
 * Listens before anything slow happens, so that a taken port is told at once and `/healthz` can say what is
 * still being prepared. Throws `ConfigError` when the address cannot be listened on.
 */
export async function listen(host: string, port: number, first: Answer): Promise<WebServer> {
  let answer = first
  const server = await new Promise<Server>((resolve, reject) => {
    const options = {
      fetch: (request: Request, bindings: HttpBindings | Http2Bindings) =>
        answer(request, connectionOf(bindings)),
      hostname: host,
      port,
      serverOptions: {maxHeaderSize},
    }
    const starting = serve(options, () => {
      starting.removeListener('error', reject)
      if ('keepAliveTimeout' in starting) resolve(starting)
    })
    starting.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ConfigError(listenSentence(error, host, port), {cause: error})),
    )
  })
  // Longer than a proxy's usual minute, so that the proxy closes idle connections first.
  server.keepAliveTimeout = 75_000
  // A connection that is answering while we stop would else be kept alive for a next request.
  const closeIdleWhenStopping = () => {
    if (!server.listening) setImmediate(() => server.closeIdleConnections())
  }
  server.on('request', (_request, answer) => answer.once('close', closeIdleWhenStopping))
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new ConfigError('The server has no port.')
  const forwarding: {end(): void}[] = []
  return {
    port: address.port,
    answerWith: (next) => {
      answer = next
    },
    forwardUpgradesTo: (otherServer) => {
      forwarding.push(forwardUpgrades(server, otherServer))
    },
    async close(graceMilliseconds) {
      for (const {end} of forwarding.splice(0)) end()
      await closeServer(server, graceMilliseconds)
    },
  }
}

function connectionOf({outgoing}: HttpBindings | Http2Bindings): Connection {
  return outgoing instanceof ServerResponse ? {outgoing} : {}
}

function listenSentence(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    const other = port < 65_535 ? port + 1 : 3000
    return `Port ${port} is taken by another program. Stop it, or choose another port: npm start -- --port ${other}`
  }
  if (error.code === 'EACCES') {
    return `This account may not listen on port ${port}. Choose one above 1023: npm start -- --port 3000`
  }
  return `Cannot listen on ${host}:${port} (${error.code ?? error.message}). --host must be an address of this machine.`
}

async function closeServer(server: Server, graceMilliseconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const overdue = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
  await closed
  clearTimeout(overdue)
}
