/** Stable names of what the newsroom's rules refuse; the sentence beside them may change. */
export type EditorialErrorCode =
  | 'alreadyBreaking'
  | 'alreadyLive'
  | 'draftMissing'
  | 'fieldMissing'
  | 'headlineTooLong'
  | 'idNotPublic'
  | 'killed'
  | 'leaseLength'
  | 'leaseOver'
  | 'noteMissing'
  | 'notLive'
  | 'otherStory'
  | 'refused'
  | 'revisionMissing'
  | 'roleTooLow'
  | 'wrongStage'

/** What the rules of `editorial/` throw: a stable `code` and a sentence that an editor can act on. */
export class EditorialError extends Error {
  override readonly name = 'EditorialError'
  readonly code: EditorialErrorCode

  constructor(code: EditorialErrorCode, sentence: string) {
    super(sentence)
    this.code = code
  }
}
