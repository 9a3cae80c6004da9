import {z} from 'zod'

import {httpError} from '../errors.ts'
import {readJson} from './requestBody.ts'

/** The id that a client may give its transaction. */
export const transactionId = z
  .string('it must be text')
  .min(1, 'it is empty')
  .max(128, 'it is longer than 128 characters')
  .optional()

/**
 * Reads the body of a transaction request. Throws 400 with a sentence about the part that does not fit; `list` is the
 * array that it must have.
 */
export async function readEnvelope<Envelope>(
  request: Request,
  model: z.ZodType<Envelope>,
  list: 'mutations' | 'actions',
): Promise<Envelope> {
  const parsed = model.safeParse(await readJson(request))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const part = issue?.path[0]
  if (issue === undefined || part === undefined || part === list) {
    throw httpError(400, `${list}Malformed`, `The body must be JSON with an array "${list}".`)
  }
  const where = `"${String(part)}" of the request`
  throw httpError(400, `${list}Malformed`, `The ${where} cannot be read: ${issue.message}.`)
}
