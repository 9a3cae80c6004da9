import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {describe, expect, test} from 'vitest'

import {startLake} from '../support/startLake.ts'
import {client, commit, dataOf, everything, lake, listen, token} from './listening.ts'

describe('resuming', () => {
  const resume = (lastEventId: string | undefined, at = lake, query = '*[_type == "resume"]') =>
    listen({
      query,
      at,
      search: {...everything, enableResume: 'true'},
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId && {'last-event-id': lastEventId}),
      },
    })

  test('brings what was missed, and goes on', async () => {
    const first = await resume(undefined)
    const {id} = await first.next()
    await first.close()
    await commit('tx-missed', {create: {_id: 'resume-1', _type: 'resume'}})

    const second = await resume(id)

    expect(await second.next()).toMatchObject({
      event: 'welcomeback',
      data: {listenerName: expect.any(String)},
    })
    expect(dataOf(await second.next())['transactionId']).toBe('tx-missed')
    await client.patch('resume-1').set({headline: 'On'}).commit({transactionId: 'tx-after'})
    expect(dataOf(await second.next())['transactionId']).toBe('tx-after')
  })

  test('starts with reset after half a transaction, whose other half would never complete it', async () => {
    const first = await resume(undefined)
    await first.next()
    await client
      .transaction()
      .create({_id: 'torn-1', _type: 'resume'})
      .create({_id: 'torn-2', _type: 'resume'})
      .commit()
    const [half, whole] = await first.take(2)

    expect(await (await resume(half?.id)).next()).toMatchObject({event: 'reset', data: {}})
    expect(await (await resume(whole?.id)).next()).toMatchObject({event: 'welcomeback'})
  })

  test.each([
    ['from another server', 'abc'],
    ['ahead of the log', '999999:tx'],
    ['of another log', '1:other-transaction'],
  ])('starts with reset after an id %s', async (_case, id) => {
    expect(await (await resume(id)).next()).toMatchObject({event: 'reset', data: {}})
  })

  test('is off unless asked for: an id alone gets a welcome', async () => {
    const reader = await listen({
      headers: {authorization: `Bearer ${token}`, 'last-event-id': '1:x'},
    })

    expect(await reader.next()).toMatchObject({event: 'welcome'})
  })

  test('works across a restart of the server', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'lake-restart-'))
    const before = await startLake({dataDirectory})
    const secret = await before.tokenFor('editor')
    const search = {enableResume: 'true'}
    const headers = {authorization: `Bearer ${secret}`}
    const writer = await before.clientFor('editor')
    const first = await listen({at: before, search, headers})
    await first.next()
    await writer.create({_id: 'restart-1', _type: 'resume'})
    const {id} = await first.next()
    await commit('tx-unseen', {create: {_id: 'restart-2', _type: 'resume'}}, writer)
    await before.close()
    const after = await startLake({dataDirectory})

    const second = await listen({
      at: after,
      search,
      headers: {...headers, 'last-event-id': id ?? ''},
    })

    expect(await second.next()).toMatchObject({event: 'welcomeback'})
    expect(dataOf(await second.next())['transactionId']).toBe('tx-unseen')
    await second.close()
    await after.close()
    await rm(dataDirectory, {recursive: true})
  })
})
