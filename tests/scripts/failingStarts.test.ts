import {existsSync} from 'node:fs'
import {cp, mkdir, readFile, writeFile} from 'node:fs/promises'
import {createServer} from 'node:net'
import {join} from 'node:path'

import Database from 'better-sqlite3'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'

import {filesOf, newFolder, removeFolder, temporaryFolder} from './support/files.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {runScript, type ScriptOptions} from './support/script.ts'

// The first start in a fresh checkout builds the Studio, perhaps after others who do.
vi.setConfig({testTimeout: 120_000, hookTimeout: 180_000})

/** One sentence on standard error, nothing else anywhere, exit code 1. */
async function refusalOf(args: readonly string[], options: ScriptOptions = {}): Promise<string> {
  const {code, signal, out, err} = await runScript('start', args, options)
  expect({code, signal, out}).toEqual({code: 1, signal: null, out: ''})
  expect(err).toMatch(/^[^\n]+\n$/)
  return err.trimEnd()
}

describe('flags that cannot be used', () => {
  const usage =
    'Usage: npm start -- [--port N] [--host ADDRESS] [--url URL] [--data DIR] [--no-seed] [--open]'
  test.each([
    [['--port', 'abc'], '--port must be a number from 0 to 65535, not "abc".'],
    [['--port', '65536'], '--port must be a number from 0 to 65535, not "65536".'],
    [['--port='], '--port must be a number from 0 to 65535, not "".'],
    [['--host='], '--host must be an address of this machine, such as 127.0.0.1.'],
    [['--data='], '--data must name a folder, such as --data ./data.'],
    [
      ['--url', 'newsroom.example'],
      '--url must be a whole address such as https://newsroom.example, not "newsroom.example".',
    ],
    [
      ['--url', 'https://newsroom.example/cms'],
      '--url must be an origin without a path (Dateline serves /, /studio and /v…): "https://newsroom.example/cms".',
    ],
    [['--prot', '4000'], `Unknown option '--prot'. ${usage}`],
    [['--port'], `Option '--port <value>' argument missing. ${usage}`],
    [['4000'], `Unexpected argument '4000'. ${usage}`],
  ])('%j', async (args, sentence) => {
    const cwd = temporaryFolder()
    expect(await refusalOf(args, {cwd})).toBe(sentence)
    expect(await filesOf(cwd)).toEqual({})
  })
})

describe('settings that cannot be used', () => {
  test.each([
    [{SANITY_STUDIO_LAKE: 'cloud'}, 'SANITY_STUDIO_LAKE must be "embedded" or "hosted".'],
    [
      {SANITY_STUDIO_PROJECT_ID: 'My-News'},
      'SANITY_STUDIO_PROJECT_ID may hold only the letters a to z and digits.',
    ],
    [
      {SANITY_STUDIO_DATASET: '../production'},
      'SANITY_STUDIO_DATASET must start with a letter or digit and hold at most 64 of a to z, 0 to 9, - and _.',
    ],
    [
      {SANITY_STUDIO_LAKE: 'hosted'},
      'With SANITY_STUDIO_LAKE=hosted, SANITY_STUDIO_PROJECT_ID must name your Sanity project.',
    ],
    [{DATELINE_LOG: 'loud'}, 'DATELINE_LOG must be one of debug, info, warn, error.'],
  ])('%j', async (env, sentence) => {
    const cwd = temporaryFolder()
    expect(await refusalOf([], {cwd, env})).toBe(sentence)
    expect(await filesOf(cwd)).toEqual({})
  })

  test('a .env is read, and one that cannot be read is named', async () => {
    const cwd = temporaryFolder()
    await writeFile(join(cwd, '.env'), 'SANITY_STUDIO_LAKE=cloud\n')
    expect(await refusalOf([], {cwd})).toBe('SANITY_STUDIO_LAKE must be "embedded" or "hosted".')

    const other = temporaryFolder()
    await mkdir(join(other, '.env'))
    expect(await refusalOf([], {cwd: other})).toBe(
      'The file .env cannot be read. Correct it, or remove it.',
    )
  })
})

describe('addresses that cannot be listened on', () => {
  test('a taken port is told before a data folder is made', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const data = join(temporaryFolder(), 'data')
    expect(await refusalOf(['--port', String(port), '--data', data])).toBe(
      `Port ${port} is taken by another program. Stop it, or choose another port: npm start -- --port ${port + 1}`,
    )
    expect(existsSync(data)).toBe(false)
    await new Promise((resolve) => other.close(resolve))
  })

  test("an address that is not this machine's", async () => {
    const data = join(temporaryFolder(), 'data')
    expect(await refusalOf(['--port', '0', '--host', '203.0.113.7', '--data', data])).toBe(
      'Cannot listen on 203.0.113.7:0 (EADDRNOTAVAIL). --host must be an address of this machine.',
    )
    expect(existsSync(data)).toBe(false)
  })
})

const rescue = 'Choose another folder with --data DIR, or repair this one.'

describe('data folders that cannot be used', () => {
  test('a file where the folder should be stays as it is', async () => {
    const file = join(temporaryFolder(), 'data')
    await writeFile(file, 'my notes')
    expect(await refusalOf(['--port', '0', '--data', file])).toBe(
      `The data folder ${file} cannot be used: a file of that name is in the way. ${rescue}`,
    )
    const below = join(file, 'data')
    expect(await refusalOf(['--port', '0', '--data', below])).toBe(
      `The data folder ${below} cannot be used: a file stands where a folder should be. ${rescue}`,
    )
    expect(await readFile(file, 'utf8')).toBe('my notes')
  })

  test.runIf(process.platform === 'linux')('a place where nobody may make a folder', async () => {
    expect(await refusalOf(['--port', '0', '--data', '/proc/newsroom'])).toBe(
      `The data folder /proc/newsroom cannot be used: no folder can be made there. ${rescue}`,
    )
  })
})

describe('a data folder that somebody uses, or has used', () => {
  let parent: string
  let data: string
  /** As a server left it that was stopped. */
  let closed: string
  let running: RunningProduct

  beforeAll(async () => {
    parent = newFolder()
    data = join(parent, 'data')
    closed = join(parent, 'closed')
    await (await startProduct(['--data', closed])).stop()
    await cp(closed, data, {recursive: true})
    running = await startProduct(['--data', data])
  })

  afterAll(async () => {
    await running.stop()
    await removeFolder(parent)
  })

  test('is kept from a second server, which says who holds it', async () => {
    // The running server may write into its logs meanwhile, as it keeps its indexes up.
    const before = await stored(data)
    expect(await refusalOf(['--port', '0', '--data', data])).toBe(
      `The data folder ${data} is in use by the server at ${running.origin} (process ${running.script.pid}). Stop that one first, or choose another folder with --data DIR.`,
    )
    expect(await stored(data)).toEqual(before)
    expect((await fetch(`${running.origin}/healthz`)).status).toBe(200)
  })

  test.each(['lake.sqlite', 'datasets/production.sqlite'])(
    'with a newer %s is left as it was, and opens again with the version that it knows',
    async (file) => {
      const copy = join(temporaryFolder(), 'data')
      await cp(closed, copy, {recursive: true})
      const path = join(copy, file)
      const known = setVersion(path, 99)
      const before = await stored(copy)
      expect(await refusalOf(['--port', '0', '--data', copy])).toBe(
        `${path} was written by a newer version of this program (its schema is 99, this one knows ${known}). Start the newer version, or use another data folder.`,
      )
      expect(await stored(copy)).toEqual(before)

      setVersion(path, known)
      const {origin, stop} = await startProduct(['--data', copy])
      expect(await (await fetch(`${origin}/`)).text()).toContain('Kerry')
      expect(await stop()).toMatchObject({code: 0})
    },
  )

  test.each(['lake.sqlite', 'datasets/production.sqlite'])(
    'with a %s that is no database is left as it was',
    async (file) => {
      const copy = join(temporaryFolder(), 'data')
      await cp(closed, copy, {recursive: true})
      const path = join(copy, file)
      await writeFile(path, 'not a database, but long enough to look like one '.repeat(100))
      expect(await refusalOf(['--port', '0', '--data', copy])).toBe(
        `${path} cannot be opened: it is not a database of this program. ${rescue}`,
      )
      expect(await readFile(path, 'utf8')).toMatch(/^not a database/)
    },
  )
})

/** The files that hold content: not the lock, and not where a server was last seen. */
async function stored(folder: string): Promise<{[path: string]: string}> {
  const files = Object.entries(await filesOf(folder))
  return Object.fromEntries(files.filter(([path]) => !/^(lock|server)\.|-(wal|shm)$/.test(path)))
}

function setVersion(path: string, version: number): number {
  const database = new Database(path)
  const before = Number(database.pragma('user_version', {simple: true}))
  database.pragma('journal_mode = DELETE')
  database.pragma(`user_version = ${version}`)
  database.close()
  return before
}
