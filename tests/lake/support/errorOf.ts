import {ClientError, ServerError} from '@sanity/client'

/** The status and the whole body of the error that a request of the client ends in. Fails when it succeeds. */
export async function errorOf(request: Promise<unknown>): Promise<unknown> {
  try {
    await request
  } catch (error) {
    if (!(error instanceof ClientError || error instanceof ServerError)) throw error
    return {status: error.statusCode, ...JSON.parse(String(error.responseBody))}
  }
  throw new Error('The lake accepted what it should refuse.')
}
