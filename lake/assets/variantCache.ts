import {createHash} from 'node:crypto'
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {diskError} from '../diskErrors.ts'
import {httpError} from '../errors.ts'

/** Made pictures on disk, so that each variant is made once. */
export type VariantCache = {
  /**
   * The bytes under a name, made by `make` when they are not there. The same name asked for at once is made once; at
   * most `together` are made at the same time. A disk that does not take them is no reason to keep them from whoever
   * asks. Throws `LakeError` `tooBusy` (503) when too many wait, and what `make` throws.
   */
  get(name: string, make: () => Promise<Buffer>): Promise<Buffer>
}

export type VariantCacheLimits = {
  /** What the folder may hold, in bytes; what was not asked for longest goes first. */
  bytes: number
  /** How many are made at the same time. */
  together: number
  /** How many may wait for that. */
  waiting: number
}

export const defaultVariantLimits: VariantCacheLimits = {
  bytes: 1024 ** 3,
  together: 2,
  waiting: 200,
}

/** A cache in a folder of its own. What an earlier process left there is taken over, oldest first. */
export function createVariantCache(
  folder: string,
  limits: VariantCacheLimits = defaultVariantLimits,
): VariantCache {
  // A map keeps the order of insertion: what is asked for moves to the end, so the first is the least used.
  const sizes = new Map<string, number>()
  const making = new Map<string, Promise<Buffer>>()
  const slots = createSlots(limits)
  let total = 0
  let counter = 0
  let taken: Promise<void> | undefined

  async function takeOver(): Promise<void> {
    await mkdir(folder, {recursive: true})
    const names = await readdir(folder)
    const found = await Promise.all(
      names.map(async (name) => ({name, ...(await stat(join(folder, name)))})),
    )
    for (const {name, size} of found.sort((left, right) => left.mtimeMs - right.mtimeMs)) {
      if (/^[a-f0-9]{64}$/.test(name)) note(name, size)
      else await rm(join(folder, name), {force: true})
    }
  }

  function note(name: string, size: number): void {
    total += size - (sizes.get(name) ?? 0)
    sizes.delete(name)
    sizes.set(name, size)
  }

  async function stored(name: string): Promise<Buffer | undefined> {
    const size = sizes.get(name)
    if (size === undefined) return undefined
    try {
      const bytes = await readFile(join(folder, name))
      note(name, size)
      return bytes
    } catch {
      forget(name)
      return undefined
    }
  }

  function forget(name: string): void {
    total -= sizes.get(name) ?? 0
    sizes.delete(name)
  }

  async function makeAndStore(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const bytes = await slots.run(make)
    await unlessDiskRefuses(() => store(name, bytes))
    return bytes
  }

  async function store(name: string, bytes: Buffer): Promise<void> {
    const partial = join(folder, `${name}.${(counter += 1)}.part`)
    try {
      await writeFile(partial, bytes)
      await rename(partial, join(folder, name))
    } catch (error) {
      await unlessDiskRefuses(() => rm(partial, {force: true}))
      throw error
    }
    note(name, bytes.byteLength)
    for (const oldest of sizes.keys()) {
      if (total <= limits.bytes) break
      forget(oldest)
      await rm(join(folder, oldest), {force: true})
    }
  }

  return {
    async get(title, make) {
      const name = createHash('sha256').update(title).digest('hex')
      taken ??= unlessDiskRefuses(takeOver)
      await taken
      const ready = making.get(name) ?? (await stored(name)) ?? making.get(name)
      if (ready) return await ready
      const work = makeAndStore(name, make).finally(() => making.delete(name))
      making.set(name, work)
      return await work
    },
  }
}

async function unlessDiskRefuses(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (diskError(error) === error) throw error
  }
}

/** Lets so many run at once and so many wait, and turns the rest away. */
function createSlots({together, waiting}: VariantCacheLimits): {
  run<Value>(work: () => Promise<Value>): Promise<Value>
} {
  const queue: (() => void)[] = []
  let running = 0
  return {
    async run(work) {
      if (running >= together) {
        if (queue.length >= waiting) throw tooBusy()
        await new Promise<void>((start) => queue.push(start))
      } else {
        running += 1
      }
      try {
        return await work()
      } finally {
        // A place is handed on as it is, so that nobody slips in between.
        const next = queue.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}

function tooBusy() {
  return httpError(
    503,
    'tooBusy',
    'Too many pictures are being made at once. Try again in a moment.',
  )
}
