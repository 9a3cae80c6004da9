import {spawn} from 'node:child_process'
import {mkdtemp, readdir, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {newsroomRoles} from '../../../editorial/roles.ts'
import {allBytes} from '../support/allBytes.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let running: RunningLake

beforeAll(async () => {
  running = await startLake({roles: newsroomRoles})
})

afterAll(async () => {
  await running.close()
})

type Run = {code: number | null; out: string[]; err: string}

/** Runs a script as the command line does, in a process of its own. */
function run(
  script: 'user' | 'token' | 'cors',
  args: readonly string[],
  options: {env?: NodeJS.ProcessEnv; data?: string} = {},
): Promise<Run> {
  const {env = {}, data = running.dataDirectory} = options
  const file = fileURLToPath(new URL(`../../../scripts/${script}.ts`, import.meta.url))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args, '--data', data], {
      cwd: tmpdir(),
      env: {PATH: process.env['PATH'], ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({code, out: out.split('\n').slice(0, -1), err}))
  })
}

async function roleOf(headers: {[name: string]: string}): Promise<unknown> {
  const answer = await fetch(`${running.url}/v1/users/me`, {headers})
  const body: unknown = await answer.json()
  return answer.ok && typeof body === 'object' && body && 'role' in body ? body.role : answer.status
}

describe('npm run user, while the server runs', () => {
  test('adds somebody who signs in by the printed link, and ends the session by revoke', async () => {
    const added = await run('user', ['add', 'Anna', 'Example', '--role', 'editor'])
    expect(added).toMatchObject({code: 0, err: ''})
    expect(added.out.slice(0, 2)).toEqual([
      'Anna Example may sign in now, as editor.',
      'Sign-in link, works once and for 15 minutes:',
    ])
    const link = new URL(added.out[2] ?? '')
    expect(link.origin).toBe(running.url)

    const pressed = await fetch(`${running.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: {origin: running.url},
      body: new URLSearchParams({code: link.searchParams.get('code') ?? ''}),
    })
    const cookie = pressed.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await roleOf({cookie})).toBe('editor')

    const [anna] = await running.lake.accounts.users.list('person')
    expect((await run('user', ['list'])).out).toEqual([
      'NAME          ROLE    ID             SINCE',
      `Anna Example  editor  ${anna?.id}  ${anna?.createdAt.slice(0, 10)}`,
    ])
    expect((await run('user', ['revoke', 'anna', 'example'])).out).toEqual([
      'Anna Example may not sign in any more; all sessions have ended.',
    ])
    expect(await roleOf({cookie})).toBe(401)
    expect((await run('user', ['list'])).out).toEqual(['Nobody may sign in yet.'])
  })

  test('makes new links, for the address that --url names', async () => {
    await run('user', ['add', 'Ben', '--role', 'reporter'])
    const again = await run('user', ['link', 'ben', '--url', 'https://cms.example.com'])
    expect(again.out[1]).toMatch(/^https:\/\/cms\.example\.com\/sign-in\?code=[\w-]{43}$/)
  })

  test.each<[string[], string]>([
    [
      ['add', 'Ben', '--role', 'editor'],
      'There is already a user named "Ben". Choose another name, or revoke that one first.',
    ],
    [
      ['add', 'Cleo'],
      '--role is missing. Choose one of viewer, reporter, editor, publisher, administrator.',
    ],
    [
      ['add', 'Cleo', '--role', 'boss'],
      'There is no role "boss". Choose one of viewer, reporter, editor, publisher, administrator.',
    ],
    [['link', 'Nobody'], 'There is no user named "Nobody".'],
    [['revoke', 'Nobody'], 'There is no user named "Nobody".'],
    [
      ['link', 'Ben', '--url', 'cms.example.com'],
      '--url must be an address such as https://news.example, not "cms.example.com".',
    ],
  ])('%j fails with one sentence', async (args, sentence) => {
    expect(await run('user', args)).toEqual({code: 1, out: [], err: `${sentence}\n`})
  })

  test.each([[[]], [['toString']], [['add']], [['add', 'X', '--rôle', 'editor']]])(
    '%j shows the usage',
    async (args) => {
      const answer = await run('user', args)
      expect({code: answer.code, out: answer.out}).toEqual({code: 1, out: []})
      expect(answer.err).toMatch(/^Usage: npm run user -- add NAME --role ROLE/)
    },
  )
})

describe('npm run token, while the server runs', () => {
  test('prints the secret once, as the last line, and stores a hash', async () => {
    const added = await run('token', ['add', 'Site', '--role', 'viewer'])
    expect(added).toMatchObject({code: 0, err: ''})
    const secret = added.out.at(-1) ?? ''
    expect(await roleOf({authorization: `Bearer ${secret}`})).toBe('viewer')

    const listed = await run('token', ['list'])
    expect(listed.out.join('\n')).toContain('Site')
    expect(listed.out.join('\n')).not.toContain(secret)
    expect(await allBytes(running.dataDirectory)).not.toContain(secret.replace('lake_', ''))

    const {id} = (await running.lake.accounts.tokens.list())[0] ?? {id: ''}
    expect(await run('token', ['revoke', id])).toEqual({
      code: 0,
      out: ['The token "Site" does not work any more.'],
      err: '',
    })
    expect(await roleOf({authorization: `Bearer ${secret}`})).toBe(401)
    expect(await run('token', ['revoke', 'Site'])).toEqual({
      code: 1,
      out: [],
      err: 'There is no token with the name or id "Site".\n',
    })
  })
})

describe('npm run cors, while the server runs', () => {
  const origin = 'https://partner.example'

  async function allowed(): Promise<unknown> {
    const answer = await fetch(`${running.url}/v1/check/cors`, {headers: {origin}})
    return await answer.json()
  }

  test('adds an origin with or without credentials, lists and removes it', async () => {
    expect(await allowed()).toEqual({result: {allowed: false, withCredentials: false}})
    expect((await run('cors', ['add', `${origin}/`])).out).toEqual([
      `Pages at ${origin} may call the API with tokens, and without sign-in.`,
    ])
    expect(await allowed()).toEqual({result: {allowed: true, withCredentials: false}})
    expect((await run('cors', ['add', origin, '--credentials'])).out).toEqual([
      `Pages at ${origin} may call the API as whoever is signed in, and with tokens.`,
    ])
    expect(await allowed()).toEqual({result: {allowed: true, withCredentials: true}})
    const [added] = await running.lake.accounts.origins.list()
    expect((await run('cors', ['list'])).out).toEqual([
      'ORIGIN                   CREDENTIALS  SINCE',
      `${origin}  yes          ${added?.createdAt.slice(0, 10)}`,
    ])
    expect((await run('cors', ['remove', origin])).out).toEqual([
      `Pages at ${origin} are strangers again.`,
    ])
    expect(await allowed()).toEqual({result: {allowed: false, withCredentials: false}})
  })

  test.each([
    [
      ['add', 'partner.example'],
      'An origin is scheme, name and port, such as https://www.example.com, not "partner.example".',
    ],
    [['add', '*'], 'An origin is scheme, name and port, such as https://www.example.com, not "*".'],
    [['remove', 'https://other.example'], 'The origin https://other.example was not in the list.'],
  ])('%j fails with one sentence', async (args, sentence) => {
    expect(await run('cors', args)).toEqual({code: 1, out: [], err: `${sentence}\n`})
  })
})

test('without a server links use the default address, and the folder is made', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'lake-scripts-'))
  const data = join(parent, 'new', 'data')
  const added = await run('user', ['add', 'Anna', '--role', 'administrator'], {data})
  expect(added.out[2]).toMatch(/^http:\/\/localhost:3000\/sign-in\?code=/)
  expect(await readdir(data)).toContain('lake.sqlite')
  await rm(parent, {recursive: true})
})

test('a hosted lake keeps its users elsewhere', async () => {
  const env = {SANITY_STUDIO_LAKE: 'hosted', SANITY_STUDIO_PROJECT_ID: 'abc123'}
  expect(await run('user', ['list'], {env})).toEqual({
    code: 1,
    out: [],
    err: 'SANITY_STUDIO_LAKE is "hosted": users, tokens and origins of a hosted project are kept at sanity.io/manage.\n',
  })
})
