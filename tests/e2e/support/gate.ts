import {createServer, request as ask, type IncomingMessage, type ServerResponse} from 'node:http'
import type {Socket} from 'node:net'

export type Gate = {
  /** Where browsers find the server through the gate. */
  origin: string
  /** Streams of breaking news that are open now. */
  streams(): number
  /** Streams that were opened so far. */
  opened(): number
  /** How many answers for a path it keeps. */
  holds(path: string): number
  /** How often a path was asked for so far. */
  asked(path: string): number
  /** What this proxy does to streams from now on: it lets them through, holds all they say back, or cuts them off. */
  streamsAre(how: 'passed' | 'heldBack' | 'cut'): void
  /** Lets out what was held back, late as it is. */
  letOut(): void
  /** Keeps the answers for a path, which the server has given, until what it answers is called. */
  holdAnswers(path: string): () => void
  /** The server is gone: every connection breaks and new ones are refused. */
  shut(): Promise<void>
  /** It is there again, at the same address. */
  reopen(): Promise<void>
}

/**
 * A door in front of a server, over plain HTTP: counts what goes through, and can be shut as a server is
 * that stops. `origin` is the server's.
 */
export async function openGate(origin: string): Promise<Gate> {
  const target = new URL(origin)
  const sockets = new Set<Socket>()
  const streams = new Set<ServerResponse>()
  const asked = new Map<string, number>()
  let opened = 0
  let how: 'passed' | 'heldBack' | 'cut' = 'passed'
  let heldBack: (() => void)[] = []
  const held = new Map<string, (() => void)[]>()

  const isStream = (path: string) => path.split('?')[0] === '/live/breaking'
  const passOn = (path: string, answer: IncomingMessage, outgoing: ServerResponse) => {
    if (!isStream(path)) return void answer.pipe(outgoing)
    if (how === 'cut') return void outgoing.destroy()
    answer.on('data', (bytes: Buffer) => {
      if (how === 'passed') outgoing.write(bytes)
      else heldBack.push(() => outgoing.write(bytes))
    })
    answer.once('end', () => outgoing.end())
    answer.once('error', () => outgoing.destroy())
  }

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/'
    asked.set(path, (asked.get(path) ?? 0) + 1)
    if (isStream(path)) {
      opened += 1
      streams.add(outgoing)
      outgoing.once('close', () => streams.delete(outgoing))
    }
    const forwarded = ask(
      {
        hostname: target.hostname,
        port: target.port,
        path,
        method: incoming.method,
        headers: {...incoming.headers, host: target.host},
      },
      (answer) => {
        const answered = () => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          passOn(path, answer, outgoing)
        }
        const waiting = held.get(path)
        if (waiting) waiting.push(answered)
        else answered()
      },
    )
    forwarded.once('error', () => outgoing.destroy())
    outgoing.once('close', () => forwarded.destroy())
    incoming.pipe(forwarded)
  }

  const listen = (port: number) => {
    const server = createServer(pass)
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    return new Promise<typeof server>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, 'localhost', () => resolve(server))
    })
  }

  let server = await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The gate has no port.')
  const {port} = address
  return {
    origin: `http://localhost:${port}`,
    streams: () => streams.size,
    opened: () => opened,
    holds: (path) => held.get(path)?.length ?? 0,
    asked: (path) => asked.get(path) ?? 0,
    streamsAre(next) {
      how = next
    },
    letOut() {
      for (const write of heldBack) write()
      heldBack = []
    },
    holdAnswers(path) {
      const waiting: (() => void)[] = []
      held.set(path, waiting)
      return () => {
        held.delete(path)
        for (const answered of waiting) answered()
      }
    },
    async shut() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async reopen() {
      server = await listen(port)
    },
  }
}
