import {IngestError} from '../ingestError.ts'

/** One line of a capture that is not blank. */
export type SourceLine = {
  /** Place in the file, from 1, blank lines counted. */
  number: number
  /** The line as it stands, without the spaces around it. */
  text: string
  /** Whether it is set in by two spaces or a tab, as list items and boxes are. */
  indented: boolean
}

const LINE_ENDING = /\r\n|[\n\r\u0085\u2028\u2029]/u

/**
 * Splits a capture into its lines. Unix, Windows and old Mac line endings, a byte order mark and a
 * missing last line ending are all the same to it; nothing inside a line is changed.
 * Throws `IngestError` when there is no text or it is not text at all.
 */
export function splitLines(capture: string): SourceLine[] {
  if (capture.includes('\u0000')) {
    throw new IngestError('not-text', 'This is not a text file: it holds bytes that no text has.')
  }
  const lines = capture
    .replace(/^\uFEFF/u, '')
    .split(LINE_ENDING)
    .map((line, index) => ({
      number: index + 1,
      text: trimLayout(line),
      indented: /^(?: {2}|\t)/u.test(line),
    }))
    .filter((line) => line.text !== '')
  if (lines.length === 0) {
    throw new IngestError('empty', 'The capture is empty: there is no line of text in it.')
  }
  return lines
}

/** Whether the second line stands directly under the first, without a blank line between. */
export function isGlued(first: SourceLine | undefined, second: SourceLine | undefined): boolean {
  return first !== undefined && second !== undefined && second.number === first.number + 1
}

/** Spaces around a line, and marks that show nothing, are the page's layout, not the writer's text. */
function trimLayout(line: string): string {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? line.trim() : ''
}
