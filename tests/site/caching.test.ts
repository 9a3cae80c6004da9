import {afterAll, beforeAll, expect, test} from 'vitest'

import {articleDocument, leaseDocument, minutesAgo, noon} from '../queries/support/stories.ts'
import {startSite, type RunningSite} from './support/startSite.ts'

let running: RunningSite

beforeAll(async () => {
  running = await startSite()
  await running.editor.createOrReplace(articleDocument('one'))
})
afterAll(() => running.close())

const secondsBefore = (time: string, seconds: number) =>
  new Date(Date.parse(time) - seconds * 1000).toISOString()

async function sharedSeconds(path: string): Promise<number> {
  const cacheControl = (await running.get(path)).headers.get('cache-control') ?? ''
  expect(cacheControl).toMatch(/^public, max-age=0, s-maxage=\d+, must-revalidate$/)
  return Number(/s-maxage=(\d+)/.exec(cacheControl)?.[1])
}

test.each(['/', '/a/one', '/a/none', '/api/breaking.json'])(
  '%s may be kept ten seconds, and never past the start or end of a lease',
  async (path) => {
    const {clock, editor} = running
    const startsAt = minutesAgo(-10)
    const until = minutesAgo(-40)
    expect(await sharedSeconds(path)).toBe(10)

    await editor.createOrReplace(leaseDocument('coming', {startsAt, until}))
    for (const edge of [startsAt, until]) {
      for (const [before, allowed] of [
        [60, 10],
        [10, 10],
        [4.2, 4],
        [0.9, 0],
      ] as const) {
        clock.set(secondsBefore(edge, before))
        expect(await sharedSeconds(path)).toBe(allowed)
      }
      clock.set(edge)
      expect(await sharedSeconds(path)).toBe(10)
    }
    await editor.delete('coming')
    clock.set(noon)
  },
)

test('a page that says the same is not sent again; one that changed is', async () => {
  const {clock, editor} = running
  const first = await running.get('/a/one')
  const etag = first.headers.get('etag') ?? ''
  clock.set(secondsBefore(noon, -5))
  const again = await running.get('/a/one', {'if-none-match': etag})
  expect([again.status, await again.text()]).toEqual([304, ''])

  await editor.createOrReplace(articleDocument('one', {headline: 'Changed'}))
  const changed = await running.get('/a/one', {'if-none-match': etag})
  expect(changed.status).toBe(200)
  expect(await changed.text()).toContain('Changed')
  clock.set(noon)
})

test('files are kept for ever by their hash, and asked for again without it', async () => {
  const page = await running.text('/')
  const paths = [...page.matchAll(/"(\/assets\/[^"]+\?v=[^"]+)"/g)].map(([, path = '']) => path)
  expect(paths.map((path) => path.replace(/\?.*/, ''))).toEqual([
    '/assets/fonts/source-serif-4-basic-normal.woff2',
    '/assets/fonts/inter-basic-normal.woff2',
    '/assets/site.css',
    '/assets/icon.svg',
    '/assets/live.js',
    '/assets/live-worker.js',
  ])
  for (const path of paths) {
    const answer = await running.get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const plain = await running.get(path.replace(/\?.*/, ''))
    expect(plain.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
    const etag = plain.headers.get('etag') ?? ''
    expect((await running.get(path, {'if-none-match': etag})).status).toBe(304)
  }
})

test('the stylesheet and the scripts load nothing but files of the site', async () => {
  const stylesheet = await running.text('/assets/site.css')
  const urls = [...stylesheet.matchAll(/url\(([^)]+)\)/g)].map(([, url = '']) => url)
  expect(urls).toHaveLength(12)
  for (const url of urls) expect((await running.get(url)).status).toBe(200)
  const importsOf = async (script: string) =>
    [...(await running.text(script)).matchAll(/from '([^']+)'/g)].map(([, path = '']) => path)
  const [sharing = '', ...others] = await importsOf('/assets/live.js')
  const [connection = ''] = await importsOf(sharing)
  expect(others).toEqual([])
  expect(await importsOf('/assets/live-worker.js')).toEqual([connection])
  for (const script of [sharing, connection]) {
    expect(script).toMatch(/^\/assets\/[\w-]+\.js\?v=[\w-]+$/)
    const {headers} = await running.get(script)
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  }
})

test('pages and files go packed to whoever can unpack them, streams and fonts as they are', async () => {
  const packedAs = async (path: string) => {
    const {headers, body} = await running.get(path, {'accept-encoding': 'gzip, deflate, br'})
    await body?.cancel()
    return [headers.get('content-encoding'), headers.get('vary')?.toLowerCase() ?? null]
  }
  const font = '/assets/fonts/inter-basic-normal.woff2'
  expect({
    page: await packedAs('/a/one'),
    stylesheet: await packedAs('/assets/site.css'),
    script: await packedAs('/assets/live.js'),
    font: await packedAs(font),
    stream: await packedAs('/live/breaking'),
  }).toEqual({
    page: ['gzip', 'accept-encoding'],
    stylesheet: ['br', 'accept-encoding'],
    script: ['br', 'accept-encoding'],
    font: [null, null],
    stream: [null, null],
  })
  expect((await running.get('/assets/site.css')).headers.get('content-encoding')).toBeNull()
})
