import {EditorialError} from '../editorial/errors.ts'

/** What the Studio's own actions throw: a stable `code` and a sentence that an editor can act on. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  readonly code: 'unreadable' | 'meanwhile'

  constructor(code: StudioError['code'], sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.code = code
  }
}

/** What to tell the person when an action failed: our own sentences as they are, others with a way on. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StudioError || error instanceof EditorialError) return error.message
  const status = statusOf(error)
  if (status === 401) return 'You are signed out. Sign in again in another tab, then try once more.'
  if (status === 403) return 'Your role does not allow this. Nothing was changed.'
  const reason = error instanceof Error ? error.message : String(error)
  if (status === undefined) {
    return `No answer came back, so it is not certain whether this happened. Look again to see how things stand. (${reason})`
  }
  return `The lake refused this and changed nothing: ${reason}`
}

/** Whether the lake refused a transaction because a document was not as it had been read. */
export function isRevisionConflict(error: unknown): boolean {
  return statusOf(error) === 409
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}
