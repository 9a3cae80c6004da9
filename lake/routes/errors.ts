import type {Context} from 'hono'
import {HTTPException} from 'hono/http-exception'
import type {ContentfulStatusCode} from 'hono/utils/http-status'

import {diskError} from '../diskErrors.ts'
import {httpError, LakeError} from '../errors.ts'
import type {GateEnv} from './gate.ts'
import type {Ledger} from './ledger.ts'

/** Answers that may come before the whole body was read: the next request cannot come over the same connection. */
const leavesBody: ReadonlySet<number> = new Set([413, 503])

/**
 * Renders what was thrown. A `LakeError` says what it means to say; anything else is a defect of ours: the
 * client learns the request's id, the log gets the rest.
 */
export function renderError(error: Error, context: Context<GateEnv>): Response {
  const known = error instanceof HTTPException ? fromHono(error) : diskError(unlessGone(error))
  const {requestId, environment} = context.var
  const where = {requestId, method: context.req.method, path: context.req.path}
  if (known instanceof LakeError) {
    if (known.status >= 500) {
      environment.logger.error({...where, code: known.code, err: known}, known.message)
    }
    if (leavesBody.has(known.status)) context.header('Connection', 'close')
    return context.json(known.body, contentfulStatus(known.status))
  }
  environment.logger.error({...where, err: known}, 'A request failed unexpectedly')
  const message = `Something went wrong on the server. Its log names the cause under the request id ${requestId}.`
  return context.json({statusCode: 500, error: 'Internal Server Error', message}, 500)
}

/** Answers an endpoint that does not exist, and writes it into the ledger. */
export function renderUnknownEndpoint(context: Context<GateEnv>, ledger: Ledger): Response {
  const {method} = context.req
  const path = context.req.path.replace(/^\/v[^/]+/, '')
  const {reason} = ledger.record(method, path)
  const {logger} = context.var.environment
  if (reason === undefined) logger.warn({method, path}, 'An unknown endpoint was asked for')
  const because = reason === undefined ? '' : ` ${reason}`
  const {body} = httpError(
    404,
    'endpointUnknown',
    `There is no endpoint ${method} ${path} here.${because}`,
  )
  return context.json(body, 404)
}

/** Whoever goes away in the middle of a body has failed, not we: nobody will read the answer. */
function unlessGone(error: Error): Error {
  const isGone = 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
  const message = 'The request ended before its body did.'
  return isGone ? httpError(400, 'requestAborted', message, {}, error) : error
}

function fromHono(error: HTTPException): LakeError {
  return httpError(error.status, 'httpException', error.message, {}, error)
}

const statuses = [
  400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 416, 421, 422, 429, 500,
  501, 503,
] as const

function contentfulStatus(status: number): ContentfulStatusCode {
  return statuses.find((known) => known === status) ?? 500
}
