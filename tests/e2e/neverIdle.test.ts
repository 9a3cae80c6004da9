import {afterAll, beforeAll, expect, test} from 'vitest'

import {openBrowser, signIn} from './support/browser.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {headlineField, openStory, publishChange, saved} from './support/studio.ts'

const headline = 'Kerry in Moscow to Push for Political Transition in Syria'

let product: RunningProduct
let browser: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  product = await startProduct()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** A busy machine's browser: it has no idle time to give away, and calls back only when a time limit was set. */
function neverIdle(): void {
  window.requestIdleCallback = (work, {timeout} = {}) =>
    timeout === undefined
      ? 0
      : window.setTimeout(() => work({didTimeout: true, timeRemaining: () => 0}), timeout)
}

test('a story is checked and published in a browser that never finds time for what can wait', async () => {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}})
  await context.addInitScript(neverIdle)
  const page = await context.newPage()
  await signIn(page, product.signInLink)
  await openStory(page, product, headline)
  await headlineField(page).fill(`${headline} Today`)
  await saved(page)

  await publishChange(page, {kind: 'silentFix'})

  const client = await product.clientFor('viewer')
  expect(await client.fetch('*[_type == "article"][0].headline')).toBe(`${headline} Today`)
})
