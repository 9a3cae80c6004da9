import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {readdir, rename, rm, stat, utimes} from 'node:fs/promises'
import {join} from 'node:path'

import type {LakeSettings} from '../config.ts'
import {takeBuildTurn} from './buildTurn.ts'
import {studioSettings, studioToolEnvironment} from './studioEnvironment.ts'
import {studioFingerprint} from './studioFingerprint.ts'

/** The Studio could not be built; the message ends with what the build printed last. */
export class StudioBuildError extends Error {
  readonly code = 'studioBuild'

  constructor(message: string) {
    super(message)
    this.name = 'StudioBuildError'
  }
}

const projectDirectory = join(import.meta.dirname, '..', '..')
const buildsDirectory = join(projectDirectory, 'dist')
const buildName = /^studio-[0-9a-f]{16}$/

/** Enough for a server of either lake that still serves yesterday's, and for going back a change or two. */
const keptBuilds = 6

export type StudioBuildOptions = {
  announce: (sentence: string) => void
  /** Ends the build when the product is stopped meanwhile. */
  stopping?: AbortSignal
}

/**
 * Builds the Studio into `dist/studio-<fingerprint of sources and settings>`, unless that is there already: a
 * build is never changed, so a running server keeps serving the one that it started with. It is made elsewhere
 * and moved into place whole, so a broken or interrupted one is never served; builders take turns.
 * Returns the folder. Throws `StudioBuildError`.
 */
export async function buildStudio(
  settings: LakeSettings,
  {announce, stopping}: StudioBuildOptions,
): Promise<string> {
  const name = `studio-${studioFingerprint(projectDirectory, studioSettings(settings))}`
  const target = join(buildsDirectory, name)
  if (await isBuilt(target)) return target
  const turn = await takeBuildTurn(buildsDirectory, {
    stopping,
    onWait: () => announce('Waiting for another build of the Studio to end …'),
  })
  try {
    if (await isBuilt(target)) return target
    announce('Building the Studio (its sources or settings changed) …')
    const building = join(buildsDirectory, 'studio.building')
    await rm(building, {recursive: true, force: true})
    await runBuild(building, settings, stopping)
    await rename(building, target)
    await dropOldBuilds()
    return target
  } finally {
    turn.end()
  }
}

/** Marks the build as used now, so that it is not the one that goes. */
async function isBuilt(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false
  const now = new Date()
  await utimes(folder, now, now)
  return true
}

async function dropOldBuilds(): Promise<void> {
  const names = (await readdir(buildsDirectory)).filter((name) => buildName.test(name))
  const builds = await Promise.all(
    names.map(async (name) => {
      const folder = join(buildsDirectory, name)
      return {folder, usedAt: (await stat(folder)).mtimeMs}
    }),
  )
  const old = builds.sort((one, other) => other.usedAt - one.usedAt).slice(keptBuilds)
  for (const {folder} of old) await rm(folder, {recursive: true, force: true})
}

async function runBuild(
  outputFolder: string,
  settings: LakeSettings,
  stopping: AbortSignal | undefined,
): Promise<void> {
  const sanity = join(projectDirectory, 'node_modules', '@sanity', 'cli', 'bin', 'run.js')
  const child = spawn(process.execPath, [sanity, 'build', outputFolder, '--yes'], {
    cwd: projectDirectory,
    env: studioToolEnvironment(settings, process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(stopping && {signal: stopping}),
  })
  const printed: string[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  const [exitCode] = await once(child, 'close')
  if (exitCode === 0) return
  throw new StudioBuildError(
    `The Studio could not be built. The build said:\n${printed.join('').trim().split('\n').slice(-20).join('\n')}`,
  )
}
