import {createHmac} from 'node:crypto'
import {request as httpRequest, type RequestOptions} from 'node:http'
import {request as httpsRequest} from 'node:https'

import {publicAddressesOf, type Resolve, type ResolvedAddress} from './publicAddress.ts'

/** How long an address may take to answer. */
const patienceMilliseconds = 10_000

/** What came of one attempt. `retryAfter` is in milliseconds, when the receiver said so. */
export type Attempt =
  | {ok: true; status: number}
  | {ok: false; status?: number; failure: string; retryAfter?: number}

export type SendOptions = {
  url: string
  body: string
  secret: string
  /** The same for the same message: the receiver knows a repetition by it. */
  idempotencyKey: string
  event: string
  now: Date
  allowPrivate: boolean
  resolve?: Resolve | undefined
  patience?: number | undefined
}

/**
 * The signature header that `@sanity/webhook` verifies: `t=` milliseconds, `v1=` HMAC-SHA256 of `t.body` in base64url.
 */
export function signatureOf(body: string, secret: string, now: Date): string {
  const timestamp = now.getTime()
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('base64url')
  return `t=${timestamp},v1=${digest}`
}

/**
 * Sends a message once, signed, to an address that was checked just before. Redirects are not followed: they could lead
 * past the check. Never throws: what went wrong is in the answer, as a sentence.
 */
export async function send(options: SendOptions): Promise<Attempt> {
  const {allowPrivate, resolve} = options
  const url = URL.parse(options.url)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return {ok: false, failure: `“${options.url}” is no address. Begin it with https://.`}
  }
  try {
    const addresses = await publicAddressesOf(url.hostname, {
      allowPrivate,
      ...(resolve && {resolve}),
    })
    return await post(url, addresses, options)
  } catch (error) {
    return {ok: false, failure: error instanceof Error ? error.message : String(error)}
  }
}

function post(
  url: URL,
  addresses: readonly ResolvedAddress[],
  {body, secret, idempotencyKey, event, now, patience = patienceMilliseconds}: SendOptions,
): Promise<Attempt> {
  const deadline = AbortSignal.timeout(patience)
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    signal: deadline,
    lookup: checked(addresses),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Dateline webhooks',
      'dateline-event': event,
      'idempotency-key': idempotencyKey,
      'sanity-webhook-signature': signatureOf(body, secret, now),
    },
  }
  return new Promise((resolve) => {
    const sending =
      url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
    sending.once('response', ({statusCode = 0, headers}) => {
      // The status says all; what else is said might never end.
      sending.destroy()
      resolve(attemptOf(statusCode, headers['retry-after']))
    })
    sending.once('error', (error) =>
      resolve({
        ok: false,
        failure: deadline.aborted
          ? `${url.host} did not answer within ${patience / 1000} seconds.`
          : `${url.host} could not be reached: ${error.message}`,
      }),
    )
    sending.end(body)
  })
}

function attemptOf(status: number, retryAfter: string | undefined): Attempt {
  if (status >= 200 && status < 300) return {ok: true, status}
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
  const failure =
    status >= 300 && status < 400
      ? `It answered ${status}, which leads elsewhere. Enter the final address.`
      : `It answered ${status}.`
  return {ok: false, status, failure, ...(seconds !== undefined && {retryAfter: seconds * 1000})}
}

/** Hands the addresses that were checked to the connection, which asks nobody else then. */
function checked(addresses: readonly ResolvedAddress[]): NonNullable<RequestOptions['lookup']> {
  return (_hostname, {all}, found) => {
    const [first] = addresses
    if (all) found(null, [...addresses])
    else found(null, first?.address ?? '', first?.family)
  }
}
