import {afterAll, beforeAll, expect, test} from 'vitest'

import {ask} from '../support/ask.ts'
import {startLake, type RunningLake} from '../support/startLake.ts'

const base = '/v2025-02-19/data'

let lake: RunningLake
let token: string

beforeAll(async () => {
  lake = await startLake()
  const client = await lake.clientFor('editor')
  token = String(client.config().token)
  await client.create({_id: 'story', _type: 'story', text: 'Pact closes schools'})
})
afterAll(() => lake.close())

const query = (text: string) => ask(lake, `${base}/query/production`, {token, json: {query: text}})

const tooLong = (message: string) => ({
  statusCode: 413,
  error: 'Payload Too Large',
  message: `${message} Send lists of values as parameters.`,
})

test('a query of 262 144 bytes is answered, a longer one refused', async () => {
  const padded = (bytes: number) => `*[_id == "story"]._id //${'é'.repeat((bytes - 24) / 2)}`
  expect(await query(padded(262_144))).toMatchObject({status: 200, body: {result: ['story']}})
  expect(await query(padded(262_146))).toMatchObject({
    status: 413,
    body: tooLong('The query is 262146 bytes, which exceeds limit of 262144.'),
  })
})

test('a keystroke does not wait until a long query has been read', async () => {
  const client = await lake.clientFor('editor')
  const fields = Array.from({length: 5_000}, (_, number) => `field${number}`).join(',')
  let answered = false
  const long = query(`*[_id == "story"]{_id,${fields}}`).finally(() => (answered = true))
  await client.patch('story').set({text: 'Pact closes all schools'}).commit()
  expect(answered).toBe(false)
  expect(await long).toMatchObject({status: 200, body: {result: [{_id: 'story'}]}})
})

test('a long query sees the text of what was written before it', async () => {
  const client = await lake.clientFor('editor')
  await client.create({_id: 'flood', _type: 'story', text: 'Levee holds'})
  const padding = ' '.repeat(20_000)
  expect(await query(`*[text match "levee"]._id${padding}`)).toMatchObject({
    body: {result: ['flood']},
  })
})

test('listeners and mutations by query take short queries', async () => {
  const long = `*[_id == "story"]${' '.repeat(10_000)}`
  const search = new URLSearchParams({query: long})
  expect(await ask(lake, `${base}/listen/production?${search}`, {token})).toMatchObject({
    status: 413,
    body: tooLong('A listener takes a query of at most 10000 characters, this one has 10017.'),
  })
  const mutations = [{patch: {query: long, set: {text: 'lost'}}}]
  expect(await ask(lake, `${base}/mutate/production`, {token, json: {mutations}})).toMatchObject({
    status: 413,
    body: tooLong(
      'A mutation by query takes a query of at most 10000 characters, this one has 10017.',
    ),
  })
})
