import {existsSync} from 'node:fs'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {delimiter, dirname, join} from 'node:path'

import {expect, test, vi} from 'vitest'

import {takeBuildTurn} from '../../scripts/product/buildTurn.ts'
import {rawRequest} from '../lake/support/rawRequest.ts'
import {temporaryFolder} from './support/files.ts'
import {freePort} from './support/freePort.ts'
import {clientFor, startProduct} from './support/product.ts'
import {startScript} from './support/script.ts'

// The first start in a fresh checkout builds the Studio, perhaps after others who do.
vi.setConfig({testTimeout: 120_000, hookTimeout: 180_000})

const builds = join(import.meta.dirname, '..', '..', 'dist')
const everything = '*[!(_type match "system.*")]{_id, _type, _rev} | order(_id)'

test('the first start seeds a newsroom, in one transaction, and prints one banner', async () => {
  const data = join(temporaryFolder(), 'news', 'data')
  const product = await startProduct(['--data', data])
  expect(product.script.out()).toMatch(
    new RegExp(
      [
        '^(Building the Studio [^\n]*\n)?The newsroom is empty: importing and publishing its first story …',
        'The story is live.',
        '',
        '  Dateline is running.',
        '',
        '  Site      (http://localhost:\\d+)/',
        '  Studio    http://localhost:\\d+/sign-in\\?code=[\\w-]{43}',
        '            signs you in as Administrator: works once, within 15 minutes',
        '  API       http://localhost:\\d+/v2025-02-19/data/query/production\\?query=\\*\\[_type=="article"\\]',
        `  Data      ${data}`,
        '',
        '  Another sign-in link:  npm run user -- link Administrator',
        '  Stop:                  Ctrl-C',
        '\n$',
      ].join('\n'),
    ),
  )
  const answers = await Promise.all(
    [
      '/',
      '/studio',
      '/healthz',
      '/v2025-02-19/data/query/production?query=count(*)',
      // As long as a listener with many parameters may ask, and cookies beside it.
      `/v2025-02-19/data/query/production?query=count(*)&tag=${'x'.repeat(20_000)}`,
    ].map(async (path) => (await fetch(`${product.origin}${path}`)).status),
  )
  expect(answers).toEqual([200, 200, 200, 200, 200])

  const client = await clientFor(product, data)
  const documents = await client.fetch<{_type: string; _rev: string}[]>(everything)
  expect(documents.map(({_type}) => _type).sort()).toEqual([
    'article',
    'editorialState',
    'importReceipt',
    'siteSettings',
  ])
  expect(new Set(documents.map(({_rev}) => _rev)).size).toBe(1)

  await client.patch('siteSettings').set({title: 'Changed here'}).commit()
  const changed = await client.fetch(everything)
  expect(await product.stop()).toMatchObject({code: 0, err: ''})

  const again = await startProduct(['--data', data])
  expect(again.script.out()).not.toContain('first story')
  expect(await client.withConfig({apiHost: again.origin}).fetch(everything)).toEqual(changed)
  expect(await again.stop()).toMatchObject({code: 0, err: ''})
})

test('--no-seed leaves the newsroom empty, and a later start may still seed it', async () => {
  const data = join(temporaryFolder(), 'data')
  const empty = await startProduct(['--data', data, '--no-seed'])
  expect(await countOf(empty.origin)).toBe(0)
  expect((await fetch(`${empty.origin}/`)).status).toBe(200)
  await empty.stop()

  const seeded = await startProduct(['--data', data])
  expect(await countOf(seeded.origin)).toBe(1)
  await seeded.stop()
})

test('killed while it seeds, it seeds when it starts again', async () => {
  const data = join(temporaryFolder(), 'data')
  const first = startScript('start', ['--port', '0', '--data', data])
  await first.until(/The newsroom is empty/)
  first.kill('SIGKILL')
  expect(await first.ended).toMatchObject({code: null, signal: 'SIGKILL'})

  const again = await startProduct(['--data', data])
  const client = await clientFor(again, data)
  expect(await client.fetch('count(*[_type in ["article", "siteSettings"]])')).toBe(2)
  await again.stop()
})

test('while it prepares, it says why it is not ready; stopped then, it ends without a word', async () => {
  const data = join(temporaryFolder(), 'data')
  const port = await freePort()
  const turn = await takeBuildTurn(builds, {stopping: undefined, onWait: () => undefined})
  const script = startScript('start', ['--port', String(port), '--data', data], {
    env: {SANITY_STUDIO_PROJECT_ID: 'neverbuilt'},
  })
  const sentence = 'Waiting for another build of the Studio to end …'
  await script.until(/Waiting/)
  const health = await fetch(`http://localhost:${port}/healthz`)
  expect(health.status).toBe(503)
  expect(health.headers.get('retry-after')).toBe('2')
  expect(await health.json()).toEqual({ready: false, reason: sentence})
  const page = await fetch(`http://localhost:${port}/`)
  expect(page.status).toBe(503)
  expect(await page.text()).toBe(`${sentence} Reload this page in a moment.\n`)

  script.kill('SIGTERM')
  expect(await script.ended).toEqual({code: 0, signal: null, out: `${sentence}\n`, err: ''})
  turn.end()
  const later = await startProduct(['--data', data])
  const ready = await fetch(`${later.origin}/healthz`)
  expect([ready.status, await ready.json()]).toEqual([200, {ready: true}])
  await later.stop()
})

test('--url is the address of the banner, the sign-in link, and the only other host that is answered', async () => {
  const data = join(temporaryFolder(), 'data')
  const product = await startProduct(['--data', data, '--url', 'https://newsroom.example/'])
  const printed = product.script.out()
  expect(printed).toContain('  Site      https://newsroom.example/\n')
  expect(printed).toMatch(/ {2}Studio {4}https:\/\/newsroom\.example\/sign-in\?code=/)
  expect(printed).toMatch(/ {2}Proxy to {2}http:\/\/127\.0\.0\.1:\d+\n/)
  const statusFor = async (host: string) =>
    (await rawRequest(`${product.local}/`, {headers: {host}})).status
  expect({
    public: await statusFor('newsroom.example'),
    local: await statusFor('localhost'),
    stranger: await statusFor('attacker.example'),
  }).toEqual({public: 200, local: 200, stranger: 421})
  await product.stop()
})

test('--open hands the sign-in link to the browser, or says that there is none', async () => {
  const folder = temporaryFolder()
  const programs = join(folder, 'programs')
  const opened = join(folder, 'opened')
  await mkdir(programs)
  for (const opener of ['xdg-open', 'open']) {
    const program = `#!/bin/sh\nprintf %s "$1" > ${opened}.part\nmv ${opened}.part ${opened}\n`
    await writeFile(join(programs, opener), program)
    await chmod(join(programs, opener), 0o755)
  }
  const path = [programs, dirname(process.execPath), process.env['PATH']].join(delimiter)
  const product = await startProduct(['--data', join(folder, 'data'), '--open'], {
    env: {PATH: path},
  })
  await expect.poll(() => existsSync(opened), {timeout: 10_000}).toBe(true)
  expect(product.script.out()).toContain(`  Studio    ${await readFile(opened, 'utf8')}\n`)
  await product.stop()

  const without = await startProduct(['--data', join(folder, 'data'), '--open'], {
    env: {PATH: join(folder, 'nothing')},
  })
  const link = /http\S+sign-in\S+/.exec(without.script.out())?.[0]
  expect(await without.script.until(/No browser.*/)).toBe(
    `No browser could be opened. Open ${link} yourself.`,
  )
  await without.stop()
})

async function countOf(origin: string): Promise<unknown> {
  const query = encodeURIComponent('count(*[_type == "article"])')
  const answer = await fetch(`${origin}/v2025-02-19/data/query/production?query=${query}`)
  const body: unknown = await answer.json()
  return typeof body === 'object' && body && 'result' in body ? body.result : body
}
