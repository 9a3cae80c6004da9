import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, rm} from 'node:fs/promises'
import {get} from 'node:http'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import {findRunningServer} from '../../lake/store/accountsFolder.ts'

const projectDirectory = join(import.meta.dirname, '..', '..')

export type MeasuredProduct = {
  origin: string
  pid: number
  /** Milliseconds from typing the command to the first byte of the front page. */
  startMilliseconds: number
  stop(): Promise<void>
}

/** `npm start` as a person types it; resolves once the front page has been answered. */
export async function startProduct(
  dataDirectory: string,
  environment: {[name: string]: string} = {},
): Promise<MeasuredProduct> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const began = performance.now()
  const child = spawn(
    'npm',
    ['start', '--silent', '--', '--port', String(port), '--data', dataDirectory],
    {
      cwd: projectDirectory,
      env: {...process.env, SANITY_STUDIO_LAKE: 'embedded', ...environment},
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const ended = once(child, 'close')
  while (!(await answers(`${origin}/`))) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}.`)
    await setTimeout(5)
  }
  const startMilliseconds = performance.now() - began
  const server = findRunningServer(dataDirectory)
  if (server === undefined) throw new Error('The server has not said where it runs.')
  return {
    origin,
    pid: server.pid,
    startMilliseconds,
    async stop() {
      process.kill(server.pid, 'SIGTERM')
      await ended
    },
  }
}

/** Runs with a new data folder, which goes afterwards. */
export async function withDataFolder<Answer>(
  run: (dataDirectory: string) => Promise<Answer>,
): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'))
  try {
    return await run(join(folder, 'data'))
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** Runs with a started product on a new data folder. */
export function withProduct<Answer>(
  run: (product: MeasuredProduct, dataDirectory: string) => Promise<Answer>,
): Promise<Answer> {
  return withDataFolder(async (dataDirectory) => {
    const product = await startProduct(dataDirectory)
    try {
      return await run(product, dataDirectory)
    } finally {
      await product.stop()
    }
  })
}

/** Not `fetch`, whose first call costs more than what is measured. */
async function answers(url: string): Promise<boolean> {
  return await new Promise((resolve) => {
    get(url, {agent: false}, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    }).once('error', () => resolve(false))
  })
}

/** Resident memory of a process. */
export function residentMegabytes(pid: number): number {
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]))
  return Math.round(kilobytes / 1024)
}

/** Processor time that a process has used, in whole seconds. */
export function processorSeconds(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'cputimes=', '-p', String(pid)]))
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
