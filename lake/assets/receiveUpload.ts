import {createHash} from 'node:crypto'
import {mkdir, open, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {httpError} from '../errors.ts'

/** A body on disk, under a name that is only for now. */
export type ReceivedUpload = {file: string; sha1: string; size: number}

/**
 * Writes a body to a new file as it comes in, counting and hashing it, and syncs it. Nothing stays behind when it fails.
 * Throws `LakeError` `uploadTooLarge` (413) at the first byte too many and `uploadEmpty` (400).
 */
export async function receiveUpload(
  body: ReadableStream<Uint8Array> | null,
  file: string,
  limitBytes: number,
): Promise<ReceivedUpload> {
  await mkdir(dirname(file), {recursive: true})
  const handle = await open(file, 'wx')
  const hash = createHash('sha1')
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      if (size > limitBytes) throw uploadTooLarge(limitBytes)
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    if (size === 0)
      throw httpError(
        400,
        'uploadEmpty',
        'The upload is empty. Choose a file with something in it.',
      )
    await handle.sync()
    await handle.close()
  } catch (error) {
    await handle.close()
    await rm(file, {force: true})
    throw error
  }
  return {file, sha1: hash.digest('hex'), size}
}

/** Moves a received file to its place and syncs the folder, so that it outlasts a crash. */
export async function keepUpload(file: string, place: string): Promise<void> {
  const folder = dirname(place)
  await mkdir(folder, {recursive: true})
  await rename(file, place)
  for (const changed of [folder, dirname(folder)]) await syncFolder(changed)
}

export function uploadTooLarge(limitBytes: number) {
  const megabytes = Math.floor(limitBytes / 1024 / 1024)
  return httpError(
    413,
    'uploadTooLarge',
    `The file is larger than ${megabytes} MB, the most that can be uploaded.`,
  )
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(join(folder))
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
