import {httpError, type LakeError} from './errors.ts'

const full =
  'The disk that holds the data folder is full. Nothing of this request was stored; it can be sent again once there is space.'
const locked =
  'The data folder cannot be written to. Nothing of this request was stored; it can be sent again once the folder is writable.'
const failing =
  'The disk that holds the data folder answers with errors. Nothing of this request was stored; look at the disk before you go on.'

/** What a disk's refusal means, by the system's code (errno(3)) or the beginning of SQLite's (sqlite.org/rescode.html). */
const words: readonly {code: string; message: string}[] = [
  {code: 'ENOSPC', message: full},
  {code: 'EDQUOT', message: full},
  {code: 'EROFS', message: locked},
  {code: 'EFBIG', message: failing},
  {code: 'EIO', message: failing},
  {code: 'SQLITE_FULL', message: full},
  {code: 'SQLITE_READONLY', message: locked},
  {code: 'SQLITE_CANTOPEN', message: locked},
  {code: 'SQLITE_IOERR', message: failing},
]

/** The error of a disk that has let down what was begun, when nobody knows by what. */
export function diskFailing(): LakeError {
  return httpError(503, 'diskUnwritable', failing)
}

/** An error of writing or reading: one about the disk as the `LakeError` 503 `diskUnwritable`, anything else as it is. */
export function diskError<Given>(error: Given) {
  if (!(error instanceof Error && 'code' in error)) return error
  const code = String(error.code)
  const known = words.find((one) => code === one.code || code.startsWith(`${one.code}_`))
  return known ? httpError(503, 'diskUnwritable', known.message, {}, error) : error
}
