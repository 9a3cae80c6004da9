import type {JsonObject} from './documents/document.ts'

/**
 * An error that the lake means to tell: `status` is the HTTP status, `code` a stable name, `message`
 * a sentence for a person, and `body` the exact JSON answer that `@sanity/client` parses.
 */
export class LakeError extends Error {
  readonly code: string
  readonly status: number
  readonly body: JsonObject

  constructor(code: string, status: number, message: string, body: JsonObject, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause})
    this.name = 'LakeError'
    this.code = code
    this.status = status
    this.body = body
  }
}

const STATUS_TEXT: {[status: number]: string} = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** An error in the form of the hosted API's gateway: `{statusCode, error, message}`. */
export function httpError(
  status: number,
  code: string,
  message: string,
  extra: JsonObject = {},
  cause?: unknown,
): LakeError {
  const error = STATUS_TEXT[status] ?? 'Error'
  return new LakeError(code, status, message, {statusCode: status, error, message, ...extra}, cause)
}

/** One failed mutation or action inside a transaction, as `error.items[]` carries it. */
export type TransactionErrorItem = {
  index: number
  error: JsonObject & {type: string; description: string}
}

/** An error of a whole transaction, in the form of the mutate (`mutationError`) and actions (`actionError`) endpoints. */
export function transactionError(
  status: number,
  type: 'mutationError' | 'actionError',
  description: string,
  items: readonly TransactionErrorItem[],
): LakeError {
  return new LakeError(items[0]?.error.type ?? type, status, description, {
    error: {type, description, items: [...items]},
  })
}

/** A query that cannot be parsed or evaluated; `start` and `end` are character offsets into the query. */
export function queryParseError(
  query: string,
  description: string,
  start: number,
  end: number,
): LakeError {
  return new LakeError('queryParseError', 400, description, {
    error: {type: 'queryParseError', description, query, start, end},
  })
}
