import type {Page} from 'playwright-core'
import {beforeEach, describe, expect, test} from 'vitest'

import {endLease, makeLease} from '../support/newspaper.ts'
import {banner, client, context, gate} from '../support/readers.ts'
import {shiftsOf, watchShifts} from '../support/reading.ts'

const feed = '/api/breaking.json'

let lease = ''

beforeEach(() => {
  lease = crypto.randomUUID()
})

/** Pages without a shared worker, so that what a test sets in the page holds for the connection too. */
async function openPage(path = '/'): Promise<Page> {
  await context.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  const page = await context.newPage()
  await page.goto(`${gate.origin}${path}`)
  return page
}

/** The clock of the reader's machine is wrong by so many milliseconds. */
async function wrongClock(milliseconds: number): Promise<void> {
  await context.addInitScript((off) => {
    const right = Date.now.bind(Date)
    Date.now = () => right() + off
    const origin = performance.timeOrigin + off
    Object.defineProperty(performance, 'timeOrigin', {get: () => origin})
  }, milliseconds)
}

test('behind a proxy that holds streams back, an open page asks every fifteen seconds instead', async () => {
  gate.streamsAre('heldBack')
  const page = await openPage()
  await expect.poll(() => gate.asked(feed)).toBe(1)
  await makeLease(client, lease, {headline: 'Past the proxy'})
  const asked = Date.now()
  await banner(page).filter({hasText: 'Past the proxy'}).waitFor({timeout: 20_000})
  expect(gate.asked(feed)).toBe(2)
  expect(Date.now() - asked).toBeLessThan(16_500)
  await endLease(client, lease)
  await banner(page).waitFor({state: 'detached', timeout: 20_000})
})

test('behind a proxy that cuts streams, a page that asks drops the banner at its end without asking', async () => {
  gate.streamsAre('cut')
  const page = await openPage()
  const until = Date.now() + 20_000
  await makeLease(client, lease, {headline: 'Short', minutes: 20 / 60})
  await banner(page).waitFor({timeout: 20_000})
  await banner(page).waitFor({state: 'detached', timeout: 21_000})
  expect(Math.abs(Date.now() - until)).toBeLessThan(2000)
})

test('a stream that is let out late brings nothing old back', async () => {
  gate.streamsAre('heldBack')
  await makeLease(client, lease, {headline: 'Over by then'})
  const page = await openPage()
  await banner(page).waitFor()
  await endLease(client, lease)
  await banner(page).waitFor({state: 'detached', timeout: 20_000})
  const shownSince = await page.evaluateHandle(() => {
    const texts: string[] = []
    const strip = document.getElementById('breaking')
    const look = () => texts.push(strip?.querySelector('.banner-text')?.textContent ?? '')
    if (strip) new MutationObserver(look).observe(strip, {childList: true, subtree: true})
    return texts
  })
  // What was said before the lease ended is more than ten seconds old now.
  await expect.poll(() => gate.asked(feed), {timeout: 20_000}).toBeGreaterThanOrEqual(2)
  gate.letOut()
  gate.streamsAre('passed')
  lease = crypto.randomUUID()
  await makeLease(client, lease, {headline: 'News again'})
  await banner(page).filter({hasText: 'News again'}).waitFor({timeout: 60_000})
  expect(await shownSince.jsonValue()).not.toContain('Over by then')
  await endLease(client, lease)
})

test('an answer that the stream overtook takes no news back', async () => {
  gate.streamsAre('heldBack')
  const letAnswersGo = gate.holdAnswers(feed)
  const page = await openPage()
  await expect.poll(() => gate.holds(feed)).toBe(1)
  gate.letOut()
  gate.streamsAre('passed')
  await makeLease(client, lease, {headline: 'Quicker than the answer'})
  await banner(page).filter({hasText: 'Quicker than the answer'}).waitFor()
  const answered = page.waitForResponse((response) => response.url().endsWith(feed))
  letAnswersGo()
  await (await answered).finished()
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect(await banner(page).innerText()).toContain('Quicker than the answer')
  await endLease(client, lease)
})

test('a page that was offline across a whole lease shows nothing of it, and hears of the next', async () => {
  const page = await openPage()
  await expect.poll(gate.streams).toBe(1)
  await gate.shut()
  await makeLease(client, lease, {headline: 'Came and went'})
  await endLease(client, lease)
  await gate.reopen()
  const shown = await page.evaluateHandle(() => {
    const texts: string[] = []
    const strip = document.getElementById('breaking')
    const look = () => texts.push(strip?.querySelector('.banner-text')?.textContent ?? '')
    if (strip) new MutationObserver(look).observe(strip, {childList: true, subtree: true})
    return texts
  })
  lease = crypto.randomUUID()
  await makeLease(client, lease, {headline: 'The next'})
  await banner(page).filter({hasText: 'The next'}).waitFor({timeout: 45_000})
  expect(new Set(await shown.jsonValue())).toEqual(new Set(['The next']))
  await endLease(client, lease)
})

describe.each([
  ['an hour slow', -3_600_000],
  ['an hour fast', 3_600_000],
])('on a machine whose clock is %s', (_name, milliseconds) => {
  test('a banner comes, stays and goes at its time, and moves nothing', async () => {
    await wrongClock(milliseconds)
    const page = await openPage()
    await watchShifts(page)
    await page.reload()
    const until = Date.now() + 6_000
    await makeLease(client, lease, {headline: 'In time', minutes: 0.1})
    await banner(page).waitFor()
    expect(await banner(page).locator('time').innerText()).toMatch(/now/)
    await gate.shut()
    await banner(page).waitFor({state: 'detached'})
    const late = Date.now() - until
    expect(late).toBeGreaterThan(-300)
    expect(late).toBeLessThan(2000)
    expect(await shiftsOf(page)).toEqual([])
    await gate.reopen()
  })
})
