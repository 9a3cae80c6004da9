import type {SanityClient} from '@sanity/client'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openBrowser, picture, signIn, watchOutside} from './support/browser.ts'
import {unexpectedEndpoints} from './support/ledger.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {
  addToLede,
  chooseAction,
  generateSlug,
  headlineField,
  publishNow,
  saved,
  takeStep,
} from './support/studio.ts'

const headline = 'River Rises Over Its Banks'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let page: Page
let outside: string[]

beforeAll(async () => {
  product = await startProduct()
  client = await product.clientFor('administrator')
  browser = await openBrowser()
  const context = await browser.newContext({viewport: {width: 1440, height: 900}})
  outside = watchOutside(context)
  page = await context.newPage()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Ids of every document of a type, drafts included. */
function idsOf(type: string, filter = 'true'): Promise<string[]> {
  return client.fetch(`*[_type == $type && ${filter}]._id`, {type})
}

/** The plus of a list. */
async function createIn(list: string): Promise<void> {
  await page.goto(`${product.origin}/studio/structure/${list}`)
  await page.getByTestId('action-intent-button').last().click()
}

describe('the life of documents in the Studio', () => {
  test('somebody who is not signed in is led to a page that says how to get a link', async () => {
    await page.goto(`${product.origin}/studio`)
    await page.getByRole('link', {name: 'Sign-in link'}).click()
    await page.waitForURL(/\/sign-in/)
    expect(await page.locator('main').innerText()).toContain('npm run user -- link')
    await picture(page, 'sign-in')
    await signIn(page, product.signInLink)
  })

  test('Vision asks the lake', async () => {
    await page.goto(`${product.origin}/studio/vision`)
    await page.locator('.cm-content').first().click()
    await page.keyboard.type('*[_type == "article"]{headline}')
    await page.getByRole('button', {name: 'Fetch'}).click()
    await page.getByText('Kerry in Moscow to Push for Political Transition in Syria').waitFor()
    expect(await page.getByText(/Execution: \d+ms/).count()).toBe(1)
  })

  test('an author and a topic are made and published', async () => {
    await createIn('author')
    await page.getByTestId('field-name').getByRole('textbox').fill('Olga Petrova')
    await generateSlug(page)
    await page.getByTestId('action-publish').click()
    await expect
      .poll(() => idsOf('author', 'name == "Olga Petrova" && !(_id in path("drafts.**"))'))
      .toHaveLength(1)

    await createIn('topic')
    await page.getByTestId('field-title').getByRole('textbox').fill('Weather')
    await generateSlug(page)
    await page.getByTestId('action-publish').click()
    await expect.poll(() => idsOf('topic', '!(_id in path("drafts.**"))')).toHaveLength(1)
  })

  test('a story is written, refers to its author, and is published for the first time', async () => {
    await createIn('stories')
    await headlineField(page).fill(headline)
    await page.getByTestId('field-lede').scrollIntoViewIfNeeded()
    await addToLede(page, 'The river rose by two metres in a night, officials said.')
    await saved(page)
    await page
      .getByRole('tab', {name: /Topics & people/})
      .first()
      .click()
    const authors = page.getByTestId('field-authors')
    await authors.getByRole('button', {name: 'Add item'}).click()
    await page.getByRole('combobox').last().fill('Olga')
    await page.getByRole('option').getByText('Olga Petrova').click()
    await saved(page)
    await page
      .getByRole('tab', {name: /^Story/})
      .first()
      .click()
    const submit = page.getByTestId('action-submitforreview')
    await expect.poll(() => submit.isDisabled()).toBe(true)
    await generateSlug(page)
    await expect.poll(() => submit.isEnabled()).toBe(true)
    await picture(page, 'studio-new-story')
    await publishNow(page)
    await page.getByText('Readers can open the story now.', {exact: false}).first().waitFor()
    const [live] = await client.fetch(
      '*[_type == "article" && headline == $headline && !(_id in path("drafts.**"))]{firstPublishedAt, update, "authors": authors[]->name, "slug": slug.current}',
      {headline},
    )
    expect(live).toEqual({
      firstPublishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      update: null,
      authors: ['Olga Petrova'],
      slug: 'river-rises-over-its-banks',
    })
    const reader = await page.context().newPage()
    await reader.goto(`${product.origin}/a/river-rises-over-its-banks`)
    expect(await reader.locator('main').innerText()).toContain('Olga Petrova')
    await reader.close()
  })

  test('the search of the whole Studio finds it, and of an imported story not the receipt', async () => {
    await page.getByTestId('studio-search').click()
    await page.keyboard.type('river ban')
    const results = page.getByTestId('search-results')
    await results.getByText(headline).first().waitFor()
    expect(await results.innerText()).not.toContain('Kerry')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('Kerry')
    await results.getByText('Kerry').first().waitFor()
    await picture(page, 'studio-search')
    const found = await results.getByRole('link').allInnerTexts()
    expect(found).toEqual([expect.stringContaining('Kerry')])
    expect(found.join()).not.toMatch(/receipt|stands/i)
    await page.keyboard.press('Escape')
  })

  test('a change is discarded', async () => {
    await page.goto(`${product.origin}/studio/structure/stories`)
    await page.getByTestId('document-list-pane').getByText(headline).first().click()
    await headlineField(page).fill('River Rises Wrongly')
    await saved(page)
    await chooseAction(page, 'Discard changes')
    await page.getByTestId('confirm-button').click()
    await expect.poll(() => headlineField(page).inputValue()).toBe(headline)
    expect(await idsOf('article', 'headline == "River Rises Wrongly"')).toEqual([])
  })

  test('a copy starts its own life, and can be deleted because readers never saw it', async () => {
    await chooseAction(page, 'Duplicate')
    const copies = () =>
      client.fetch(
        '*[_type == "article" && headline == $headline && _id in path("drafts.**")]{firstPublishedAt, slug}',
        {headline},
      )
    await expect.poll(copies).toEqual([{firstPublishedAt: null, slug: null}])
    await page.getByRole('button', {name: 'Submit for review', exact: true}).waitFor()
    await chooseAction(page, 'Delete…')
    await page.getByTestId('delete-confirm').click()
    await expect.poll(copies).toEqual([])
  })

  test('unpublishing takes it off the site and keeps it as a draft', async () => {
    await page.goto(`${product.origin}/studio/structure/stories`)
    await page.getByTestId('document-list-pane').getByText(headline).first().click()
    await takeStep(page, {menu: 'Unpublish…', step: 'unpublish', words: 'The river fell again.'})
    await expect
      .poll(() => idsOf('article', 'headline == $h'.replace('$h', JSON.stringify(headline))))
      .toEqual([expect.stringMatching(/^drafts\./)])
    const answer = await page.request.get(`${product.origin}/a/river-rises-over-its-banks`)
    expect(answer.status()).toBe(404)
  })

  test('an author that a story refers to cannot be deleted, and the Studio says why', async () => {
    await page.goto(`${product.origin}/studio/structure/author`)
    await page.getByTestId('document-list-pane').getByText('Olga Petrova').first().click()
    await chooseAction(page, 'Delete')
    await page.getByRole('dialog').getByText(headline).first().waitFor()
    await picture(page, 'studio-delete-referenced')
    await page.getByRole('button', {name: 'Delete anyway'}).click()
    await page
      .getByText(/cannot be deleted as there are references to it/)
      .first()
      .waitFor()
    expect(await idsOf('author')).toHaveLength(1)
  })

  test('nothing was asked for that is not there, nor of any other machine', async () => {
    expect({endpoints: await unexpectedEndpoints(client), outside}).toEqual({
      endpoints: [],
      outside: [],
    })
  })
})
