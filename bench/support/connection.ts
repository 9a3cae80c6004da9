import {Agent, request, type IncomingMessage} from 'node:http'

/** Requests to one server over one connection that is kept open. */
export type Connection = {
  get(path: string): Promise<string>
  post(path: string, json: unknown): Promise<string>
  /** Begins to read an answer that does not end: hands on each piece of text until the connection closes. */
  follow(path: string, receive: (text: string) => void): Promise<void>
  close(): void
}

/** Throws, in each method, when the server answers anything but 200. */
export function connectTo(origin: string, token?: string): Connection {
  const agent = new Agent({keepAlive: true, maxSockets: 1})
  const authorization = token === undefined ? {} : {authorization: `Bearer ${token}`}
  const send = (path: string, json?: unknown): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const body = json === undefined ? undefined : JSON.stringify(json)
      const headers = {
        ...authorization,
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
      }
      const method = body === undefined ? 'GET' : 'POST'
      request(`${origin}${path}`, {agent, headers, method}, resolve).once('error', reject).end(body)
    })
  const answerOf = async (path: string, json?: unknown) => {
    const answer = await send(path, json)
    const text = await textOf(answer)
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${text}`)
    return text
  }
  return {
    get: (path) => answerOf(path),
    post: (path, json) => answerOf(path, json),
    async follow(path, receive) {
      const answer = await send(path)
      if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}.`)
      // The server ends it, or `close` does; neither is an error of the measurement.
      answer
        .setEncoding('utf8')
        .on('data', receive)
        .once('error', () => undefined)
    },
    close: () => agent.destroy(),
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  answer.setEncoding('utf8')
  for await (const piece of answer) text += piece
  return text
}
