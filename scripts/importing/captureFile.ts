import {readFile, stat} from 'node:fs/promises'
import {basename} from 'node:path'

import {IngestError} from '../../ingest/ingestError.ts'

/** The largest page we have seen is a hundredth of this. */
const maximumBytes = 5_000_000

/** Reads a capture. Throws `IngestError` for a file that is missing, too large, unreadable or not UTF-8. */
export async function readCaptureFile(file: string): Promise<{text: string; fileName: string}> {
  const bytes = await readBytes(file)
  try {
    const text = new TextDecoder('utf-8', {fatal: true}).decode(bytes)
    return {text, fileName: basename(file)}
  } catch (cause) {
    throw new IngestError(
      'not-utf-8',
      'The file is not UTF-8 text. Save it as UTF-8 and import it again.',
      {cause},
    )
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const {size} = await stat(file)
    if (size > maximumBytes) {
      throw new IngestError(
        'file-too-large',
        `The file is too large for a news page: ${size} bytes, and ${maximumBytes} is the most.`,
      )
    }
    return await readFile(file)
  } catch (cause) {
    if (cause instanceof IngestError) throw cause
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new IngestError('file-missing', 'There is no such file.', {cause})
    }
    const reason =
      code === 'EISDIR'
        ? 'it is a folder'
        : code === 'EACCES'
          ? 'this user may not read it'
          : String(code ?? cause)
    throw new IngestError('file-unreadable', `The file cannot be read: ${reason}.`, {cause})
  }
}
