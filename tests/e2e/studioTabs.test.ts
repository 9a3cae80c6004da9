import type {SanityClient} from '@sanity/client'
import type {Browser, BrowserContext, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openBrowser, signIn, watchOutside} from './support/browser.ts'
import {unexpectedEndpoints} from './support/ledger.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {chooseAction, headlineField, openStory, previewOf, saved} from './support/studio.ts'

const headline = 'Kerry in Moscow to Push for Political Transition in Syria'
const slug = 'kerry-in-moscow-to-push-for-political-transition-in-syria'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let context: BrowserContext
let outside: string[]

beforeAll(async () => {
  product = await startProduct()
  client = await product.clientFor('administrator')
  browser = await openBrowser()
  context = await browser.newContext({viewport: {width: 1440, height: 900}})
  outside = watchOutside(context)
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

function draftHeadline(): Promise<string | null> {
  return client.fetch('*[_type == "article"][0].headline', {}, {perspective: 'drafts'})
}

describe('one browser over plain HTTP, with six connections to the server', () => {
  const studio: Page[] = []
  const site: Page[] = []

  test('three Studio tabs with form and preview and eight site tabs open', async () => {
    const first = await context.newPage()
    await signIn(first, product.signInLink)
    studio.push(first, await context.newPage(), await context.newPage())
    for (const page of studio) await openStory(page, product, headline)
    for (let index = 0; index < 8; index += 1) {
      const page = await context.newPage()
      await page.goto(`${product.origin}${index % 2 === 0 ? '/' : `/a/${slug}`}`)
      await page.getByRole('heading', {name: headline}).first().waitFor()
      site.push(page)
    }
    expect(context.pages()).toHaveLength(11)
  })

  test('each Studio tab saves, and the other two follow in form and preview', async () => {
    for (const [index, page] of studio.entries()) {
      const words = `Kerry in Moscow, Told in Tab ${index + 1}`
      await page.bringToFront()
      await headlineField(page).fill(words)
      await saved(page)
      await expect.poll(draftHeadline).toBe(words)
      for (const other of studio) {
        await expect.poll(() => headlineField(other).inputValue()).toBe(words)
        await previewOf(other).getByText(words).waitFor()
      }
    }
  })

  test('all eight site tabs show breaking news that a Studio tab makes, and lose it again', async () => {
    const [editor] = studio
    if (editor === undefined) throw new Error('No Studio tab is open.')
    await editor.bringToFront()
    await chooseAction(editor, 'Break this story')
    await editor.getByRole('button', {name: 'Show it to readers now'}).click()
    for (const page of site) {
      expect(await page.locator('#breaking .banner-text').innerText()).toBe(
        'Kerry in Moscow, Told in Tab 3',
      )
    }
    await chooseAction(editor, 'End breaking')
    await editor.getByRole('button', {name: 'End it now'}).click()
    for (const page of site) {
      await page.locator('#breaking .banner').waitFor({state: 'detached'})
    }
  })

  test('a twelfth tab still loads, and a page that was open reloads', async () => {
    const twelfth = await context.newPage()
    await twelfth.goto(`${product.origin}/`)
    expect(await twelfth.title()).toContain('Dateline')
    await site[0]?.reload()
    expect(await site[0]?.title()).toContain('Dateline')
  })

  test('closing two Studio tabs leaves the third working', async () => {
    const [closing, alsoClosing, staying] = studio
    await closing?.close()
    await alsoClosing?.close()
    if (staying === undefined) throw new Error('No Studio tab is open.')
    await staying.bringToFront()
    await headlineField(staying).fill('Kerry in Moscow, Told Alone')
    await expect.poll(draftHeadline).toBe('Kerry in Moscow, Told Alone')
    await saved(staying)
  })

  test('what the Studio’s own SDK asks at the project’s host name disturbs nothing', async () => {
    const {port} = new URL(product.origin)
    const [staying] = studio.slice(-1)
    const answer = await staying?.request.get(`http://127.0.0.1:${port}/v2021-06-07/users/me`, {
      headers: {host: `dateline.localhost:${port}`},
    })
    expect(answer?.status()).toBe(401)
  })

  test('nothing was asked for that is not there, nor of any other machine', async () => {
    expect({endpoints: await unexpectedEndpoints(client), outside}).toEqual({
      endpoints: [],
      outside: [],
    })
  })
})
