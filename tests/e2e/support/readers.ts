import type {SanityClient} from '@sanity/client'
import type {Browser, BrowserContext, Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, beforeEach} from 'vitest'

import {openBrowser} from './browser.ts'
import {openGate, type Gate} from './gate.ts'
import {administrator} from './newspaper.ts'
import {startProduct, type RunningProduct} from './product.ts'

// Importing this file gives the importing file a product and a browser of its own. Each test has readers of its own,
// who come through a gate of their own, and leaves no breaking news to the next.

export let product: RunningProduct
export let client: SanityClient
export let browser: Browser
export let gate: Gate
export let context: BrowserContext

beforeAll(async () => {
  product = await startProduct()
  client = await administrator(product)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

beforeEach(async () => {
  gate = await openGate(product.origin)
  context = await browser.newContext()
})
afterEach(async () => {
  await context.close()
  await gate.shut()
  await client.delete({query: '*[_type == "breakingNews"]'})
})

/** What of a page the readers know as the banner. */
export const banner = (page: Page) => page.locator('#breaking .banner')
