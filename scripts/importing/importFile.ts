import {createReadStream, createWriteStream} from 'node:fs'
import {mkdtemp, open, readdir, rename, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join, relative} from 'node:path'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'

import {unpackTar} from 'modern-tar/fs'

import {ImportError} from './importError.ts'

/** A file to import, laid out as Sanity's importer reads a folder. */
export type ImportFolder = {
  /** Holds the data file and what that points to. */
  directory: string
  /** One document a line. */
  dataFile: string
  dispose(): Promise<void>
}

/** Where a tar archive says that it is one, in its first header (POSIX.1-1988, ustar). */
const tarMark = {offset: 257, text: 'ustar'} as const

/**
 * Unpacks an archive, or lays a file of lines, plain or gzipped, into a folder for now. Throws `ImportError` when it
 * cannot be read or has no data in it.
 */
export async function openImportFile(file: string): Promise<ImportFolder> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new ImportError(`There is no file ${file}.`)
  const directory = await mkdtemp(join(tmpdir(), 'dateline-import-'))
  const dispose = () => rm(directory, {recursive: true, force: true})
  try {
    const dataFile = await layOut(file, directory)
    return {directory: dirname(dataFile), dataFile, dispose}
  } catch (cause) {
    await dispose()
    if (cause instanceof ImportError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImportError(`${file} cannot be read: ${reason}. Nothing was imported.`, {cause})
  }
}

async function layOut(file: string, directory: string): Promise<string> {
  const plain = join(directory, 'data.ndjson')
  const [first, second] = await bytesAt(file, 0, 2)
  const zipped = first === 0x1f && second === 0x8b
  const unzip = zipped ? [createGunzip()] : []
  await pipeline([createReadStream(file), ...unzip, createWriteStream(plain)])
  const mark = await bytesAt(plain, tarMark.offset, tarMark.text.length)
  if (mark.toString('latin1') !== tarMark.text) return plain
  const archive = join(directory, 'archive.tar')
  await rename(plain, archive)
  const unpacked = join(directory, 'unpacked')
  // Links could lead out of the folder; an export has none.
  const filter = ({type}: {type?: string | undefined}) => type === 'file' || type === 'directory'
  await pipeline(createReadStream(archive), unpackTar(unpacked, {filter}))
  await rm(archive)
  return await dataFileIn(unpacked, file)
}

/** The one file of lines in an archive, at most two folders deep as exports have it. */
async function dataFileIn(unpacked: string, file: string): Promise<string> {
  const entries = await readdir(unpacked, {recursive: true, withFileTypes: true})
  const found = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ndjson'))
    .map(({parentPath, name}) => join(parentPath, name))
    .filter((path) => relative(unpacked, path).split('/').length <= 3)
  const [dataFile, ...more] = found
  if (dataFile !== undefined && more.length === 0) return dataFile
  throw new ImportError(
    `${file} holds ${found.length === 0 ? 'no' : 'more than one'} .ndjson file; an export has one. Nothing was imported.`,
  )
}

async function bytesAt(file: string, offset: number, length: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
