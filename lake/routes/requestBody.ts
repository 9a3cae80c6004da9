import {documentDepth, flawOf} from '../documents/contents.ts'
import {httpError} from '../errors.ts'

/** The hosted lake's limit for one request body, in bytes. */
const maximumBytes = 4_000_000

/** A document of the greatest depth, with what a request wraps around it. */
const maximumDepth = documentDepth + 20

/** Reads a JSON body. Throws 413 when it is over the limit, without reading on, and 400 when it is not JSON or holds what cannot be stored. */
export async function readJson(request: Request): Promise<unknown> {
  const value = parse((await readBody(request)).toString('utf8'))
  const flaw = flawOf(value, maximumDepth)
  if (flaw !== undefined) throw httpError(400, 'bodyUnusable', flaw)
  return value
}

/** A body that says how long it is comes in one piece, which costs a keystroke less than taking in a stream. */
async function readBody(request: Request): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? NaN)
  if (announced <= maximumBytes) {
    const body = Buffer.from(await request.arrayBuffer())
    requireSize(body.byteLength)
    return body
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    requireSize(size)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function requireSize(bytes: number): void {
  if (bytes <= maximumBytes) return
  throw httpError(413, 'bodyTooLarge', `Request body exceeds limit of ${maximumBytes} bytes`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw httpError(400, 'bodyMalformed', 'The request body is not JSON.', {}, error)
  }
}
