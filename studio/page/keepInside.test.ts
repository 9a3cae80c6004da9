import {expect, test} from 'vitest'

import {isOwnAddress, keepInside} from './keepInside.ts'

function guarded() {
  const sent: string[] = []
  const target: Pick<typeof globalThis, 'fetch'> = {
    fetch: (input) => {
      sent.push(input instanceof Request ? input.url : String(input))
      return Promise.resolve(Response.json({from: 'the lake'}))
    },
  }
  keepInside(target, (url) => isOwnAddress(url, 'http://localhost:4300', 'dateline'))
  return {target, sent}
}

test('requests to the lake go through, by either of its names', async () => {
  const {target, sent} = guarded()
  const own = [
    'http://localhost:4300/v2025-02-19/users/me',
    'http://dateline.localhost:4300/v2021-06-07/users/me',
  ]
  const answers = await Promise.all(own.map(async (url) => (await target.fetch(url)).json()))
  expect(answers).toEqual([{from: 'the lake'}, {from: 'the lake'}])
  expect(sent).toEqual(own)
})

test('requests to other machines get an empty object and are never sent', async () => {
  const {target, sent} = guarded()
  const others = [
    'https://sanity-cdn.com/v1/modules/sanity/latest',
    new URL('http://localhost:9999/x'),
    new Request('https://api.sanity.io/vX/intake'),
  ]
  const answers = await Promise.all(others.map(async (url) => (await target.fetch(url)).json()))
  expect(answers).toEqual([{}, {}, {}])
  expect(sent).toEqual([])
})

test('what is no request to a machine goes through', async () => {
  const {target, sent} = guarded()
  await target.fetch('data:text/plain,hello')
  expect(sent).toEqual(['data:text/plain,hello'])
})
