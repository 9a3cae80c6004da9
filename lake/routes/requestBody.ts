import {documentDepth, flawOf} from '../documents/contents.ts'
import {httpError} from '../errors.ts'

/** The hosted lake's limit for one request body, in bytes. */
const maximumBytes = 4_000_000

/** A document of the greatest depth, with what a request wraps around it. */
const maximumDepth = documentDepth + 20

/** Reads a JSON body. Throws 413 when it is over the limit, without reading on, and 400 when it is not JSON or holds what cannot be stored. */
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
  const value = parse(Buffer.concat(chunks).toString('utf8'))
  const flaw = flawOf(value, maximumDepth)
  if (flaw !== undefined) throw httpError(400, 'bodyUnusable', flaw)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw httpError(400, 'bodyMalformed', 'The request body is not JSON.', {}, error)
  }
}
