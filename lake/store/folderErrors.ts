import {LakeError} from '../errors.ts'

/** A data folder, or a file in it, that cannot be used: `problem` says which and why, as a sentence. */
export function unusable(problem: string, cause: unknown): LakeError {
  return folderError(
    'dataFolderUnusable',
    `${problem} Choose another folder with --data DIR, or repair this one.`,
    cause,
  )
}

/** An error about the data folder, for the person who starts the server. */
export function folderError(code: string, message: string, cause?: unknown): LakeError {
  const body = {statusCode: 500, error: 'Internal Server Error', message}
  return new LakeError(code, 500, message, body, cause)
}

const reasons: {[code: string]: string} = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'a file stands where a folder should be',
  SQLITE_CANTOPEN: 'this user may not write there',
  SQLITE_READONLY: 'this user may not write there',
  SQLITE_NOTADB: 'it is not a database of this program',
  SQLITE_CORRUPT: 'the file is damaged',
  SQLITE_FULL: 'the disk is full',
}

/** Why a file cannot be used, to stand behind a colon. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return reasons[code] ?? error.message
}
