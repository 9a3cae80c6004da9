import {httpError} from '../errors.ts'

/** The longest query that is answered, in bytes. What is longer belongs into its parameters. */
const mostBytes = 262_144

/**
 * Characters of a query that may be read while everybody waits for it. The time grows with the square of the length: so
 * many take a few hundredths of a second, made to be slow two tenths; ten times as many take seconds.
 */
const mostCharactersAtOnce = 10_000

/** Whether a query is so long that reading it must not hold up others. */
export function isLong(query: string): boolean {
  return query.length > mostCharactersAtOnce
}

/** Throws `LakeError` `queryTooLong` (413) for a query that nobody may send. */
export function requireLength(query: string): void {
  const bytes = query.length > mostBytes / 3 ? Buffer.byteLength(query) : 0
  if (bytes <= mostBytes) return
  throw tooLong(`The query is ${bytes} bytes, which exceeds limit of ${mostBytes}.`)
}

/** Throws `LakeError` `queryTooLong` (413) for a long query where there is no other thread to read it: `where`, "A listener". */
export function requireShort(query: string, where: string): void {
  if (!isLong(query)) return
  throw tooLong(
    `${where} takes a query of at most ${mostCharactersAtOnce} characters, this one has ${query.length}.`,
  )
}

function tooLong(sentence: string) {
  return httpError(413, 'queryTooLong', `${sentence} Send lists of values as parameters.`)
}
