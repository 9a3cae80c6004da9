import type {SanityClient} from '@sanity/client'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {obstacles} from './support/axe.ts'
import {openBrowser, picture, signIn, watchOutside} from './support/browser.ts'
import {countOf, deskLink, move, rowsOf} from './support/desk.ts'
import {unexpectedEndpoints} from './support/ledger.ts'
import {paragraphs} from './support/newspaper.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {primary, primaryAsItChanges} from './support/storyForm.ts'
import {headlineField, previewOf, saved} from './support/studio.ts'

const headline = 'Ferry timetable withdrawn after councillors read it'

let product: RunningProduct
let administrator: SanityClient
/** A colleague who works by a script of theirs: what the desk shows must not depend on a browser. */
let approver: SanityClient
let browser: Browser
let editor: Page
let nadia: Page
const outside: string[][] = []

beforeAll(async () => {
  product = await startProduct()
  administrator = await product.clientFor('administrator')
  approver = await product.clientFor('publisher')
  await administrator.create({
    _id: 'drafts.ferry',
    _type: 'article',
    headline,
    slug: {_type: 'slug', current: 'ferry'},
    language: 'en',
    byline: 'Olga Petrova',
    lede: paragraphs('Three of the five crossings never existed.'),
  })
  browser = await openBrowser()
  editor = await newPerson()
  nadia = await newPerson()
  await signIn(editor, product.signInLink)
  await signIn(nadia, await product.signInLinkFor('Nadia', 'editor'))
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

async function newPerson(): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}})
  outside.push(watchOutside(context))
  return await context.newPage()
}

describe('the desk of two people', () => {
  test('counts every list; the imported story has questions and pictures to look after', async () => {
    await editor.goto(`${product.origin}/studio/structure`)
    await expect.poll(() => countOf(editor, 'followUp')).toBe('1')
    expect(await countOf(editor, 'today')).toBe('0')
    expect(await countOf(editor, 'review')).toBe('0')
    // Before a row is open: the colours of the open one are Sanity's, and a shade too light for axe.
    expect(await obstacles(editor, '[data-testid="desk"]')).toEqual([])
    await deskLink(editor, 'followUp').click()
    await expect
      .poll(async () => (await rowsOf(editor))[0])
      .toMatch(/Kerry in Moscow[\s\S]*Update · Live[\s\S]*questions from the import/)
    await picture(editor, 'desk-follow-up')
    expect(await obstacles(editor, '[data-testid="desk-list"]')).toEqual([])
  })

  test('an empty list says so', async () => {
    await deskLink(editor, 'review').click()
    await editor.getByTestId('desk-sentence').waitFor()
    expect(await editor.getByTestId('desk-sentence').innerText()).toBe('No story waits for review.')
  })

  test('a story that somebody else submits comes into the open list and into its count', async () => {
    await nadia.goto(`${product.origin}/studio/structure`)
    await expect.poll(() => countOf(nadia, 'review')).toBe('0')
    await move(administrator, 'ferry', {action: 'submit'})
    await expect.poll(() => countOf(nadia, 'review')).toBe('1')
    await expect.poll(() => rowsOf(editor)).toHaveLength(1)
    expect((await rowsOf(editor))[0]).toMatch(/Ferry timetable[\s\S]*In review · Olga Petrova/)
    expect(await countOf(editor, 'review')).toBe('1')
    await picture(editor, 'desk-review')
  })

  test('the list of all stories shows the stage too, and follows it', async () => {
    await deskLink(nadia, 'stories').click()
    const row = nadia.getByTestId('document-list-pane').getByRole('link', {name: headline})
    await row.getByText('In review').waitFor()
    await move(approver, 'ferry', {action: 'return', note: 'Which councillors?'})
    await row.getByText('Returned').waitFor()
    await picture(nadia, 'desk-stories')
    await editor.getByText('No story waits for review.').waitFor()
    await deskLink(editor, 'returned').click()
    await expect.poll(async () => (await rowsOf(editor))[0]).toContain('Which councillors?')
  })

  test('assigned with a due time, it is on the other’s desk', async () => {
    await nadia.getByTestId('document-list-pane').getByText(headline).click()
    await headlineField(nadia).waitFor()
    await nadia.getByRole('button', {name: 'Assignment'}).first().click()
    const form = nadia.getByTestId('assignment')
    expect(await form.getByTestId('assignment-confirm').isDisabled()).toBe(true)
    await form.getByLabel('Assigned to').selectOption({label: 'Administrator'})
    await form.getByLabel('Due').fill('2036-01-01T12:00')
    expect(await obstacles(nadia, '[data-testid="assignment"]')).toEqual([])
    await picture(nadia, 'desk-assignment')
    await form.getByTestId('assignment-confirm').click()
    await nadia.getByText('Administrator looks after this story now.').first().waitFor()
    await expect.poll(() => countOf(editor, 'mine')).toBe('1')
    await deskLink(editor, 'mine').click()
    await expect.poll(async () => (await rowsOf(editor))[0]).toMatch(/Due on .*1 January 2036/i)
  })

  test('the log tells who did what and why, the newest first', async () => {
    await nadia.getByRole('button', {name: 'Story log'}).first().click()
    const lines = nadia.getByTestId('story-log-line')
    await expect.poll(() => lines.count()).toBe(3)
    await expect.poll(() => lines.nth(0).innerText()).toMatch(/Assigned[\s\S]*You[\s\S]*To Admin/)
    expect(await lines.nth(1).innerText()).toMatch(
      /Returned\nTests as publisher[\s\S]*Which councillors\?/,
    )
    expect(await lines.nth(2).innerText()).toMatch(
      /Submitted for review[\s\S]*Tests as administrator/,
    )
    expect(await obstacles(nadia, '[data-testid="story-log"]')).toEqual([])
    await picture(nadia, 'desk-story-log')
  })

  test('a word that is written after the approval moves the story on the other’s desk', async () => {
    await move(administrator, 'ferry', {action: 'submit'})
    await expect.poll(() => primary(nadia, 'Approve').isEnabled()).toBe(true)
    const buttons = await primaryAsItChanges(nadia)
    await move(approver, 'ferry', {action: 'approve'})
    await expect.poll(() => countOf(editor, 'approved')).toBe('1')
    // Nobody who is about to approve it publishes it, because a colleague has been faster by a moment.
    await expect.poll(() => primary(nadia, 'Publish').isEnabled()).toBe(true)
    expect(await buttons()).toEqual(['Publish, disabled', 'Publish'])
    await nadia.getByTestId('pane-footer').first().getByText('Approved').waitFor()
    // By a program: the form takes no words once the text is approved.
    await administrator
      .patch('drafts.ferry')
      .set({headline: `${headline} twice`})
      .commit()
    await expect.poll(() => countOf(editor, 'changed')).toBe('1')
    expect(await countOf(editor, 'approved')).toBe('0')
    await nadia.getByTestId('pane-footer').first().getByText('Changed after approval').waitFor()
  })
})

describe('the preview beside the form', () => {
  test('follows what is typed before the lake has heard of it', async () => {
    await move(administrator, 'ferry', {action: 'return', note: 'Read it a third time.'})
    await editor.goto(`${product.origin}/studio/structure/mine;ferry`)
    await previewOf(editor).getByText(`${headline} twice`).waitFor()
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    await editor.route(/\/data\/(mutate|actions)\//, async (route) => {
      await released
      await route.continue()
    })
    await headlineField(editor).fill('Typed, and not sent')
    await previewOf(editor).getByText('Typed, and not sent').waitFor()
    const stored = await administrator.getDocument('drafts.ferry')
    expect(stored?.['headline']).toBe(`${headline} twice`)
    release()
    await editor.unrouteAll({behavior: 'wait'})
    await expect
      .poll(async () => (await administrator.getDocument('drafts.ferry'))?.['headline'])
      .toBe('Typed, and not sent')
  })

  test('follows somebody who types without a pause', async () => {
    const words = 'Typed without a pause'
    const preview = {follows: false}
    const seen = editor
      .waitForFunction((text) => {
        const frame = document.querySelector('[data-testid="preview-frame"]')
        const page = frame instanceof HTMLIFrameElement ? frame.contentDocument : null
        return page?.querySelector('h1')?.textContent.includes(text) === true
      }, words)
      .then(() => (preview.follows = true))
    await headlineField(editor).fill(words)
    await headlineField(editor).press('End')
    for (let stroke = 0; stroke < 500 && !preview.follows; stroke += 1)
      await editor.keyboard.type('.')
    expect(preview.follows).toBe(true)
    await seen
    await headlineField(editor).fill('Typed, and not sent')
    await saved(editor)
  })

  test.each([
    ['Phone', 390],
    ['Tablet', 768],
    ['Desktop', 1280],
  ])('is as wide as a %s: %d pixels', async (name, pixels) => {
    const button = editor
      .getByRole('group', {name: 'Width of the preview'})
      .getByRole('button', {name})
    await button.click()
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    const frame = editor.getByTestId('preview-frame')
    await expect.poll(() => frame.evaluate((element) => element.clientWidth)).toBe(pixels)
    await picture(editor, `desk-preview-${name.toLowerCase()}`)
  })
})

describe('on a narrow screen', () => {
  test('the desk and its lists take the screen one after the other', async () => {
    await nadia.setViewportSize({width: 390, height: 844})
    await nadia.goto(`${product.origin}/studio/structure`)
    await expect.poll(() => countOf(nadia, 'mine')).toBe('0')
    await picture(nadia, 'desk-narrow')
    await deskLink(nadia, 'mine').click()
    await nadia.getByText('No story is assigned to you.').waitFor()
    await deskLink(nadia, 'mine').waitFor({state: 'hidden'})
    await picture(nadia, 'desk-narrow-list')
  })
})

test('nothing was asked for that is not there, nor of any other machine', async () => {
  expect({
    endpoints: await unexpectedEndpoints(administrator),
    outside: outside.flat(),
  }).toEqual({endpoints: [], outside: []})
})
