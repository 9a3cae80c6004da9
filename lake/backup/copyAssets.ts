import {copyFile, link, mkdir, open, readdir} from 'node:fs/promises'
import {constants} from 'node:fs'
import {join} from 'node:path'

export type CopiedFiles = {
  /** Files that share their bytes on disk with the original, which is never written again. */
  linked: number
  copied: number
}

/** What the file system says when it cannot link: another disk, no such thing, no permission, too many. */
const cannotLink = ['EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EMLINK']

/**
 * Copies the files of all uploads, as hard links where that can be. A file under its hash is never changed, so a link
 * is as good as a copy, but on the same disk. Variants are left out: they are made again. So are uploads under way.
 */
export async function copyAssets(source: string, copy: string): Promise<CopiedFiles> {
  await mkdir(copy)
  const counted: CopiedFiles = {linked: 0, copied: 0}
  for (const dataset of await foldersIn(source)) {
    const originals = join(source, dataset, 'originals')
    for (const prefix of await foldersIn(originals)) {
      const to = join(copy, dataset, 'originals', prefix)
      await mkdir(to, {recursive: true})
      for (const name of await filesIn(join(originals, prefix))) {
        counted[await take(join(originals, prefix, name), join(to, name))] += 1
      }
      await syncFolder(to)
    }
  }
  await syncFolder(copy)
  return counted
}

/** Makes what was created in a folder outlast a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function take(from: string, to: string): Promise<'linked' | 'copied'> {
  try {
    await link(from, to)
    return 'linked'
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (!cannotLink.includes(String(error.code))) throw error
  }
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  await syncFolder(to)
  return 'copied'
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((entry) => entry.isDirectory()).map(({name}) => name)
}

async function filesIn(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((entry) => entry.isFile()).map(({name}) => name)
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, {withFileTypes: true})
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
