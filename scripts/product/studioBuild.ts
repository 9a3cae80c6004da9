import {spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {globSync, readFileSync} from 'node:fs'
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {LakeSettings} from '../config.ts'

/** The Studio could not be built; the message ends with what the build printed last. */
export class StudioBuildError extends Error {
  readonly code = 'studioBuild'

  constructor(message: string) {
    super(message)
    this.name = 'StudioBuildError'
  }
}

const projectDirectory = join(import.meta.dirname, '..', '..')
const stampName = '.built-from'

/** Everything that ends up in the bundle, and so decides whether the last build still stands. */
const sources = [
  '{schemas,editorial,queries,ingest,syndication,studio}/**/*.{ts,tsx,css,svg}',
  'sanity.config.ts',
  'sanity.cli.ts',
  'package-lock.json',
  'static/**',
]

/**
 * Builds the Studio into `dist/studio-<settings>` unless it was built from the same sources and settings.
 * A build goes to a folder of its own and is moved into place whole, so a broken or interrupted one is never served.
 * Returns the folder. Throws `StudioBuildError`.
 */
export async function buildStudio(
  settings: LakeSettings,
  announce: (sentence: string) => void,
): Promise<string> {
  const target = join(projectDirectory, 'dist', 'studio')
  const stamp = fingerprint(settings)
  if ((await readStamp(target)) === stamp) return target
  announce('Building the Studio (its sources or settings changed) …')
  const building = `${target}.building-${process.pid}`
  await mkdir(join(projectDirectory, 'dist'), {recursive: true})
  try {
    await runBuild(building, settings)
    await writeFile(join(building, stampName), stamp)
    await replaceFolder(target, building)
  } finally {
    await rm(building, {recursive: true, force: true})
  }
  return target
}

function fingerprint(settings: LakeSettings): string {
  const hash = createHash('sha256')
  for (const file of globSync(sources, {cwd: projectDirectory}).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(projectDirectory, file)))
      .update('\0')
  }
  for (const [name, value] of Object.entries(studioEnvironment(settings)).sort()) {
    hash.update(`${name}=${value}\0`)
  }
  return hash.digest('hex')
}

/** What the bundle is told: exactly the `SANITY_STUDIO_*` variables, never a secret. */
function studioEnvironment(settings: LakeSettings): {[name: string]: string} {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('SANITY_STUDIO_'))
  return {
    ...Object.fromEntries(own.map(([name, value]) => [name, value ?? ''])),
    SANITY_STUDIO_LAKE: settings.lake,
    SANITY_STUDIO_PROJECT_ID: settings.projectId,
    SANITY_STUDIO_DATASET: settings.dataset,
  }
}

async function readStamp(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, stampName), 'utf8')
  } catch {
    return undefined
  }
}

async function replaceFolder(target: string, replacement: string): Promise<void> {
  const old = `${target}.old-${process.pid}`
  try {
    await rename(target, old)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  await rename(replacement, target)
  await rm(old, {recursive: true, force: true})
}

async function runBuild(outputFolder: string, settings: LakeSettings): Promise<void> {
  const sanity = join(projectDirectory, 'node_modules', '@sanity', 'cli', 'bin', 'run.js')
  const {DATELINE_TOKEN: _secret, ...environment} = process.env
  const child = spawn(process.execPath, [sanity, 'build', outputFolder, '--yes'], {
    cwd: projectDirectory,
    env: {...environment, ...studioEnvironment(settings)},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (exitCode === 0) return
  throw new StudioBuildError(
    `The Studio could not be built. The build said:\n${printed.join('').trim().split('\n').slice(-20).join('\n')}`,
  )
}
