import {isHttpError} from '@sanity/client'

import {QueryAnswerError} from '../queries/answer.ts'

/** The store of all stories does not answer; `cause` says how. Whoever asks again later may succeed. */
export class SiteError extends Error {
  override readonly name = 'SiteError'
  readonly code = 'storeAway'

  constructor(cause: unknown) {
    super('The store of stories does not answer.', {cause})
  }
}

/**
 * Waits for an answer of the store. Throws `SiteError` when the store could not be reached or could not
 * answer; what is our own mistake (a wrong question, an answer that was not expected) stays what it is.
 */
export async function fromStore<Answer>(asking: Promise<Answer>): Promise<Answer> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof QueryAnswerError || (isHttpError(error) && error.statusCode < 500)) {
      throw error
    }
    throw new SiteError(error)
  }
}
