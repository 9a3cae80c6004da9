import {request} from 'node:http'

export type RawAnswer = {
  status: number
  headers: {[name: string]: string | string[] | undefined}
  text: string
}

/** One HTTP request with exactly these headers: `fetch` would not let a test set `Host` or `Origin`. */
export function rawRequest(
  url: string,
  options: {method?: string; headers?: {[name: string]: string}; body?: string} = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const {method = 'GET', headers = {}, body} = options
    const sent = request(url, {method, headers, agent: false}, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
