import type {Page} from 'playwright-core'
import {beforeEach, describe, expect, test} from 'vitest'

import {atOnce, endLease, kerrySlug, makeLease} from '../support/newspaper.ts'
import {banner, client, context, gate} from '../support/readers.ts'

/** Two more than the connections that a browser opens to a host. */
const tabCount = 8

let lease: string
let leases = 0

beforeEach(() => {
  leases += 1
  lease = `tabs-${leases}`
})

/** Front pages and stories in turn, each of them connected. */
async function openTabs(): Promise<Page[]> {
  const tabs: Page[] = []
  for (let number = 0; number < tabCount; number += 1) {
    const tab = await context.newPage()
    await tab.goto(`${gate.origin}${number % 2 === 0 ? '/' : `/a/${kerrySlug}`}`)
    tabs.push(tab)
  }
  return tabs
}

async function show(tabs: readonly Page[], headline: string): Promise<void> {
  await makeLease(client, lease, {headline})
  await Promise.all(tabs.map((tab) => banner(tab).filter({hasText: headline}).waitFor()))
}

async function hide(tabs: readonly Page[]): Promise<void> {
  await endLease(client, lease)
  await Promise.all(tabs.map((tab) => banner(tab).waitFor({state: 'detached'})))
}

/** Milliseconds from the moment before the write to the change on the slowest page, by the pages' own clock. */
async function slowest(
  tabs: readonly Page[],
  state: 'shown' | 'gone',
  write: () => Promise<void>,
): Promise<number> {
  const watching = tabs.map((tab) =>
    tab.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const strip = document.getElementById('breaking')
          const look = () => {
            if ((strip?.querySelector('.banner') != null) !== (wanted === 'shown')) return
            observer.disconnect()
            resolve(Date.now())
          }
          const observer = new MutationObserver(look)
          if (strip) observer.observe(strip, {childList: true, subtree: true})
          look()
        }),
      state,
    ),
  )
  // A page that watches has answered what was asked of it afterwards.
  await Promise.all(tabs.map((tab) => tab.evaluate('0')))
  const before = Date.now()
  await write()
  return Math.max(...(await Promise.all(watching))) - before
}

/** Every tab can still load a page, at once: none waits for a connection that another holds. */
async function loadAPage(tabs: readonly Page[]): Promise<number[]> {
  return await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(async () => (await fetch(`/?${Math.random()}`, {cache: 'no-store'})).status),
    ),
  )
}

const allLoaded = Array.from({length: tabCount}, () => 200)

/** How a browser without these finds the page: older ones, and phones. */
async function without(...names: readonly ('SharedWorker' | 'locks')[]): Promise<void> {
  await context.addInitScript((missing) => {
    if (missing.includes('SharedWorker')) Reflect.deleteProperty(window, 'SharedWorker')
    if (missing.includes('locks')) Reflect.deleteProperty(Navigator.prototype, 'locks')
  }, names)
}

describe.each([
  ['with a shared worker', [], 1],
  ['where shared workers are missing', ['SharedWorker'], 1],
  ['where locks are missing too', ['SharedWorker', 'locks'], 0],
] as const)('%s', (_name, missing, streams) => {
  test('eight tabs hear at once, over one connection at most, and go on loading', async () => {
    await without(...missing)
    const tabs = await openTabs()
    await show(tabs, 'First')
    expect(await loadAPage(tabs)).toEqual(allLoaded)
    await hide(tabs)

    lease = `${lease}-timed`
    const write = () => makeLease(client, lease, {headline: 'Second'})
    expect(await slowest(tabs, 'shown', write)).toBeLessThan(atOnce)
    expect(await loadAPage(tabs)).toEqual(allLoaded)
    await expect.poll(gate.streams).toBe(streams)
    expect(await slowest(tabs, 'gone', () => endLease(client, lease))).toBeLessThan(atOnce)
    expect(gate.opened()).toBe(streams)
  })

  test('tabs that close or crash leave the others connected', async () => {
    await without(...missing)
    const tabs = await openTabs()
    await show(tabs, 'Before')
    const [crashing, closing, ...others] = tabs
    if (!crashing || !closing) throw new Error('There are no tabs.')
    const crashed = new Promise((resolve) => crashing.once('crash', resolve))
    crashing.goto('chrome://crash').catch(() => {})
    await crashed
    await closing.close()
    await hide(others)
    lease = `${lease}-after`
    await show(others, 'After')
    await expect.poll(gate.streams).toBe(streams)
  })

  test('when the server comes back the tabs learn what is true now', async () => {
    await without(...missing)
    const tabs = await openTabs()
    await show(tabs, 'Before the stop')
    await gate.shut()
    await endLease(client, lease)
    lease = `${lease}-meanwhile`
    await makeLease(client, lease, {headline: 'While it was away', level: 'flash'})
    await gate.reopen()
    await Promise.all(
      tabs.map((tab) => banner(tab).filter({hasText: 'While it was away'}).waitFor()),
    )
    await expect.poll(gate.streams).toBe(streams)
    expect(await loadAPage(tabs)).toEqual(allLoaded)
  })

  test('a lease that runs out goes by itself, with the server away', async () => {
    await without(...missing)
    const tabs = await openTabs()
    await makeLease(client, lease, {headline: 'Short', minutes: 5 / 60})
    await Promise.all(tabs.map((tab) => banner(tab).waitFor()))
    await gate.shut()
    await Promise.all(tabs.map((tab) => banner(tab).waitFor({state: 'detached'})))
    expect(gate.streams()).toBe(0)
    await gate.reopen()
  })
})

test('a worker that cannot start leaves the tabs to share without it', async () => {
  await context.addInitScript(() => {
    const Native = window.SharedWorker
    // What an engine without module workers does: it takes the script and tells an error.
    window.SharedWorker = class extends Native {
      constructor(_address: string | URL) {
        super('/assets/no-such-worker.js')
      }
    }
  })
  const tabs = await openTabs()
  await show(tabs, 'Without it')
  await expect.poll(gate.streams).toBe(1)
})

test('without a shared worker the tab that comes into view takes the connection over', async () => {
  await without('SharedWorker')
  const [first, second] = await openTabs()
  if (!first || !second) throw new Error('There are no tabs.')
  await expect.poll(gate.opened).toBe(1)
  const opened = [2, 3, 4]
  for (const [index, tab] of [second, first, second].entries()) {
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect.poll(gate.opened).toBe(opened[index])
    await expect.poll(gate.streams).toBe(1)
  }
  await second.close()
  await expect.poll(gate.opened).toBe(5)
  await show([first], 'After all that')
  expect(gate.streams()).toBe(1)
})

test('a page that is put away and taken up again hears what it missed', async () => {
  const page = await context.newPage()
  await page.goto(`${gate.origin}/`)
  await show([page], 'Before')
  await page.goto(`${gate.origin}/a/${kerrySlug}`)
  await endLease(client, lease)
  await banner(page).waitFor({state: 'detached'})
  await page.goBack()
  await banner(page).waitFor({state: 'detached'})
  await expect.poll(gate.streams).toBe(1)
})
