import {createHash} from 'node:crypto'
import {mkdtempSync} from 'node:fs'
import {readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'

import {onTestFinished} from 'vitest'

/** A new folder that goes when the test is over. */
export function temporaryFolder(): string {
  const folder = newFolder()
  onTestFinished(() => removeFolder(folder))
  return folder
}

/** A new folder for all tests of a file; whoever makes it removes it. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dateline-scripts-'))
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, {recursive: true, force: true})
}

/** Every file under a folder with a digest of its bytes: equal before and after means that nothing was touched. */
export async function filesOf(folder: string): Promise<{[path: string]: string}> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true})
  const files = entries.filter((entry) => entry.isFile())
  const pairs = await Promise.all(
    files.map(async ({parentPath, name}) => {
      const path = join(parentPath, name)
      const digest = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
      return [relative(folder, path), digest] as const
    }),
  )
  return Object.fromEntries(pairs.sort(([one], [other]) => one.localeCompare(other)))
}
