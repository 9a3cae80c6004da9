import fc from 'fast-check'

import {fileBody, jsonBodies} from './bodies.ts'
import {documentId, oddJson, oddQuery, oddText} from './values.ts'

/** The bytes of one request, and whether they may be less than a whole one. */
export type FuzzRequest = {bytes: Uint8Array; cut: boolean}

const segment = fc.oneof(
  {weight: 3, arbitrary: documentId.map(encoded)},
  {weight: 1, arbitrary: oddText.map((text) => visible(text).replaceAll(/[?#]/g, ''))},
)

const dataset = fc.oneof(
  {weight: 12, arbitrary: fc.constant('production')},
  {weight: 1, arbitrary: segment},
)

type Endpoint = {method: string; path: string; posts?: string}

const read = (path: string): Endpoint => ({method: 'GET', path})
const post = (path: string, posts: string): Endpoint => ({method: 'POST', path, posts})

/**
 * Endpoints: `D` is a dataset, `S` a segment of any kind. `posts` says what is sent to one; those that write stand here more
 * than once, since there is most to be found.
 */
const endpoints: readonly Endpoint[] = [
  read('data/query/D'),
  read('data/doc/D/S'),
  read('data/history/D/documents/S'),
  read('data/history/D/transactions/S'),
  read('data/history/D/events/documents/S'),
  read('data/history/D/events/releases/S'),
  read('data/export/D'),
  read('data/listen/D'),
  read('data/listeners/D'),
  read('data/live/events/D'),
  read('data/channel/D'),
  read('data/ping/D'),
  read('data/references/D/documents/S/to'),
  read('data/S/D'),
  read('users/me'),
  read('users/me/keyvalue/S'),
  read('users/S'),
  read('auth/providers'),
  read('auth/id'),
  read('projects'),
  read('projects/S'),
  read('projects/S/datasets'),
  read('projects/S/datasets/S/acl'),
  read('projects/dateline/roles'),
  read('datasets'),
  read('check/cors'),
  read('schedules/S/D'),
  read('lake/ledger'),
  read('S/S'),
  read('/images/dateline/D/S'),
  read('/images/dateline/D/da39a3ee5e6b4b0d3255bfef95601890afd80709-1x1.png'),
  read('/files/dateline/D/S/S'),
  read('/sign-in'),
  post('data/query/D', 'query'),
  post('data/query/D', 'query'),
  post('data/mutate/D', 'mutate'),
  post('data/mutate/D', 'mutate'),
  post('data/mutate/D', 'mutate'),
  post('data/mutate/D', 'mutate'),
  post('data/actions/D', 'actions'),
  post('data/actions/D', 'actions'),
  post('data/channel/D/S', 'channel'),
  post('assets/images/D', 'file'),
  post('assets/files/D', 'file'),
  post('auth/logout', 'other'),
  post('intake/batch', 'other'),
  post('/sign-in', 'other'),
  post('/sign-out', 'other'),
  {method: 'PUT', path: 'users/me/keyvalue', posts: 'keyvalue'},
  {method: 'DELETE', path: 'users/me/keyvalue/S'},
]

const parameterNames = [
  'query',
  '$t',
  '$types',
  '$from',
  '$to',
  'perspective',
  'explain',
  'returnQuery',
  'tag',
  'resultSourceMap',
  'includeAllVersions',
  'excludeContent',
  'includeResult',
  'events',
  'includeMutations',
  'effectFormat',
  'enableResume',
  'visibility',
  'includePreviousRevision',
  'revision',
  'time',
  'limit',
  'nextCursor',
  'fromTransaction',
  'toTransaction',
  'fromTime',
  'toTime',
  'authors',
  'reverse',
  'types',
  'id',
  'lastLiveEventId',
  'dryRun',
  'returnIds',
  'returnDocuments',
  'autoGenerateArrayKeys',
  'filename',
  'meta',
  'label',
  'sourceId',
  'dl',

  'w',
  'h',
  'rect',
  'q',
  'fit',
  'crop',
  'fm',
  'auto',
  'rot',
  'blur',
  'dpr',
  'bg',
  'code',
  'return',
] as const

const parameter = fc
  .tuple(
    fc.oneof({weight: 9, arbitrary: fc.constantFrom(...parameterNames)}, oddText),
    fc.oneof(oddText, fc.constantFrom('true', 'false', '1', '100', '"a"', '["note"]', 'mendoza')),
    fc.boolean(),
  )
  .map(([name, value, raw]) =>
    raw ? `${name}=${visible(value).replaceAll('#', '')}` : `${encoded(name)}=${encoded(value)}`,
  )

const search = fc
  .tuple(fc.option(oddQuery), fc.array(parameter, {maxLength: 5}))
  .map(([query, rest]) =>
    [...(query === null ? [] : [`query=${encoded(query)}`]), ...rest].join('&'),
  )

const version = fc.oneof(
  {weight: 12, arbitrary: fc.constantFrom('v2025-02-19', 'v1', 'vX', 'v2021-03-25', 'v2026-05-04')},
  {weight: 1, arbitrary: segment.map((text) => `v${text}`)},
)

const headerNames = [
  'range',
  'if-range',
  'if-none-match',
  'last-event-id',
  'origin',
  'accept',
  'cookie',

  'content-type',
  'x-sanity-project-id',
  'accept-encoding',
  'access-control-request-headers',
  'authorization',
  'sec-fetch-site',
  'referer',
  'upgrade',
  'x-forwarded-host',
] as const

const header = fc
  .tuple(
    fc.constantFrom(...headerNames),
    fc.oneof(
      oddText,
      fc.constantFrom('bytes=0-', 'bytes=5-2', '0:', '7:abc', 'null', 'text/event-stream'),
    ),
  )
  .map(([name, value]) => `${name}: ${visible(value)}`)

/** Requests to every endpoint, most of them well formed as HTTP, by somebody with a token or nobody. */
export function requests({host, token}: {host: string; token: string}): fc.Arbitrary<FuzzRequest> {
  const wellFormed = fc.constantFrom(...endpoints).chain(({method, path, posts}) =>
    fc
      .record({
        method: fc.oneof(
          {weight: 12, arbitrary: fc.constant(method)},
          fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'),
        ),
        version,
        dataset,
        segments: fc.array(segment, {minLength: 3, maxLength: 3}),
        search,
        headers: fc.array(header, {maxLength: 1}),
        signedIn: fc.integer({min: 0, max: 9}).map((dice) => dice > 0),
        body: bodyOf(posts),
      })
      .map((parts) => {
        const address = fill(path.startsWith('/') ? path : `/${parts.version}/${path}`, parts)
        const head = [
          `${parts.method} ${address}?${parts.search} HTTP/1.1`,
          `host: ${host}`,
          'connection: close',
          ...(parts.signedIn ? [`authorization: Bearer ${token}`] : []),
          ...(posts === undefined ? [] : [`content-length: ${parts.body.byteLength}`]),
          ...parts.headers,
        ]
        const text = Buffer.from(`${head.join('\r\n')}\r\n\r\n`)
        return Buffer.concat([text, posts === undefined ? Buffer.alloc(0) : parts.body])
      }),
  )
  return fc.oneof(
    {weight: 12, arbitrary: wellFormed.map((bytes) => ({bytes, cut: false}))},
    {weight: 3, arbitrary: damaged(wellFormed)},
    {weight: 1, arbitrary: fc.uint8Array({maxLength: 2000}).map((bytes) => ({bytes, cut: true}))},
  )
}

function bodyOf(posts: string | undefined): fc.Arbitrary<Buffer> {
  if (posts === 'file') return fileBody
  const json = jsonBodies[posts ?? 'other'] ?? oddJson
  const text = json.map((value) => Buffer.from(JSON.stringify(value) ?? ''))
  return fc.oneof({weight: 15, arbitrary: text}, fc.uint8Array({maxLength: 500}).map(Buffer.from))
}

/** Bytes of a request with a piece cut out, doubled or overwritten. */
function damaged(whole: fc.Arbitrary<Buffer>): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(
      whole,
      fc.double({min: 0, max: 1, noNaN: true}),
      fc.nat(40),
      fc.uint8Array({maxLength: 40}),
    )
    .map(([bytes, place, length, piece]) => {
      const start = Math.floor(place * bytes.byteLength)
      const rest = bytes.subarray(start + length)
      return {bytes: Buffer.concat([bytes.subarray(0, start), piece, rest]), cut: true}
    })
}

function fill(path: string, parts: {dataset: string; segments: readonly string[]}): string {
  let next = 0
  return path
    .split('/')
    .map((part) => {
      if (part === 'D') return parts.dataset
      if (part !== 'S') return part
      next += 1
      return parts.segments[next - 1] ?? ''
    })
    .join('/')
}

/** What the web server itself does not refuse: other bytes come with damaged requests. */
function visible(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '')
}

/** As in an address; half of a surrogate pair cannot stand there. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
