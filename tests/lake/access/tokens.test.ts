import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {allBytes} from '../support/allBytes.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

let running: RunningLake

beforeEach(async () => {
  running = await startLake()
})

afterEach(async () => {
  await running.close()
})

async function whoAmI(secret: string) {
  const answer = await fetch(`${running.url}/v2026-05-04/users/me`, {
    headers: {authorization: `Bearer ${secret}`},
  })
  return {status: answer.status, body: await answer.json()}
}

const notFound = {
  status: 401,
  body: {
    statusCode: 401,
    error: 'Unauthorized',
    message: 'Session not found',
    errorCode: 'SIO-401-ANF',
  },
}

describe('a token', () => {
  test('acts as a robot of its own name and role', async () => {
    const {token, secret} = await running.lake.accounts.tokens.add({name: 'Site', role: 'viewer'})
    expect(secret).toMatch(/^lake_[\w-]{43}$/)
    expect(await whoAmI(secret)).toEqual({
      status: 200,
      body: {
        id: token.userId,
        name: 'Site',
        email: '',
        profileImage: null,
        provider: 'link',
        role: 'viewer',
        roles: [{name: 'viewer', title: 'Viewer'}],
      },
    })
  })

  test('stands on disk only as a hash', async () => {
    const secret = await running.tokenFor('viewer')
    expect((await whoAmI(secret)).status).toBe(200)
    const bytes = await allBytes(running.dataDirectory)
    expect(bytes).toContain('SQLite format 3')
    expect(bytes).not.toContain(secret.replace('lake_', ''))
  })

  test('is refused with the next request after it was revoked, by name or by id', async () => {
    const {tokens} = running.lake.accounts
    const byName = await tokens.add({name: 'By name', role: 'viewer'})
    const byId = await tokens.add({name: 'By id', role: 'viewer'})
    const kept = await tokens.add({name: 'Kept', role: 'viewer'})
    await tokens.revoke('by name')
    await tokens.revoke(byId.token.id)
    expect(await whoAmI(byName.secret)).toEqual(notFound)
    expect(await whoAmI(byId.secret)).toEqual(notFound)
    expect((await whoAmI(kept.secret)).status).toBe(200)
    expect((await tokens.list()).map(({name}) => name)).toEqual(['Kept'])
  })

  test('that nobody made is refused, on published content too', async () => {
    expect(await whoAmI('lake_wrong')).toEqual(notFound)
    const answer = await fetch(
      `${running.url}/v2025-02-19/data/query/production?query=${encodeURIComponent('*')}`,
      {headers: {authorization: 'Bearer lake_wrong'}},
    )
    expect({status: answer.status, body: await answer.json()}).toEqual(notFound)
  })

  test('bears a name that no other token has', async () => {
    const {tokens} = running.lake.accounts
    await tokens.add({name: 'Site', role: 'viewer'})
    await expect(tokens.add({name: 'site', role: 'editor'})).rejects.toMatchObject({
      code: 'nameTaken',
      message:
        'There is already a token named "site". Choose another name, or revoke that one first.',
    })
    await tokens.revoke('Site')
    await expect(tokens.add({name: 'site', role: 'editor'})).resolves.toMatchObject({
      token: {name: 'site', role: 'editor'},
    })
  })
})

test('the authors of old changes keep their names after they were revoked', async () => {
  const {tokens, users} = running.lake.accounts
  const {token} = await tokens.add({name: 'Importer', role: 'editor'})
  const anna = await users.add({name: 'Anna', role: 'editor', email: 'anna@example.com'})
  await tokens.revoke('Importer')
  await users.revoke('Anna')
  const viewer = await running.tokenFor('viewer')
  const answer = await fetch(`${running.url}/v2026-05-04/users/${anna.id},nobody,${token.userId}`, {
    headers: {authorization: `Bearer ${viewer}`},
  })
  const body: unknown = await answer.json()
  expect(body).toEqual([
    {
      id: anna.id,
      displayName: 'Anna',
      imageUrl: null,
      email: 'anna@example.com',
      createdAt: anna.createdAt,
      isCurrentUser: false,
      provider: 'link',
    },
    null,
    {
      id: token.userId,
      displayName: 'Importer',
      imageUrl: null,
      createdAt: token.createdAt,
      isCurrentUser: false,
      provider: 'link',
    },
  ])
})
