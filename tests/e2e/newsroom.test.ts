import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openBrowser, picture, signIn, watchOutside} from './support/browser.ts'
import {startProduct, type RunningProduct} from './support/product.ts'

const headline = 'Kerry in Moscow to Push for Political Transition in Syria'
const slug = 'kerry-in-moscow-to-push-for-political-transition-in-syria'
const note = 'Kerry has arrived at the Kremlin.'

let product: RunningProduct
let browser: Browser
let editor: Page
let reader: Page
let outside: string[]

beforeAll(async () => {
  product = await startProduct()
  browser = await openBrowser()
  const newsroom = await browser.newContext({viewport: {width: 1440, height: 900}})
  const readers = await browser.newContext({viewport: {width: 1440, height: 900}})
  outside = watchOutside(newsroom)
  const outsideOfReaders = watchOutside(readers)
  readers.on('close', () => outside.push(...outsideOfReaders))
  editor = await newsroom.newPage()
  reader = await readers.newPage()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

describe('the path of a story', () => {
  test('the printed link signs in, and the imported story opens in the Studio', async () => {
    await signIn(editor, product.signInLink)
    await editor.goto(`${product.origin}/studio`)
    await editor.getByText('All stories').first().click()
    await editor.getByText(headline).first().click()
    const field = editor.getByTestId('field-headline').getByRole('textbox')
    await field.waitFor()
    expect(await field.inputValue()).toBe(headline)
    await picture(editor, 'studio-story')
  })

  test('readers see the story with its flag', async () => {
    await reader.goto(`${product.origin}/a/${slug}`)
    expect(await reader.getByRole('heading', {level: 1}).innerText()).toBe(headline)
    expect(await reader.getByRole('heading', {level: 2}).allInnerTexts()).toEqual([
      "‘A moment to seize'",
      'Ukraine fighting drags on',
      "US Calls for Nadiya Savchenko's release",
    ])
    await picture(reader, 'site-story-1440', true)
  })

  test('a change published as an update reaches readers with its note', async () => {
    const field = editor.getByTestId('field-headline').getByRole('textbox')
    await field.fill(`${headline} Today`)
    await editor.getByRole('button', {name: 'Publish change…'}).click()
    await editor.getByTestId('publish-change-update').check()
    await picture(editor, 'studio-publish-change')
    const dialog = editor.getByTestId('publish-change').first()
    await dialog.getByRole('textbox').fill(note)
    await editor.getByRole('button', {name: 'Publish change', exact: true}).click()
    await editor.getByText('Published as an update.', {exact: false}).first().waitFor()

    await reader.reload()
    expect(await reader.getByRole('heading', {level: 1}).innerText()).toBe(`${headline} Today`)
    expect(await reader.getByText(note).count()).toBeGreaterThan(0)
    await picture(reader, 'site-story-updated', true)
  })

  test('breaking news appears on a page that is open, and goes when it is ended', async () => {
    await reader.goto(`${product.origin}/`)
    await editor.getByTestId('action-menu-button').click()
    await editor.getByRole('menuitem', {name: 'Break this story'}).click()
    await editor.getByRole('button', {name: 'Show it to readers now'}).click()
    const banner = reader.locator('#breaking .banner')
    await banner.waitFor({timeout: 5_000})
    expect(await banner.innerText()).toContain(`${headline} Today`)
    await picture(reader, 'site-breaking')
    await editor.getByTestId('action-menu-button').click()
    await editor.getByRole('menuitem', {name: /End breaking/}).click()
    await editor.getByRole('button', {name: 'End it now'}).click()
    await banner.waitFor({state: 'detached', timeout: 5_000})
  })

  test('the front page stands at every width, dark and on paper', async () => {
    for (const width of [360, 768, 1440]) {
      await reader.setViewportSize({width, height: 900})
      for (const colorScheme of ['light', 'dark'] as const) {
        await reader.emulateMedia({colorScheme})
        await picture(reader, `site-front-${width}-${colorScheme}`, true)
      }
      const overflow = await reader.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
    }
    await reader.emulateMedia({media: 'print', colorScheme: 'light'})
    await picture(reader, 'site-front-print', true)
  })

  test('SIGTERM ends it in order', async () => {
    expect(await product.stop()).toBe(0)
  })

  test('nothing outside this machine was asked for', () => {
    expect(outside).toEqual([])
  })
})
