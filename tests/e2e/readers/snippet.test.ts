import {createServer, type Server} from 'node:http'

import type {Page} from 'playwright-core'
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'

import {picture} from '../support/browser.ts'
import {endLease, makeLease, minutesAgo} from '../support/newspaper.ts'
import {client, context, gate, product} from '../support/readers.ts'
import {seriousViolations, shiftsOf, watchShifts} from '../support/reading.ts'

const feed = '/api/breaking.json'

let partner: Server
let partnersAddress = ''
let lease = ''

beforeAll(async () => {
  // A partner's page on another origin, which forbids whatever it can do without.
  partner = createServer((request, response) => {
    const source = new URL(request.url ?? '/', 'http://partner').searchParams.get('source') ?? ''
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${source}; connect-src ${source}`,
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(`<!doctype html><html lang="en"><head><title>Partner</title>
<script async src="${source}/embed/breaking.js"></script></head>
<body><main><h1>A partner’s page</h1><p>${'Words. '.repeat(200)}</p></main></body></html>`)
  })
  await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', resolve))
  const address = partner.address()
  if (address === null || typeof address === 'string') throw new Error('The partner has no port.')
  partnersAddress = `http://127.0.0.1:${address.port}`
})
afterAll(() => void partner.close())
beforeEach(() => {
  lease = crypto.randomUUID()
})

async function openPartner(): Promise<Page> {
  const page = await context.newPage()
  await watchShifts(page)
  await page.goto(`${partnersAddress}/?source=${encodeURIComponent(gate.origin)}`)
  return page
}

test('the snippet is under 2 kB, and its address never changes', async () => {
  const answer = await fetch(`${product.origin}/embed/breaking.js`)
  expect((await answer.text()).length).toBeLessThan(2000)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
})

test('it puts the banner on a page of another origin, for everyone, without moving it, and takes it back', async () => {
  const complaints: string[] = []
  const page = await openPartner()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await expect.poll(gate.streams).toBe(1)
  await makeLease(client, lease, {headline: 'Harbour <b>closed</b>', level: 'flash'})
  const alert = page.getByRole('alert')
  await alert.filter({hasText: 'Flash: Harbour <b>closed</b>'}).waitFor()
  const colour = await alert.locator('div').evaluate((line) => getComputedStyle(line).color)
  expect(colour).toBe('rgb(255, 255, 255)')
  await picture(page, 'snippet-flash')
  expect(await seriousViolations(page)).toEqual([])

  await client
    .patch(lease)
    .set({withdrawn: {at: minutesAgo(0), sentence: 'The harbour is open.'}})
    .commit()
  const status = page.getByRole('status')
  await status.filter({hasText: 'Withdrawn: The harbour is open.'}).waitFor()
  expect(await alert.innerText()).toBe('')

  await client.delete(lease)
  lease = crypto.randomUUID()
  await makeLease(client, lease, {
    headline: 'Kerry in Moscow',
    article: 'kerry',
    minutes: 5 / 60,
  })
  await status.filter({hasText: 'Breaking News: Kerry in Moscow'}).waitFor()
  // At its end, with the newsroom away.
  await gate.shut()
  await expect.poll(() => status.innerText()).toBe('')
  expect(await shiftsOf(page)).toEqual([])
  expect(complaints.filter((text) => !text.includes('ERR_'))).toEqual([])
  await gate.reopen()
})

test('it comes past a proxy that holds streams back', async () => {
  gate.streamsAre('heldBack')
  const page = await openPartner()
  await makeLease(client, lease, {headline: 'Past the proxy'})
  const status = page.getByRole('status')
  await status.filter({hasText: 'Breaking News: Past the proxy'}).waitFor({timeout: 25_000})
  await endLease(client, lease)
  await expect.poll(() => status.innerText(), {timeout: 25_000}).toBe('')
})

test('an answer that the stream overtook takes no news back there either', async () => {
  gate.streamsAre('heldBack')
  const letAnswersGo = gate.holdAnswers(feed)
  const page = await openPartner()
  await expect.poll(() => gate.holds(feed)).toBe(1)
  gate.letOut()
  gate.streamsAre('passed')
  await makeLease(client, lease, {headline: 'Quicker than the answer'})
  const status = page.getByRole('status')
  await status.filter({hasText: 'Quicker than the answer'}).waitFor()
  const answered = page.waitForResponse((response) => response.url().endsWith(feed))
  letAnswersGo()
  await (await answered).finished()
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect(await status.innerText()).toContain('Quicker than the answer')
  await endLease(client, lease)
})
