import type {SanityClient} from '@sanity/client'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'

import {openBrowser, picture, signIn, watchOutside} from './support/browser.ts'
import {unexpectedEndpoints} from './support/ledger.ts'
import {atOnce} from './support/newspaper.ts'
import {photograph} from './support/pictures.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {
  addToLede,
  chooseAction,
  headlineField,
  openStory,
  previewOf,
  publishChange,
  saved,
} from './support/studio.ts'

const headline = 'Kerry in Moscow to Push for Political Transition in Syria'
const changedHeadline = 'Kerry Lands in Moscow to Push for Political Transition in Syria'
const slug = 'kerry-in-moscow-to-push-for-political-transition-in-syria'
const sentence = ' He landed at noon.'
const note = 'Kerry has arrived at the Kremlin.'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let editor: Page
let colleague: Page
let reader: Page
const outside: string[][] = []

beforeAll(async () => {
  product = await startProduct()
  client = await product.clientFor('administrator')
  browser = await openBrowser()
  editor = await newPerson()
  colleague = await newPerson()
  reader = await newPerson()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Each person has a browser of their own: other cookies, other connections. */
async function newPerson(): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}})
  outside.push(watchOutside(context))
  return await context.newPage()
}

describe('the path of a story', () => {
  test('the printed link signs in, and the imported story opens with its preview', async () => {
    await signIn(editor, product.signInLink)
    await openStory(editor, product, headline)
    expect(await headlineField(editor).inputValue()).toBe(headline)
    expect(await previewOf(editor).innerText()).toBe(headline)
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
    expect(await reader.locator('main .label').first().innerText()).toMatch(/^update$/i)
  })

  test('a second browser follows what is typed in headline and paragraph', async () => {
    await signIn(colleague, await product.signInLinkFor('Nadia', 'editor'))
    await openStory(colleague, product, headline)
    await headlineField(editor).fill(changedHeadline)
    await addToLede(editor, sentence)
    await colleague.getByTestId('field-lede').getByText(sentence.trim()).waitFor()
    expect(await headlineField(colleague).inputValue()).toBe(changedHeadline)
    await previewOf(editor).getByText(changedHeadline).waitFor()
    await reader.reload()
    expect(await reader.getByRole('heading', {level: 1}).innerText()).toBe(headline)
  })

  test('published as an update with a note, readers see the label, its time and the note', async () => {
    await saved(editor)
    await editor.getByRole('button', {name: 'Publish change…'}).click()
    const written = editor.getByTestId('publish-change-note')
    await editor.getByTestId('publish-change-update').check()
    await expect
      .poll(() => written.inputValue())
      .toBe('Headline changed; 1 paragraph changed in the lede')
    await picture(editor, 'studio-publish-change')
    await written.fill(note)
    await editor.getByTestId('publish-change-confirm').click()
    await editor.getByText('Published as an update.', {exact: false}).first().waitFor()

    await reader.reload()
    expect(await reader.getByRole('heading', {level: 1}).innerText()).toBe(changedHeadline)
    const label = reader.locator('main .label').first()
    expect(await label.innerText()).toMatch(/^update\s*·\s*\d\d:\d\d/i)
    expect(await reader.locator('main').innerText()).toContain(note)
    expect(await reader.locator('main').innerText()).toContain(sentence.trim())
  })

  test('breaking news comes to an open page by itself, and goes off again', async () => {
    await reader.goto(`${product.origin}/`)
    const seen = watchForBanner(reader)
    await chooseAction(editor, 'Break this story')
    await picture(editor, 'studio-break-story')
    await editor.getByRole('button', {name: 'Show it to readers now'}).click()
    const banner = reader.locator('#breaking .banner')
    await banner.waitFor()
    const lease = await client.fetch<{_createdAt: string}>('*[_type == "breakingNews"][0]')
    expect((await seen) - Date.parse(lease._createdAt)).toBeLessThan(atOnce)
    expect(await banner.innerText()).toContain(changedHeadline)
    await picture(reader, 'site-breaking')
    await reader.goto(`${product.origin}/a/${slug}`)
    expect(await reader.locator('main .label').first().innerText()).toMatch(/^breaking news/i)

    await chooseAction(editor, 'End breaking')
    await editor.getByRole('button', {name: 'End it now'}).click()
    await banner.waitFor({state: 'detached'})
  })

  test('a picture with a hotspot goes from the form to the site, with its caption', async () => {
    await editor.getByRole('tab', {name: 'Media'}).click()
    const figure = editor.getByTestId('field-leadFigure')
    const file = {name: 'kerry.jpg', mimeType: 'image/jpeg', buffer: await photograph()}
    await figure.locator('input[type=file]').setInputFiles(file)
    await figure.getByTestId('options-menu-edit-details').click()
    await moveHotspot(editor)
    await editor.getByRole('button', {name: 'Close dialog'}).first().click()
    const hotspot = () =>
      client.fetch<number | null>(
        '*[_type == "article"][0].leadFigure.image.hotspot.x',
        {},
        {perspective: 'drafts'},
      )
    await expect.poll(hotspot).toBeLessThan(0.4)
    await saved(editor)
    await picture(editor, 'studio-picture')
    await publishChange(editor, {kind: 'silentFix'})

    await reader.reload()
    const shown = reader.locator('main figure').first()
    const image = shown.getByRole('img', {name: 'U.S. Secretary of State John Kerry'})
    await image.scrollIntoViewIfNeeded()
    await expect
      .poll(() => image.evaluate((element) => Reflect.get(element, 'naturalWidth')))
      .toBeGreaterThan(300)
    expect(await shown.locator('figcaption').innerText()).toContain(
      'U.S. Secretary of State John Kerry arrives at Vnukovo',
    )
    await picture(reader, 'site-story-with-picture', true)
  })

  test('an older revision is restored without touching what was published meanwhile', async () => {
    await editor.getByTestId('pane-context-menu-button').filter({visible: true}).first().click()
    await editor.getByRole('menuitem', {name: 'History'}).click()
    const oldest = editor.getByTestId('timeline-item-button').last()
    await oldest.click()
    await editor.getByRole('button', {name: /Revert to/}).waitFor()
    await picture(editor, 'studio-history')
    await editor.getByRole('button', {name: /Revert to/}).click()
    await editor
      .getByTestId('confirm-popover-confirm-button')
      .or(editor.getByTestId('confirm-button'))
      .click()
    await expect
      .poll(() =>
        client.getDocument(`drafts.${storyIdOf(editor)}`).then((draft) => draft?.['headline']),
      )
      .toBe(headline)

    const live = await client.getDocument(storyIdOf(editor))
    await openStory(editor, product, headline)
    await publishChange(editor, {kind: 'silentFix'})
    expect(await client.getDocument(storyIdOf(editor))).toMatchObject({
      headline,
      updates: live?.['updates'],
      firstPublishedAt: live?.['firstPublishedAt'],
      lastUpdatedAt: live?.['lastUpdatedAt'],
    })
  })

  test('every endpoint that was asked for is there, or left out on purpose', async () => {
    expect(await unexpectedEndpoints(client)).toEqual([])
  })

  test('SIGTERM ends it in order', async () => {
    expect(await product.stop()).toBe(0)
  })

  test('nothing outside this machine was asked for', () => {
    expect(outside.flat()).toEqual([])
  })
})

/** When the banner comes into the open page, in milliseconds of this machine's clock. */
function watchForBanner(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const strip = document.querySelector('#breaking')
        const look = () => {
          if (strip?.querySelector('.banner')) resolve(Date.now())
        }
        if (strip) new MutationObserver(look).observe(strip, {childList: true, subtree: true})
        look()
      }),
  )
}

/** Makes the hotspot small by its handle, then drags its middle to the left third of the picture. */
async function moveHotspot(page: Page): Promise<void> {
  const tool = page.getByRole('dialog').locator('[data-testid="change-bar__field-wrapper"] svg')
  // The tool is drawn anew once the picture has come.
  const box = await vi.waitFor(async () => {
    const drawn = await tool.last().boundingBox()
    if (drawn === null || drawn.width < 200) throw new Error('The hotspot tool has no size.')
    return drawn
  }, 10_000)
  const middle = {x: box.x + box.width / 2, y: box.y + box.height / 2}
  const drag = async (from: {x: number; y: number}, by: {x: number; y: number}) => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + by.x, from.y + by.y, {steps: 10})
    await page.mouse.up()
  }
  // The handle sits on the ellipse that fills the picture, half-way round its lower right quarter.
  const reach = {x: (box.width / 2) * Math.SQRT1_2, y: (box.height / 2) * Math.SQRT1_2}
  await drag({x: middle.x + reach.x, y: middle.y + reach.y}, {x: -reach.x * 0.7, y: -reach.y * 0.7})
  await drag(middle, {x: -box.width * 0.25, y: 0})
}

/** The id in the Studio's own address of the open story. */
function storyIdOf(page: Page): string {
  const [id] = /story-[0-9a-f]+/.exec(page.url()) ?? []
  if (id === undefined) throw new Error(`No story is open at ${page.url()}.`)
  return id
}
