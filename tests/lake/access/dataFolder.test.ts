import {execFile, spawn, type ChildProcess} from 'node:child_process'
import {chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import Database from 'better-sqlite3'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {findRunningServer} from '../../../lake/store/accountsFolder.ts'
import {openLake, type Lake} from '../../../lake/server.ts'
import {testEnvironment, testRoles} from '../support/startLake.ts'

const accountsFolderModule = JSON.stringify(
  new URL('../../../lake/store/accountsFolder.ts', import.meta.url).href,
)

let parent: string
let directory: string
const open: Lake[] = []

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lake-folder-'))
  directory = join(parent, 'data')
})

afterEach(async () => {
  for (const lake of open.splice(0)) await lake.close()
  await rm(parent, {recursive: true, force: true})
})

async function openAt(dataDirectory: string): Promise<Lake> {
  const lake = await openLake({
    dataDirectory,
    projectId: 'testing',
    datasets: ['production'],
    publicUrl: 'http://localhost:4160',
    extraHosts: [],
    productName: 'Testing',
    roles: testRoles,
    environment: testEnvironment(),
  })
  open.push(lake)
  return lake
}

function failure(code: string, message: string) {
  return {name: 'LakeError', code, message}
}

test('a missing folder is made, with everything in its place', async () => {
  await openAt(directory)
  const entries = await readdir(directory)
  expect(entries.filter((name) => !/-(wal|shm|journal)$/.test(name)).toSorted()).toEqual([
    'assets',
    'datasets',
    'lake.sqlite',
    'lock.sqlite',
    'server.json',
  ])
  expect(await readdir(join(directory, 'datasets'))).toContain('production.sqlite')
  expect(findRunningServer(directory)).toEqual({pid: process.pid, url: 'http://localhost:4160'})
})

test('a second lake on the same folder is told who holds it', async () => {
  const first = await openAt(directory)
  const message = `The data folder ${directory} is in use by the server at http://localhost:4160 (process ${process.pid}). Stop that one first, or choose another folder with --data DIR.`
  await expect(openAt(directory)).rejects.toMatchObject(failure('dataFolderLocked', message))
  expect(findRunningServer(directory)).toEqual({pid: process.pid, url: 'http://localhost:4160'})

  await first.close()
  expect(findRunningServer(directory)).toBeUndefined()
  await expect(openAt(directory)).resolves.toBeDefined()
})

test('another process is kept out, and its kill gives the folder back', async () => {
  const holder = await holdInAnotherProcess(directory)
  const message = `The data folder ${directory} is in use by the server at http://localhost:4161 (process ${holder.pid}). Stop that one first, or choose another folder with --data DIR.`
  await expect(openAt(directory)).rejects.toMatchObject(failure('dataFolderLocked', message))

  const ended = new Promise((resolve) => holder.once('exit', resolve))
  holder.kill('SIGKILL')
  await ended
  expect(findRunningServer(directory)).toBeUndefined()
  await expect(openAt(directory)).resolves.toBeDefined()
})

test('a file where the folder should be is left alone', async () => {
  await writeFile(directory, 'my notes')
  await expect(openAt(directory)).rejects.toMatchObject(
    failure(
      'dataFolderUnusable',
      `The data folder ${directory} cannot be used: a file of that name is in the way. Choose another folder with --data DIR, or repair this one.`,
    ),
  )
  const inside = join(directory, 'data')
  await expect(openAt(inside)).rejects.toMatchObject(
    failure(
      'dataFolderUnusable',
      `The data folder ${inside} cannot be used: a file stands where a folder should be. Choose another folder with --data DIR, or repair this one.`,
    ),
  )
  expect(await readFile(directory, 'utf8')).toBe('my notes')
})

test('a folder that may not be written is named, and left as it is', async () => {
  await mkdir(directory)
  await chmod(parent, 0o755)
  await chmod(directory, 0o555)
  // The administrator of a machine may write anywhere, so the attempt is made as the user "nobody".
  const program = `
    import {prepareDataFolder} from ${accountsFolderModule}
    if (process.getuid() === 0) process.setuid(65534)
    try { prepareDataFolder(${JSON.stringify(directory)}) } catch (error) { console.log(error.code + ': ' + error.message) }
  `
  const {stdout} = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    program,
  ])
  expect(stdout).toBe(
    `dataFolderUnusable: The data folder ${directory} cannot be used: this user may not write there. Choose another folder with --data DIR, or repair this one.\n`,
  )
  expect(await readdir(directory)).toEqual([])
})

test('a newer store is left untouched, and the folder free', async () => {
  const lake = await openAt(directory)
  await lake.close()
  for (const [file, known] of [
    ['lake.sqlite', 1],
    [join('datasets', 'production.sqlite'), undefined],
  ] as const) {
    const path = join(directory, file)
    const version = setVersion(path, 99)
    const bytes = await readFile(path)
    const error = await openAt(directory).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'storeNewer',
      message: `${path} was written by a newer version of this program (its schema is 99, this one knows ${known ?? version}). Start the newer version, or use another data folder.`,
    })
    expect((await readFile(path)).equals(bytes)).toBe(true)
    expect(findRunningServer(directory)).toBeUndefined()
    setVersion(path, version)
  }
  await expect(openAt(directory)).resolves.toBeDefined()
})

test('a file that is no database of ours is named', async () => {
  await mkdir(directory)
  const path = join(directory, 'lake.sqlite')
  await writeFile(path, 'not a database, but long enough to look like one'.repeat(100))
  await expect(openAt(directory)).rejects.toMatchObject(
    failure(
      'dataFolderUnusable',
      `${path} cannot be opened: it is not a database of this program. Choose another folder with --data DIR, or repair this one.`,
    ),
  )
})

test('options that cannot be used are refused before anything is written', async () => {
  const options = {
    dataDirectory: directory,
    projectId: 'testing',
    datasets: ['production'],
    publicUrl: 'http://localhost:4160',
    extraHosts: [],
    productName: 'Testing',
    roles: testRoles,
    environment: testEnvironment(),
  }
  const misspelt = {
    name: 'x',
    title: 'X',
    description: '',
    grants: [{filter: '_type ==', permissions: []}],
  }
  const attempts = [
    {...options, projectId: 'my-news'},
    {...options, datasets: ['../production']},
    {...options, publicUrl: 'localhost'},
    {...options, roles: [misspelt]},
  ]
  const messages = await Promise.all(
    attempts.map((attempt) =>
      openLake(attempt).catch((error: unknown) => (error instanceof Error ? error.message : error)),
    ),
  )
  expect(messages).toEqual([
    'The project id "my-news" may hold only the letters a to z and digits.',
    'The dataset name "../production" must start with a letter or digit and hold at most 64 of a to z, 0 to 9, - and _.',
    '"localhost" is not an address such as http://localhost:3000.',
    'The role "x" has a grant that is not a GROQ filter: _type ==',
  ])
  expect(await readdir(parent)).toEqual([])
})

test('a closed lake answers 503 and says that it is not ready', async () => {
  const lake = await openAt(directory)
  expect(lake.health()).toEqual({ready: true})
  await lake.close()
  const answer = await lake.fetch(new Request('http://localhost:4160/v1/ping'))
  expect({status: answer.status, retry: answer.headers.get('retry-after')}).toEqual({
    status: 503,
    retry: '2',
  })
  expect(lake.health()).toEqual({ready: false, reason: 'The lake is closing.'})
})

function setVersion(path: string, version: number): number {
  const database = new Database(path)
  const before = Number(database.pragma('user_version', {simple: true}))
  database.pragma('journal_mode = DELETE')
  database.pragma(`user_version = ${version}`)
  database.close()
  return before
}

async function holdInAnotherProcess(folder: string): Promise<ChildProcess & {pid: number}> {
  const program = `
    import {prepareDataFolder, lockDataFolder} from ${accountsFolderModule}
    lockDataFolder(prepareDataFolder(${JSON.stringify(folder)}), 'http://localhost:4161')
    console.log('held')
    setInterval(() => undefined, 60_000)
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The holder ended early with ${code}.`)))
    child.stdout.once('data', resolve)
  })
  child.removeAllListeners('exit')
  const {pid} = child
  if (pid === undefined) throw new Error('The holder has no process id.')
  return Object.assign(child, {pid})
}
