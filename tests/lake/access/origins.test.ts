import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {rawRequest, type RawAnswer} from '../support/rawRequest.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

const query = '/v2025-02-19/data/query/production?query=1'
const mutate = '/v2025-02-19/data/mutate/production'
const evil = 'https://evil.example'

let running: RunningLake
let cookie: string
let bearer: string

beforeAll(async () => {
  running = await startLake()
  cookie = await running.signIn('editor')
  bearer = `Bearer ${await running.tokenFor('editor')}`
})

afterAll(async () => {
  await running.close()
})

function get(path: string, headers: {[name: string]: string}) {
  return rawRequest(running.url + path, {headers})
}

function write(headers: {[name: string]: string}) {
  return rawRequest(running.url + mutate, {
    method: 'POST',
    headers: {'content-type': 'application/json', ...headers},
    body: '{"mutations":[]}',
  })
}

async function me(headers: {[name: string]: string}): Promise<number> {
  return (await get('/v2026-05-04/users/me', headers)).status
}

function sharing({headers}: RawAnswer) {
  return {
    origin: headers['access-control-allow-origin'],
    credentials: headers['access-control-allow-credentials'],
  }
}

const refused = {
  statusCode: 403,
  error: 'Forbidden',
  message:
    'This request came from a page of another site. Add its origin (npm run cors -- add ORIGIN --credentials), or use a token.',
}

describe('a page of another site', () => {
  test.each([evil, 'null', 'http://localhost:5173', 'http://evil.localhost'])(
    '(%s) reads what anyone may read, and is nobody whatever it sends',
    async (origin) => {
      const answer = await get(query, {origin, cookie, authorization: bearer})
      expect({status: answer.status, ...sharing(answer)}).toEqual({
        status: 200,
        origin: '*',
        credentials: undefined,
      })
      expect(await me({origin, cookie})).toBe(401)
      expect(await me({origin, authorization: bearer})).toBe(401)
    },
  )

  test.each([evil, 'null', 'http://localhost:5173'])('(%s) writes nothing', async (origin) => {
    for (const credentials of [{cookie}, {authorization: bearer}, {}]) {
      const answer = await write({origin, ...credentials})
      expect({status: answer.status, body: JSON.parse(answer.text)}).toEqual({
        status: 403,
        body: refused,
      })
    }
  })

  test('is told so in the preflight: no credentials, no bearer, no writing methods', async () => {
    const answer = await rawRequest(running.url + mutate, {
      method: 'OPTIONS',
      headers: {
        origin: evil,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type, x-sanity-app',
        'access-control-request-private-network': 'true',
      },
    })
    expect({
      status: answer.status,
      ...sharing(answer),
      methods: answer.headers['access-control-allow-methods'],
      headers: answer.headers['access-control-allow-headers'],
      network: answer.headers['access-control-allow-private-network'],
    }).toEqual({
      status: 204,
      origin: '*',
      credentials: undefined,
      methods: 'GET, HEAD, POST, OPTIONS',
      headers: 'content-type, x-sanity-app',
      network: undefined,
    })
  })

  test('may ask whether it is allowed', async () => {
    const answer = await get('/v2025-02-19/check/cors', {origin: evil})
    expect(JSON.parse(answer.text)).toEqual({result: {allowed: false, withCredentials: false}})
  })
})

describe('our own pages', () => {
  test('get credentials and an echo of their origin', async () => {
    const origin = running.url
    const answer = await get('/v2026-05-04/users/me', {origin, cookie})
    expect({status: answer.status, vary: answer.headers['vary'], ...sharing(answer)}).toEqual({
      status: 200,
      vary: 'Origin',
      origin,
      credentials: 'true',
    })
    expect(answer.headers['access-control-expose-headers']).toBe(
      'X-Sanity-Shard, Traceparent, X-Sanity-Warning, Retry-After, X-Request-Id',
    )
    expect((await write({origin, cookie})).status).toBe(200)
  })

  test('are preflighted once a day', async () => {
    const origin = running.url
    const answer = await rawRequest(running.url + mutate, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-headers': 'authorization,x-sanity-app',
        'access-control-request-private-network': 'true',
      },
    })
    expect({
      status: answer.status,
      ...sharing(answer),
      methods: answer.headers['access-control-allow-methods'],
      headers: answer.headers['access-control-allow-headers'],
      age: answer.headers['access-control-max-age'],
      network: answer.headers['access-control-allow-private-network'],
    }).toEqual({
      status: 204,
      origin,
      credentials: 'true',
      methods: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      headers: 'authorization, x-sanity-app',
      age: '86400',
      network: 'true',
    })
  })

  test('share their answers when these are errors too', async () => {
    const origin = running.url
    const answer = await get('/v1/nothing/here', {origin})
    expect({status: answer.status, ...sharing(answer)}).toEqual({
      status: 404,
      origin,
      credentials: 'true',
    })
  })
})

describe('the cookie without an Origin header', () => {
  test.each([
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 401],
    ['cross-site', 401],
  ])('reads with Sec-Fetch-Site %s → %s', async (site, status) => {
    expect(await me({cookie, 'sec-fetch-site': site})).toBe(status)
  })

  test.each([
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 401],
    ['cross-site', 401],
  ])('writes with Sec-Fetch-Site %s → %s', async (site, status) => {
    expect((await write({cookie, 'sec-fetch-site': site})).status).toBe(status)
  })

  test('reads but does not write when nothing says whose page asked', async () => {
    expect(await me({cookie})).toBe(200)
    const answer = await write({cookie})
    expect({status: answer.status, body: JSON.parse(answer.text)}).toEqual({
      status: 403,
      body: refused,
    })
  })

  test('a token writes without either', async () => {
    expect((await write({authorization: bearer})).status).toBe(200)
  })
})

describe('an origin that was added', () => {
  const partner = 'https://partner.example'

  test('without credentials may use tokens, but not the cookie', async () => {
    await running.lake.accounts.origins.add(partner, false)
    expect(await me({origin: partner, authorization: bearer})).toBe(200)
    expect(await me({origin: partner, cookie})).toBe(401)
    const answer = await write({origin: partner, authorization: bearer})
    expect({status: answer.status, ...sharing(answer)}).toEqual({
      status: 200,
      origin: partner,
      credentials: undefined,
    })
  })

  test('with credentials may use the cookie, until it is removed', async () => {
    await running.lake.accounts.origins.add(partner, true)
    expect(await me({origin: partner, cookie})).toBe(200)
    const answer = await write({origin: partner, cookie})
    expect({status: answer.status, ...sharing(answer)}).toEqual({
      status: 200,
      origin: partner,
      credentials: 'true',
    })
    await running.lake.accounts.origins.remove(partner)
    expect(await me({origin: partner, cookie})).toBe(401)
    expect((await write({origin: partner, cookie})).status).toBe(403)
  })

  test('may not sign people in or out', async () => {
    await running.lake.accounts.origins.add(partner, true)
    const answer = await rawRequest(`${running.url}/sign-out`, {
      method: 'POST',
      headers: {origin: partner, cookie},
    })
    expect(answer.status).toBe(403)
    expect(await me({cookie})).toBe(200)
  })
})
