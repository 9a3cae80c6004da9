import {createHash} from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {openDataset} from '../../../lake/documents/openDataset.ts'
import {prepareDataFolder} from '../../../lake/store/accountsFolder.ts'
import {datasetMigrations} from '../../../lake/store/datasetMigrations.ts'
import {newsroom} from '../../newsroom/newsroom.ts'
import {makeLimitFile} from '../limit/tables.ts'
import {benchCallers, benchEnvironment} from './environment.ts'
import {settleFile} from './settle.ts'

/** A data folder with a generated newsroom, and beside it the limit's file of the same documents. */
export type NewsroomFolder = {stories: number; directory: string; file: string; limitFile: string}

const cache = join(tmpdir(), 'dateline-bench-lake')
const perTransaction = 100
const unusedMilliseconds = 6 * 60 * 60_000

/**
 * The folder of a newsroom with so many stories. It is made once for each version of the generator, of the lake's schema
 * and of the limit's tables, and kept in the system's temporary folder; what another version left goes after six hours.
 * Whenever it is handed out, the lake has built the indexes that the measured questions make it build.
 */
export async function newsroomFolder(stories: number): Promise<NewsroomFolder> {
  const version = join(cache, versionOfData())
  mkdirSync(version, {recursive: true})
  dropUnused(version)
  const directory = join(version, String(stories))
  if (!existsSync(directory)) {
    makeRoom(version, stories)
    const making = mkdtempSync(join(version, 'making-'))
    await fill(making, stories)
    renameSync(making, directory)
  }
  const file = join(directory, 'datasets', 'production.sqlite')
  await settleFile(file, stories)
  return {stories, directory, file, limitFile: join(directory, 'limit.sqlite')}
}

/** Runs with a copy of a folder, for measurements that write; it goes afterwards. */
export async function withCopy<Answer>(
  {directory, stories}: NewsroomFolder,
  run: (copy: NewsroomFolder) => Promise<Answer>,
): Promise<Answer> {
  const copied = mkdtempSync(join(tmpdir(), 'dateline-bench-copy-'))
  try {
    const isLimit = (source: string) => source.includes('limit.sqlite')
    cpSync(directory, copied, {recursive: true, filter: (source) => !isLimit(source)})
    return await run({
      stories,
      directory: copied,
      file: join(copied, 'datasets', 'production.sqlite'),
      limitFile: join(directory, 'limit.sqlite'),
    })
  } finally {
    rmSync(copied, {recursive: true, force: true})
  }
}

async function fill(directory: string, stories: number): Promise<void> {
  const began = performance.now()
  const environment = benchEnvironment()
  const {writer} = benchCallers(environment)
  const file = prepareDataFolder(directory).dataset('production')
  const dataset = await openDataset({name: 'production', projectId: 'bench', file, environment})
  let batch: object[] = []
  const write = async () => {
    await dataset.mutate(batch, {}, writer)
    batch = []
  }
  for (const document of newsroom(stories)) {
    batch.push({create: document})
    if (batch.length === perTransaction) await write()
  }
  await write()
  await dataset.close()
  const made = performance.now()
  makeLimitFile(file, join(directory, 'limit.sqlite'))
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`
  console.log(
    `  made ${stories} stories in ${seconds(began, made)}, the limit's file in ${seconds(made, performance.now())}`,
  )
}

function versionOfData(): string {
  const hash = createHash('sha256').update(JSON.stringify(datasetMigrations))
  const generator = join(import.meta.dirname, '..', '..', 'newsroom')
  for (const name of readdirSync(generator).sort()) hash.update(readFileSync(join(generator, name)))
  hash.update(readFileSync(join(import.meta.dirname, '..', 'limit', 'tables.ts')))
  return hash.digest('hex').slice(0, 16)
}

/** What a story takes at most in both files, in bytes. */
const bytesOfStory = 35_000

/** Drops what other versions left when the disk would get full. Throws when that is not enough. */
function makeRoom(current: string, stories: number): void {
  const needed = stories * bytesOfStory
  if (freeBytes() > needed) return
  for (const name of readdirSync(cache)) {
    if (join(cache, name) !== current) rmSync(join(cache, name), {recursive: true, force: true})
  }
  if (freeBytes() > needed) return
  const gigabytes = (needed / 1e9).toFixed(1)
  throw new Error(`${cache} needs ${gigabytes} GB for a newsroom of ${stories} stories. Make room.`)
}

function freeBytes(): number {
  const {bavail, bsize} = statfsSync(cache)
  return bavail * bsize
}

function dropUnused(current: string): void {
  const now = new Date()
  utimesSync(current, now, now)
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name)
    if (now.getTime() - statSync(folder).mtimeMs > unusedMilliseconds) {
      rmSync(folder, {recursive: true, force: true})
    }
  }
}
