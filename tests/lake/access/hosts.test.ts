import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {
  isOwnHost,
  isOwnOrigin,
  normaliseOrigin,
  type Addresses,
} from '../../../lake/access/hosts.ts'
import {rawRequest} from '../support/rawRequest.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let running: RunningLake

beforeAll(async () => {
  running = await startLake({extraHosts: ['newsdesk.local']})
})

afterAll(async () => {
  await running.close()
})

describe('over HTTP', () => {
  test('a page that rebinds its own name to this machine gets nothing', async () => {
    for (const host of [
      'evil.example',
      'evil.example:80',
      'localhost.evil.example',
      'other.localhost',
    ]) {
      for (const path of [
        '/v1/ping',
        '/v2025-02-19/data/query/production',
        '/sign-in',
        '/files/testing/production/x.pdf',
      ]) {
        const answer = await rawRequest(running.url + path, {headers: {host}})
        expect({host, path, status: answer.status, body: JSON.parse(answer.text)}).toEqual({
          host,
          path,
          status: 421,
          body: {
            statusCode: 421,
            error: 'Misdirected Request',
            message: `This server does not answer to the name "${host}". Use its own address, or start it with --url to give it this one.`,
          },
        })
        expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      }
    }
  })

  test('its own names reach it, on whatever port they were forwarded', async () => {
    const statuses: {[host: string]: number} = {}
    const hosts = [
      'localhost',
      'LOCALHOST:9',
      '127.0.0.1:1234',
      '[::1]:80',
      'testing.localhost:3000',
      'newsdesk.local',
    ]
    for (const host of hosts) {
      statuses[host] = (await rawRequest(`${running.url}/v1/ping`, {headers: {host}})).status
    }
    expect(statuses).toEqual(Object.fromEntries(hosts.map((host) => [host, 200])))
  })

  test('refuseHost says the same for whatever is served beside the lake', async () => {
    const own = new Request('http://localhost:3000/', {headers: {host: 'localhost:3000'}})
    const rebound = new Request('http://evil.example/', {headers: {host: 'evil.example'}})
    expect(running.lake.refuseHost(own)).toBeUndefined()
    expect(running.lake.refuseHost(rebound)?.status).toBe(421)
  })
})

const addresses: Addresses = {
  projectId: 'news',
  publicUrl: new URL('https://cms.example.com'),
  extraHosts: [],
}

describe('isOwnHost', () => {
  test.each([
    ['cms.example.com', true],
    ['cms.example.com:8443', true],
    ['news.localhost', true],
    ['example.com', false],
    ['cms.example.com.evil.example', false],
    ['localhost.', false],
    ['localhost@evil.example', false],
    ['localhost/evil', false],
    ['127.0.0.2', false],
    ['0.0.0.0', false],
    ['', false],
  ])('%s → %s', (host, expected) => {
    expect(isOwnHost(host, addresses)).toBe(expected)
  })

  test('never takes a name that only contains one of ours', () => {
    const own = fc.constantFrom(
      'localhost',
      '127.0.0.1',
      '[::1]',
      'news.localhost',
      'cms.example.com',
    )
    const letters = fc.stringMatching(/^[a-z0-9.@/\\#?-]{1,12}$/)
    fc.assert(
      fc.property(own, letters, fc.boolean(), (name, extra, before) => {
        const host = before ? extra + name : name + extra
        fc.pre(host !== 'news.localhost')
        expect(isOwnHost(host, addresses)).toBe(false)
      }),
    )
  })
})

describe('isOwnOrigin', () => {
  test.each([
    ['https://cms.example.com', 'cms.example.com', true],
    ['https://cms.example.com', 'localhost:3000', true],
    ['http://localhost:3000', 'localhost:3000', true],
    ['http://127.0.0.1:3000', 'localhost:3000', true],
    ['http://localhost:3000', 'news.localhost:3000', true],
    ['http://[::1]:3000', '127.0.0.1:3000', true],
    ['http://localhost', 'localhost', true],
    ['http://localhost:5173', 'localhost:3000', false],
    ['http://localhost:3000', 'cms.example.com', false],
    ['http://localhost', 'cms.example.com', false],
    ['http://other.localhost:3000', 'localhost:3000', false],
    ['https://cms.example.com.evil.example', 'cms.example.com', false],
    ['null', 'localhost:3000', false],
    ['file://', 'localhost:3000', false],
  ])('%s asking %s → %s', (origin, host, expected) => {
    expect(isOwnOrigin(origin, host, addresses)).toBe(expected)
  })
})

test.each([
  ['https://www.example.com/', 'https://www.example.com'],
  ['HTTP://LOCALHOST:80', 'http://localhost'],
  ['https://www.example.com/path', undefined],
  ['https://user@www.example.com', undefined],
  ['*', undefined],
  ['null', undefined],
  ['www.example.com', undefined],
  ['ftp://www.example.com', undefined],
])('normaliseOrigin %s → %s', (text, origin) => {
  expect(normaliseOrigin(text)).toBe(origin)
})
