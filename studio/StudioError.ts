import {EditorialError} from '../editorial/errors.ts'

/** What the Studio's own actions throw: a stable `code` and a sentence that an editor can act on. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  readonly code: 'unreadable' | 'meanwhile' | 'over' | 'unanswered' | 'referred'

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

/** Whether no answer of the lake came back, so that what was asked for may or may not have happened. */
export function isUnanswered(error: unknown): boolean {
  const isOurs = error instanceof StudioError || error instanceof EditorialError
  return !isOurs && statusOf(error) === undefined
}

/**
 * The status that the lake answered with. What a proxy says when the lake broke off or kept silent (502 and 504; RFC 9110,
 * 15.6.3 and 15.6.5) is no answer of the lake, which may have done what it was asked for.
 */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const {statusCode} = error
  const isOfProxy = statusCode === 502 || statusCode === 504
  return typeof statusCode === 'number' && !isOfProxy ? statusCode : undefined
}
