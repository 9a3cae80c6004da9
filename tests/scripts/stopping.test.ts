import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {Agent, request, type ClientRequest} from 'node:http'
import {text} from 'node:stream/consumers'
import {join} from 'node:path'

import {z} from 'zod'
import {expect, onTestFinished, test, vi} from 'vitest'

import {temporaryFolder} from './support/files.ts'
import {clientFor, startProduct} from './support/product.ts'

// The first start in a fresh checkout builds the Studio, perhaps after others who do.
vi.setConfig({testTimeout: 120_000, hookTimeout: 180_000})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: what is in flight is answered and stored, streams end, nothing new is taken',
  async (signal) => {
    const data = join(temporaryFolder(), 'data')
    const product = await startProduct(['--data', data, '--no-seed'])
    const client = await clientFor(product, data)
    const {token} = client.config()
    const headers = {authorization: `Bearer ${token}`, 'content-type': 'application/json'}
    const agent = new Agent({keepAlive: true})
    const open = (path: string, type = 'application/json') =>
      request(`${product.origin}/v2025-02-19${path}`, {
        method: 'POST',
        agent,
        headers: {...headers, 'content-type': type},
      })

    const stream = await fetch(
      `${product.origin}/v2025-02-19/data/listen/production?query=*&includeMutations=false`,
      {headers},
    )
    const streamed = stream.text()
    const reader = await fetch(`${product.origin}/live/breaking`)
    const read = reader.text()

    const mutation = open('/data/mutate/production?returnIds=true')
    const body = JSON.stringify({mutations: [{create: {_id: 'inFlight', _type: 'note'}}]})
    const upload = open('/assets/files/production?filename=notes.txt', 'text/plain')
    await halfWay(mutation, body.slice(0, 20))
    await halfWay(upload, 'first half, ')

    product.script.kill(signal)
    await product.script.until(/Stopping: finishing requests in flight and closing the store …/)
    product.script.kill(signal)
    expect(await streamed).toContain('event: welcome')
    await read
    await expect(fetch(`${product.origin}/healthz`)).rejects.toThrow('fetch failed')

    const stopped = performance.now()
    const [mutated, uploaded] = await Promise.all([
      finish(mutation, body.slice(20)),
      finish(upload, 'second half'),
    ])
    expect([mutated.status, uploaded.status]).toEqual([200, 200])
    expect(await product.script.ended).toMatchObject({code: 0, signal: null, err: ''})
    // Kept-alive connections do not hold the process for the ten seconds that requests may take.
    expect(performance.now() - stopped).toBeLessThan(8000)
    agent.destroy()

    const again = await startProduct(['--data', data, '--no-seed'])
    const later = client.withConfig({apiHost: again.origin})
    expect(
      await later.fetch('*[_type in ["note", "sanity.fileAsset"]]{_type, size} | order(_type)'),
    ).toEqual([
      {_type: 'note', size: null},
      {_type: 'sanity.fileAsset', size: 23},
    ])
    const {document} = z.object({document: z.object({url: z.string()})}).parse(uploaded.body)
    const {pathname} = new URL(document.url)
    const file = await fetch(`${again.origin}${pathname}`, {headers})
    expect(await file.text()).toBe('first half, second half')
    await again.stop()
  },
)

/** Sends the first part of a body, and resolves once the server has it. */
async function halfWay(sending: ClientRequest, part: string): Promise<void> {
  sending.setHeader('expect', '100-continue')
  sending.flushHeaders()
  await new Promise((resolve) => sending.once('continue', resolve))
  await new Promise<void>((resolve, reject) => {
    sending.write(part, (error) => (error ? reject(error) : resolve()))
  })
}

async function finish(
  sending: ClientRequest,
  rest: string,
): Promise<{status: number; body: unknown}> {
  const answer = new Promise<{status: number; body: unknown}>((resolve, reject) => {
    sending.once('error', reject)
    sending.once('response', (response) => {
      const status = response.statusCode ?? 0
      text(response).then((json) => resolve({status, body: JSON.parse(json)}), reject)
    })
  })
  sending.end(rest)
  return await answer
}

test('SIGTERM for npm, as a process manager sends it, stops the server in order too', async () => {
  const data = join(temporaryFolder(), 'data')
  const npm = spawn('npm', ['start', '--', '--port', '0', '--data', data, '--no-seed'], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    // A process group of its own, so that a server that was left alone can be ended.
    detached: true,
  })
  onTestFinished(() => {
    try {
      if (npm.pid !== undefined) process.kill(-npm.pid, 'SIGKILL')
    } catch {
      // All of it has ended, as it should.
    }
  })
  let printed = ''
  const origin = await new Promise<string>((resolve, reject) => {
    npm.once('close', () => reject(new Error(`npm start ended:\n${printed}`)))
    npm.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
      const [, found] = /Site +(\S+)\/\n[^]*Stop:/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
  })

  npm.kill('SIGTERM')

  // Standard output ends with the last process that holds it: the server's own.
  await once(npm.stdout, 'end')
  expect(printed).toContain('Stopping: finishing requests in flight and closing the store …')
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow('fetch failed')
})
