import {httpError} from '../errors.ts'

/** The hosted lake's limit for one request body, in bytes. */
const maximumBytes = 4_000_000

/** Reads a JSON body. Throws 413 when it is over the limit, without reading on, and 400 when it is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maximumBytes) {
      throw httpError(413, 'bodyTooLarge', `Request body exceeds limit of ${maximumBytes} bytes`)
    }
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw httpError(400, 'bodyMalformed', 'The request body is not JSON.', {}, error)
  }
}
