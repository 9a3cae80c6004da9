import {randomUUID} from 'node:crypto'

import type {SanityClient} from '@sanity/client'
import type {Browser, Locator, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import type {StoryToBreak} from '../../studio/breaking/breakingRequest.ts'
import {obstacles} from './support/axe.ts'
import {openBrowser, picture} from './support/browser.ts'
import {breakAs} from './support/leases.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {headlineField, previewOf, saved} from './support/studio.ts'

const headline = 'Kerry in Moscow to Push for Political Transition in Syria'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let page: Page

beforeAll(async () => {
  product = await startProduct()
  client = await product.clientFor('administrator')
  browser = await openBrowser()
  const context = await browser.newContext({viewport: {width: 1440, height: 900}})
  page = await context.newPage()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Presses Tab (or another key) until the element has the focus, as a person without a mouse does. */
async function moveTo(target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor()
  // What cannot be chosen yet takes no focus.
  await expect.poll(() => target.isEnabled()).toBe(true)
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`80 presses of ${key} do not lead to ${target.toString()}.`)
}

function listWith(entry: string): Locator {
  return page.locator('[data-testid="document-list-pane"] [tabindex="0"]').filter({hasText: entry})
}

describe('without a mouse', () => {
  test('signing in and opening a story', async () => {
    await page.goto(product.signInLink)
    await moveTo(page.getByRole('button', {name: /sign in/i}))
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/studio/)
    // A list takes the focus as a whole; arrows choose in it, and Enter opens the first unless they did.
    await moveTo(page.getByTestId('desk-link-mine'))
    await moveTo(page.getByTestId('desk-link-stories'), 'ArrowDown')
    await page.keyboard.press('Enter')
    await moveTo(listWith(headline))
    await page.keyboard.press('Enter')
    await headlineField(page).waitFor()
    expect(await previewOf(page).innerText()).toBe(headline)
  })

  test('changing the headline and publishing it as an update', async () => {
    await moveTo(headlineField(page))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Kerry in Moscow by Keyboard')
    await saved(page)
    await moveTo(page.getByRole('button', {name: 'Publish change…'}))
    await page.keyboard.press('Enter')
    const silentFix = page.getByTestId('publish-change-silentFix')
    await expect
      .poll(() => silentFix.evaluate((element) => element === document.activeElement))
      .toBe(true)
    await page.keyboard.press('ArrowDown')
    expect(await page.getByTestId('publish-change-update').isChecked()).toBe(true)
    const note = page.getByTestId('publish-change-note')
    await expect.poll(() => note.inputValue()).toBe('Headline changed')
    expect(await obstacles(page, '[data-testid="publish-change"]')).toEqual([])
    await moveTo(note)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Written without a mouse.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Published as an update.', {exact: false}).first().waitFor()
    expect(
      await client.fetch('*[_type == "article"][0]{headline, "notes": updates[].note}'),
    ).toEqual({headline: 'Kerry in Moscow by Keyboard', notes: ['Written without a mouse.']})
    const menu = page.getByTestId('action-menu-button')
    await expect
      .poll(() => menu.evaluate((element) => element === document.activeElement))
      .toBe(true)
  })

  test('breaking the story and ending it', async () => {
    await page.keyboard.press('Enter')
    await moveTo(page.getByRole('menuitem', {name: 'Break this story'}), 'ArrowDown')
    await page.keyboard.press('Enter')
    const words = page.getByTestId('break-story-headline')
    await expect
      .poll(() => words.evaluate((element) => element === document.activeElement))
      .toBe(true)
    await picture(page, 'studio-break-story')
    expect(await obstacles(page, '[data-testid="break-story"]')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByTestId('break-story').first().waitFor({state: 'detached'})
    const live = '*[_type == "breakingNews" && !defined(endedAt)].headline'
    await expect.poll(() => client.fetch(live)).toEqual(['Kerry in Moscow by Keyboard'])

    await moveTo(page.getByTestId('action-menu-button'))
    await page.keyboard.press('Enter')
    await moveTo(page.getByRole('menuitem', {name: 'End breaking'}), 'ArrowDown')
    await page.keyboard.press('Enter')
    const confirm = page.getByTestId('end-breaking-confirm')
    await expect
      .poll(() => confirm.evaluate((element) => element === document.activeElement))
      .toBe(true)
    await page.keyboard.press('Enter')
    await expect.poll(() => client.fetch(live)).toEqual([])
    await page.getByTestId('end-breaking-confirm').waitFor({state: 'detached'})
  })

  test('a colleague who is first leaves the keyboard in the menu', async () => {
    await moveTo(page.getByTestId('action-menu-button'))
    await page.keyboard.press('Enter')
    const breaking = page.getByRole('menuitem', {name: 'Break this story'})
    await moveTo(breaking, 'ArrowDown')
    const story = await client.fetch<StoryToBreak>('*[_type == "article"][0]{_id}')
    await breakAs(client, {leaseId: randomUUID(), headline, minutes: 30, story})
    await expect.poll(() => breaking.isEnabled()).toBe(false)
    await moveTo(page.getByRole('menuitem', {name: 'End breaking'}), 'ArrowDown')
    await page.keyboard.press('Escape')
    await breaking.waitFor({state: 'detached'})
  })
})
