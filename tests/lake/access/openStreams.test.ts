import {afterEach, beforeEach, expect, test} from 'vitest'

import {dataFolderAt, openFolderAccounts} from '../../../lake/store/accountsFolder.ts'
import {ask} from '../support/ask.ts'
import {movableClock, startLake, type RunningLake} from '../support/startLake.ts'

let running: RunningLake
let clock: ReturnType<typeof movableClock>

beforeEach(async () => {
  clock = movableClock()
  running = await startLake({clock})
})

afterEach(async () => {
  await running.close()
})

const listen = `/v2025-02-19/data/listen/production?query=${encodeURIComponent('*')}`

/** Waits for a stream's greeting; `ended` resolves when the server ends it without an error. */
async function greeted(answer: Response) {
  if (!answer.body) throw new Error('The stream has no body.')
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('event: welcome')) {
    const {done, value} = await reader.read()
    if (done) throw new Error(`The stream ended before its greeting: ${text}`)
    text += value
  }
  const ended = (async () => {
    for (;;) if ((await reader.read()).done) return 'ended'
  })()
  return {ended}
}

async function openStream(headers: {[name: string]: string}) {
  return await greeted(await fetch(running.url + listen, {headers}))
}

test('a stream ends when its session or token is revoked, and no other does', async () => {
  const cookie = await running.signIn('viewer', 'Fritz')
  const {secret} = await running.lake.accounts.tokens.add({name: 'Mirror', role: 'viewer'})
  const ofSession = await openStream({cookie})
  const ofToken = await openStream({authorization: `Bearer ${secret}`})
  const ofNobody = await openStream({})

  await running.lake.accounts.users.revoke('Fritz')
  await running.lake.accounts.tokens.revoke('Mirror')
  expect(await Promise.all([ofSession.ended, ofToken.ended])).toEqual(['ended', 'ended'])

  running.lake.endStreams()
  expect(await ofNobody.ended).toBe('ended')
})

test('a stream ends at once with its access, whoever ended that, and what was typed is kept', async () => {
  const cookie = await running.signIn('editor', 'Vera')
  const stream = await openStream({cookie})
  const before = performance.now()
  const elsewhere = openFolderAccounts(dataFolderAt(running.dataDirectory), clock)
  await elsewhere.users.revoke('Vera')
  elsewhere.close()
  await stream.ended
  expect(performance.now() - before).toBeLessThan(1_000)

  // On this code alone the Studio signs out and keeps what was typed; a listener that comes back is told the same.
  const session = {status: 401, body: {errorCode: 'SIO-401-ANF'}}
  const headers = {cookie, origin: running.url}
  const json = {mutations: [{create: {_id: 'drafts.late', _type: 'note'}}]}
  const path = '/v2025-02-19/data/mutate/production'
  expect(await ask(running, path, {headers, json})).toMatchObject(session)
  expect(await ask(running, listen, {headers})).toMatchObject(session)
  const reader = await running.clientFor('viewer', {perspective: 'raw'})
  expect(await reader.getDocument('drafts.late')).toBeUndefined()
})

test('a stream ends when its session runs out', async () => {
  const stream = await openStream({cookie: await running.signIn('viewer')})
  clock.advance(31 * 24 * 60 * 60 * 1_000)
  expect(await stream.ended).toBe('ended')
})

test('closing the lake ends streams in process too', async () => {
  const identity = {userId: 'worker', displayName: 'Worker', role: 'viewer'}
  const stream = await greeted(await running.lake.internalFetch(identity)(running.url + listen))
  await running.close()
  expect(await stream.ended).toBe('ended')
  running = await startLake({clock})
})
