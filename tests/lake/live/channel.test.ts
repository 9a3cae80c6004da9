import {randomUUID} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {startLake, type RunningLake} from '../support/startLake.ts'
import {eventReader} from './eventReader.ts'
import {openedReaders} from './openedReaders.ts'

let lake: RunningLake
let client: SanityClient
let cookie: string
const {keep} = openedReaders()

beforeAll(async () => {
  lake = await startLake({datasets: ['production', 'archive']})
  client = await lake.clientFor('editor', {perspective: 'raw'})
  cookie = await lake.signIn('editor')
})

afterAll(() => lake.close())

type Change = {
  open?: {listener: string; search: string; lastEventId?: string}[]
  close?: string[]
}

function address(path: string, version = '2025-02-19'): string {
  return `${lake.url}/v${version}/data/channel/${path}`
}

/** Opens a channel as a browser would, and gives the way to change it and the frames that come. */
async function openChannel(session = cookie, id: string = randomUUID()) {
  const response = await fetch(address(`production?id=${id}`), {headers: {cookie: session}})
  const reader = keep(eventReader(response))
  const change = (body: unknown, path = `production/${id}`, version?: string, as = session) =>
    fetch(address(path, version), {
      method: 'POST',
      headers: {cookie: as, origin: lake.url, 'content-type': 'application/json'},
      body: JSON.stringify(body),
    })
  const send = async (wanted: Change) => {
    const answer = await change(wanted)
    expect(answer.status).toBe(200)
  }
  return {id, reader, change, send}
}

const welcome = {event: 'welcome', data: {listenerName: expect.any(String)}}

test('many listeners of several datasets and versions share one stream, each with its own frames', async () => {
  const {id, reader, change, send} = await openChannel()
  const archive = client.withConfig({dataset: 'archive'})

  await send({
    open: [
      {listener: '1', search: '?query=*[_type == "channel"]&includeAllVersions=true'},
      {listener: '2', search: '?query=*[_type == "channel"]'},
    ],
  })
  await change({open: [{listener: '3', search: '?query=*'}]}, `archive/${id}`, '2021-06-07')
  await client.create({_id: 'drafts.channel-1', _type: 'channel'})
  await archive.create({_id: 'drafts.channel-2', _type: 'channel'})

  const frames = await reader.take(8)
  expect(frames.map(({listener, control, event}) => [listener, control ?? event])).toEqual([
    ['1', 'opened'],
    ['1', 'welcome'],
    ['2', 'opened'],
    ['2', 'welcome'],
    ['3', 'opened'],
    ['3', 'welcome'],
    ['1', 'mutation'],
    ['3', 'mutation'],
  ])
  expect(frames[1]).toMatchObject(welcome)
  expect(frames[6]).toMatchObject({
    id: expect.stringMatching(/^\d+:/),
    data: {documentId: 'drafts.channel-1'},
  })
  expect(frames[7]).toMatchObject({data: {documentId: 'drafts.channel-2'}})
})

test('a listener that is closed is heard no more', async () => {
  const {reader, send} = await openChannel()
  const search = '?query=*[_type == "closing"]'
  await send({
    open: [
      {listener: 'a', search},
      {listener: 'b', search},
    ],
  })
  await reader.take(4)

  await send({close: ['a', 'unknown']})
  await client.create({_id: 'closing', _type: 'closing'})

  expect(await reader.next()).toMatchObject({listener: 'b', event: 'mutation'})
})

test('a listener that comes back gets what it missed', async () => {
  const search = '?query=*[_type == "resumed"]&enableResume=true'
  const first = await openChannel()
  await first.send({open: [{listener: '1', search}]})
  const [, {id = ''} = {}] = await first.reader.take(2)
  await first.reader.close()
  await client.create({_id: 'resumed', _type: 'resumed'})
  const second = await openChannel()

  await second.send({open: [{listener: '7', search, lastEventId: id}]})

  expect(await second.reader.take(3)).toMatchObject([
    {listener: '7', control: 'opened'},
    {listener: '7', event: 'welcomeback'},
    {listener: '7', event: 'mutation', data: {documentId: 'resumed'}},
  ])
})

test('a listener is refused by a frame with the answer that its own request would have got', async () => {
  const {reader, send} = await openChannel()

  await send({
    open: [
      {listener: '1', search: '?query='},
      {listener: '2', search: '?query=*[_id =='},
    ],
  })

  expect(await reader.take(4)).toMatchObject([
    {
      listener: '1',
      control: 'refused',
      data: {status: 400, body: {statusCode: 400, error: 'Bad Request'}},
    },
    {listener: '2', control: 'opened'},
    {listener: '2', event: 'channelError', data: {error: {type: 'queryParseError'}}},
    {listener: '2', control: 'ended', data: {}},
  ])
})

describe('a channel is for', () => {
  test('people who are signed in', async () => {
    const response = await fetch(address(`production?id=${randomUUID()}`))

    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({errorCode: 'SIO-401-ANF'})
  })

  test('the person who opened it: to others it does not exist', async () => {
    const {change} = await openChannel()
    const other = await lake.signIn('editor')

    const answer = await change(
      {open: [{listener: '1', search: '?query=*'}]},
      undefined,
      undefined,
      other,
    )

    expect(answer.status).toBe(410)
  })

  test('as long as it is open: then it is gone', async () => {
    const {id, reader, change} = await openChannel()
    await reader.close()

    await expect.poll(async () => (await change({})).status).toBe(410)
    const again = await openChannel(cookie, id)
    expect(again.reader.response.status).toBe(200)
  })

  test('as long as the session lasts: then it ends without a word, and opening it anew is refused', async () => {
    const leaver = await lake.signIn('editor')
    const {reader, send} = await openChannel(leaver)
    await send({open: [{listener: '1', search: '?query=*'}]})
    await reader.take(2)

    await fetch(`${lake.url}/v2021-06-07/auth/logout`, {
      method: 'POST',
      headers: {cookie: leaver, origin: lake.url},
    })

    expect(await reader.rest()).toBe('')
    const again = await fetch(address(`production?id=${randomUUID()}`), {headers: {cookie: leaver}})
    expect(again.status).toBe(401)
  })
})

test.each([
  ['an id that is no UUID', 'production?id=mine', 400],
  ['an id that is in use', 'production?id=IN_USE', 409],
  ['a dataset that is not there', `missing?id=${randomUUID()}`, 404],
])('is refused with %s', async (_case, path, status) => {
  const {id} = await openChannel()

  const response = await fetch(address(path.replace('IN_USE', id)), {headers: {cookie}})

  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({statusCode: status})
})

test.each([
  ['no object', 'nonsense'],
  ['a listener name with a line break', {open: [{listener: '1\nevent: x', search: ''}]}],
])('a change is refused with 400 when it holds %s', async (_case, body) => {
  const {change} = await openChannel()

  expect((await change(body)).status).toBe(400)
})
