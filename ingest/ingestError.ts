/** What can go wrong between a file and a story. Stable: scripts and tests rely on these names. */
export type IngestErrorCode =
  | 'empty'
  | 'not-text'
  | 'no-headline'
  | 'bad-option'
  | 'unplaced'
  | 'cannot-publish'
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
  | 'not-utf-8'

/** A story that cannot be taken in; the message is a sentence for the person who imports it. */
export class IngestError extends Error {
  readonly code: IngestErrorCode

  constructor(code: IngestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'IngestError'
    this.code = code
  }
}
