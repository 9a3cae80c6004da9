import {createServer, type IncomingHttpHeaders} from 'node:http'

import {onTestFinished} from 'vitest'

export type Received = {headers: IncomingHttpHeaders; body: string; message: Message}
type Message = {id: string; event: string; at: string; text?: string; [field: string]: unknown}

/** An answer: a status, with headers or not; `undefined` for none at all. */
export type Answer = number | {status: number; headers: {[name: string]: string}} | undefined

/** A partner's machine: keeps what it is sent, and answers as a test wants. */
export async function openReceiver(answer: (received: Received) => Answer = () => 200) {
  const received: Received[] = []
  let answering = answer
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.once('end', () => {
      const one = {headers: request.headers, body, message: JSON.parse(body)}
      received.push(one)
      const said = answering(one)
      if (said === undefined) return
      const {status, headers} = typeof said === 'number' ? {status: said, headers: {}} : said
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    port: address.port,
    received,
    events: () => received.map(({message}) => message.event),
    answers(next: (received: Received) => Answer) {
      answering = next
    },
  }
}
