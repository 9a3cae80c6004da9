import {utimes} from 'node:fs/promises'
import {createServer} from 'node:net'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {temporaryFolder} from './support/files.ts'
import {freePort} from './support/freePort.ts'
import {startScript} from './support/script.ts'

const projectDirectory = join(import.meta.dirname, '..', '..')

test(
  'npm run dev: the Studio reloads through the same port, the server starts again, Ctrl-C ends all',
  {timeout: 120_000},
  async () => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const script = startScript('dev', [
      '--port',
      String(port),
      '--data',
      join(temporaryFolder(), 'data'),
    ])
    await script.until(/Stop: [\s\S]*\n/)
    await expect.poll(() => statusOf(`${origin}/studio`), {timeout: 60_000}).toBe(200)
    const page = await (await fetch(`${origin}/studio`)).text()
    expect(page).toContain('<title>Dateline</title>')
    expect(page).toContain('src="/studio/@vite/client"')
    expect(page).not.toMatch(/src="https?:|<link[^>]*https?:/)

    const client = await (await fetch(`${origin}/studio/@vite/client`)).text()
    const [, token] = /wsToken = "([^"]+)"/.exec(client) ?? []
    const messages: string[] = []
    const socket = new WebSocket(`ws://localhost:${port}/studio/?token=${token}`, 'vite-hmr')
    socket.addEventListener('message', ({data}) => messages.push(String(data)))
    await expect.poll(() => messages.at(0)).toBe('{"type":"connected"}')

    expect(await statusOf(`${origin}/studio/sanity.config.ts`)).toBe(200)
    await touch('sanity.config.ts')
    await expect
      .poll(() => messages.at(-1), {timeout: 20_000})
      .toMatch(/"type":"(update|full-reload)"/)

    await touch('scripts/product/banner.ts')
    await script.until(/scripts\/product\/banner\.ts has changed: starting the server again …/)
    await script.until(/Stop: [\s\S]*Stopping: [\s\S]*Stop: /)
    expect(await statusOf(`${origin}/`)).toBe(200)

    expect(script.out()).not.toContain('running at')
    script.kill('SIGINT')
    const {code, err} = await script.ended
    expect({code, complaints: /error|fail/i.exec(err)}).toEqual({code: 0, complaints: null})
    await expect(fetch(origin)).rejects.toThrow('fetch failed')
  },
)

test('npm run dev ends with the sentence of a start that fails', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const data = join(temporaryFolder(), 'data')
  const {ended} = startScript('dev', ['--port', String(port), '--data', data])
  expect(await ended).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      `Port ${port} is taken by another program. Stop it, or choose another port: npm start -- --port ${port + 1}\n`,
    ),
  })
  other.close()

  expect(await startScript('dev', ['--port', 'x']).ended).toEqual({
    code: 1,
    signal: null,
    out: '',
    err: '--port must be a number from 0 to 65535, not "x".\n',
  })
})

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status
}

/** As saving it unchanged does. */
async function touch(file: string): Promise<void> {
  const now = new Date()
  await utimes(join(projectDirectory, file), now, now)
}
