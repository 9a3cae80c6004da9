import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {parseVersion} from '../../../lake/routes/gate.ts'
import {atLeast} from '../../../lake/routes/environment.ts'
import {deliberatelyAbsent} from '../../../lake/routes/deliberatelyAbsent.ts'
import {rawRequest} from '../support/rawRequest.ts'
import {startLake, testRoles, type RunningLake} from '../support/startLake.ts'

let running: RunningLake
let tokens: {viewer: string; administrator: string}

beforeAll(async () => {
  running = await startLake({datasets: ['production', 'archive']})
  tokens = {
    viewer: await running.tokenFor('viewer'),
    administrator: await running.tokenFor('administrator'),
  }
})

afterAll(async () => {
  await running.close()
})

type Answer = {status: number; body: unknown}

async function ask(path: string, token?: string, init: RequestInit = {}): Promise<Answer> {
  const headers = {
    ...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
    'content-type': 'application/json',
  }
  const answer = await fetch(running.url + path, {headers, ...init})
  const text = await answer.text()
  return {status: answer.status, body: text === '' ? undefined : JSON.parse(text)}
}

const everything = [{filter: '_id in path("**")', permissions: ['read', 'history']}]

describe('what the Studio asks at its start', () => {
  test('is answered in the form that lets it carry on', async () => {
    const answers: {[path: string]: unknown} = {}
    for (const path of [
      '/v2021-06-07/projects/testing/datasets/production/acl',
      '/v2025-02-19/projects/testing/grants',
      '/v2025-02-19/projects/testing/user-applications',
      '/v2025-02-19/projects/testing/datasets?datasetProfile=comments&addonFor=production',
      '/v2025-02-19/features',
      '/v2025-02-19/journey/asset-limit',
      '/v2024-09-19/journey/announcements',
      '/v1/help?m=sanity@6.16.0&locale=en',
      '/v2022-09-01/schedules/testing/production?limit=1',
      '/v2025-02-19/users/me/keyvalue/studio.announcement.seen',
      '/v2025-02-19/intake/telemetry-status',
      '/v2025-02-19/check/cors',
      '/v2025-02-19/data/references/production/documents/a/to?excludePaths=true',
    ]) {
      answers[path] = (await ask(path, tokens.viewer)).body
    }
    expect(answers).toEqual({
      '/v2021-06-07/projects/testing/datasets/production/acl': everything,
      '/v2025-02-19/projects/testing/grants': {},
      '/v2025-02-19/projects/testing/user-applications': [],
      '/v2025-02-19/projects/testing/datasets?datasetProfile=comments&addonFor=production': [],
      '/v2025-02-19/features': [],
      '/v2025-02-19/journey/asset-limit': null,
      '/v2024-09-19/journey/announcements': null,
      '/v1/help?m=sanity@6.16.0&locale=en': {resources: {sectionArray: []}},
      '/v2022-09-01/schedules/testing/production?limit=1': {schedules: []},
      '/v2025-02-19/users/me/keyvalue/studio.announcement.seen': [],
      '/v2025-02-19/intake/telemetry-status': {status: 'denied'},
      '/v2025-02-19/check/cors': {result: {allowed: true, withCredentials: true}},
      '/v2025-02-19/data/references/production/documents/a/to?excludePaths=true': {
        totalCount: 0,
        references: [],
      },
    })
    expect(running.lake.ledger.entries()).toEqual([])
  })

  test('the project has no organisation, which would turn hosted services on', async () => {
    const {body} = await ask('/v2021-12-15/projects/testing?includeMembers=false', tokens.viewer)
    const [archive] = await running.lake.accounts.datasets.list()
    expect(body).toEqual({
      id: 'testing',
      displayName: 'Testing',
      organizationId: null,
      studioHost: null,
      isBlocked: false,
      isDisabled: false,
      isDisabledByUser: false,
      members: [],
      features: [],
      metadata: {},
      createdAt: archive?.createdAt,
    })
  })

  test('the project names its people, so that work can be given to them', async () => {
    const {id, createdAt} = await running.lake.accounts.users.add({name: 'Nadia', role: 'editor'})
    const {body} = await ask('/v2021-12-15/projects/testing', tokens.viewer)
    expect(body).toMatchObject({
      members: expect.arrayContaining([
        {
          id,
          createdAt,
          isCurrentUser: false,
          isRobot: false,
          roles: [{name: 'editor', title: 'Editor'}],
        },
      ]),
    })
  })

  test('the ping tells the protocol to the page and the shard to the Studio', async () => {
    for (const path of ['/v2025-03-01/ping', '/v2025-02-19/data/ping/production']) {
      const answer = await fetch(running.url + path)
      expect({
        status: answer.status,
        timing: answer.headers.get('timing-allow-origin'),
        shard: answer.headers.get('x-sanity-shard'),
      }).toEqual({status: 200, timing: '*', shard: 'testing'})
    }
  })

  test('telemetry is thrown away, also when a beacon sends it as text', async () => {
    const answer = await ask('/v1/intake/batch', undefined, {
      method: 'POST',
      headers: {'content-type': 'text/plain'},
      body: '{}',
    })
    expect(answer.status).toBe(200)
  })
})

describe('the client', () => {
  test('lists projects and datasets', async () => {
    const client = await running.clientFor('viewer')
    expect((await client.projects.list()).map(({id}) => id)).toEqual(['testing'])
    const datasets = await client.datasets.list()
    expect(datasets.map(({name, aclMode}) => ({name, aclMode}))).toEqual([
      {name: 'production', aclMode: 'public'},
      {name: 'archive', aclMode: 'public'},
    ])
    expect((await client.users.getById('me')).role).toBe('viewer')
  })

  test('reaches the project by its host name, by its header, or by neither', async () => {
    const header = {'x-sanity-project-id': 'testing'}
    expect((await ask('/v1/ping', undefined, {headers: header})).status).toBe(200)
    expect((await ask('/v1/ping')).status).toBe(200)
  })

  test("hears of another project's id as an ordinary 404", async () => {
    const expected = {
      status: 404,
      body: {
        statusCode: 404,
        error: 'Not Found',
        message: 'This server holds the project "testing", not "other".',
      },
    }
    const headers = {'x-sanity-project-id': 'other'}
    expect(await ask('/v2025-02-19/features', undefined, {headers})).toEqual(expected)
    expect(await ask('/v2025-02-19/projects/other/grants', tokens.viewer)).toEqual(expected)
  })

  test('hears of an unknown dataset in the form that names it', async () => {
    expect(await ask('/v2025-02-19/data/query/nope?query=1')).toEqual({
      status: 404,
      body: {
        statusCode: 404,
        error: 'Not Found',
        message: 'Dataset "nope" not found for project ID "testing"',
        attributes: {type: 'dataset'},
      },
    })
  })
})

describe('key-values', () => {
  test('are kept for each user alone', async () => {
    const other = await running.tokenFor('viewer')
    const pairs = [
      {key: 'studio.layout', value: 'compact'},
      {key: 'studio.sort', value: {by: ['title', 1, null, true]}},
    ]
    const put = {method: 'PUT', body: JSON.stringify(pairs)}
    expect(await ask('/v1/users/me/keyvalue', tokens.viewer, {...put, headers: bearer()})).toEqual({
      status: 200,
      body: pairs,
    })
    const keys = '/v1/users/me/keyvalue/studio.sort,studio.missing,studio.layout'
    expect((await ask(keys, tokens.viewer)).body).toEqual(pairs.toReversed())
    expect((await ask(keys, other)).body).toEqual([])

    const removed = await ask('/v1/users/me/keyvalue/studio.sort', tokens.viewer, {
      method: 'DELETE',
      headers: bearer(),
    })
    expect(removed.status).toBe(204)
    expect((await ask(keys, tokens.viewer)).body).toEqual([pairs[0]])
  })

  test('need a list of pairs, of no more than 256 kB', async () => {
    const wrong = {method: 'PUT', headers: bearer(), body: '{"key":"a"}'}
    expect(await ask('/v1/users/me/keyvalue', undefined, wrong)).toEqual({
      status: 400,
      body: {
        statusCode: 400,
        error: 'Bad Request',
        message: 'The body must be a list of at most 100 objects {"key", "value"}.',
      },
    })
    // On a connection of its own: the server closes it when it stops reading.
    const large = await rawRequest(`${running.url}/v1/users/me/keyvalue`, {
      ...wrong,
      body: JSON.stringify([{key: 'a', value: 'x'.repeat(300_000)}]),
    })
    expect(large.status).toBe(413)
  })

  function bearer() {
    return {authorization: `Bearer ${tokens.viewer}`, 'content-type': 'application/json'}
  }
})

describe('somebody who is not signed in', () => {
  const notFound = {
    statusCode: 401,
    error: 'Unauthorized',
    message: 'Session not found',
    errorCode: 'SIO-401-ANF',
  }

  test('is told at users/me without the code that would throw others out', async () => {
    expect(await ask('/v2021-06-07/users/me')).toEqual({
      status: 401,
      body: {
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Nobody is signed in. Sign in by a link, or send a token.',
      },
    })
  })

  test.each([
    ['GET', '/v1/auth/id'],
    ['GET', '/v1/users/uabc'],
    ['GET', '/v1/users/me/keyvalue/a'],
    ['PUT', '/v1/users/me/keyvalue'],
    ['GET', '/v1/projects'],
    ['GET', '/v1/projects/testing'],
    ['GET', '/v1/projects/testing/datasets'],
    ['GET', '/v1/projects/testing/roles'],
    ['GET', '/v1/data/history/production/transactions/a'],
    ['GET', '/v1/data/export/production'],
    ['GET', '/v1/data/channel/production?id=a'],
    ['GET', '/v1/data/references/production/documents/a/to'],
    ['POST', '/v1/data/mutate/production'],
    ['POST', '/v2025-02-19/data/actions/production'],
    ['POST', '/v1/assets/images/production'],
    ['POST', '/v1/assets/files/production'],
    ['GET', '/v1/lake/ledger'],
  ])('is refused with the session code at %s %s', async (method, path) => {
    const init = method === 'GET' ? {} : {method, body: '{}'}
    expect(await ask(path, undefined, init)).toEqual({status: 401, body: notFound})
  })

  test('is granted reading at the root path', async () => {
    const {body} = await ask('/v1/projects/testing/datasets/production/acl')
    expect(body).toEqual([{filter: '_id in path("*")', permissions: ['read']}])
  })
})

test('auth/id names the user and when the session ends', async () => {
  const cookie = await running.signIn('viewer', 'Dora')
  const dora = await running.lake.accounts.users.byName('Dora')
  const {body} = await ask('/v1/auth/id', undefined, {headers: {cookie}})
  const month = 30 * 24 * 60 * 60
  expect(body).toEqual({id: dora?.id, expiry: expect.closeTo(Date.now() / 1_000 + month, -2)})
})

test('the roles are listed from the least to the most powerful', async () => {
  const {body} = await ask('/v1/projects/testing/roles', tokens.viewer)
  expect(body).toEqual(
    testRoles.map(({name, title, description}) => ({
      name,
      title,
      description,
      isCustom: false,
      isRootRole: false,
    })),
  )
})

describe('an unknown endpoint', () => {
  test('answers 404 in the API’s form and stands in the ledger', async () => {
    const before = running.lake.ledger.entries().length
    const message = 'There is no endpoint POST /fortune/tell here.'
    for (const version of ['v1', 'vX']) {
      expect(await ask(`/${version}/fortune/tell`, undefined, {method: 'POST'})).toEqual({
        status: 404,
        body: {statusCode: 404, error: 'Not Found', message},
      })
    }
    const entry = {method: 'POST', path: '/fortune/tell', count: 2}
    expect(running.lake.ledger.entries().slice(before)).toEqual([entry])

    expect((await ask('/v1/lake/ledger', tokens.administrator)).body).toContainEqual(entry)
    expect(await ask('/v1/lake/ledger', tokens.viewer)).toEqual({
      status: 403,
      body: {
        statusCode: 403,
        error: 'Forbidden',
        message: 'Only administrators may see this.',
      },
    })
  })

  test('that is left out on purpose says why', async () => {
    const reason = 'Releases are not limited by a plan.'
    const path = '/projects/testing/new-content-release-allowed'
    const {status, body} = await ask(`/vX${path}`, tokens.viewer)
    expect({status, body}).toEqual({
      status: 404,
      body: {
        statusCode: 404,
        error: 'Not Found',
        message: `There is no endpoint GET ${path} here. ${reason}`,
      },
    })
    expect(running.lake.ledger.entries()).toContainEqual({method: 'GET', path, count: 1, reason})
    expect(deliberatelyAbsent.every((absent) => absent.reason.endsWith('.'))).toBe(true)
  })
})

describe('API versions', () => {
  test.each([
    ['v1', '1'],
    ['vX', 'X'],
    ['vx', 'X'],
    ['v2025-02-19', '2025-02-19'],
  ])('%s is %s', (segment, version) => {
    expect(parseVersion(segment)).toBe(version)
  })

  test.each(['v2', 'v2025-13-01', 'v2025-02-30', 'v2025-2-19', 'v1.0'])('%s is none', (segment) => {
    expect(() => parseVersion(segment)).toThrow(
      `The API version "${segment}" is not v1, vX or a date such as v2025-02-19.`,
    )
  })

  test('are compared by date, with 1 before and X after all of them', () => {
    const date = '2025-02-19'
    const later = ['1', '2021-06-07', '2025-02-19', '2026-05-04', 'X'].map((version) =>
      atLeast(version, date),
    )
    expect(later).toEqual([false, false, true, true, true])
  })
})

test('handles its own paths and leaves the rest to others', () => {
  const own = [
    '/v1/ping',
    '/vX/data',
    '/v2025-02-19/data/query/production',
    '/sign-in',
    '/sign-out',
    '/images/testing/production/a.png',
    '/files/testing/production/a.pdf',
    '/v9/nonsense',
  ]
  const others = [
    '/',
    '/a/story',
    '/studio',
    '/video',
    '/images/other.png',
    '/files',
    '/sign-in/more',
    '/healthz',
  ]
  expect(own.filter((path) => !running.lake.handles(path))).toEqual([])
  expect(others.filter((path) => running.lake.handles(path))).toEqual([])
})
