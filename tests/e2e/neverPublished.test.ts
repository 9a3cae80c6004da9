import type {SanityClient} from '@sanity/client'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {documentId, type EditorialState} from '../../editorial/documents.ts'
import {past, writeStoryAt} from '../editorial/storiesAtStages.ts'
import {openBrowser, picture, signIn} from './support/browser.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {chooseAction, headlineField, takeNextStep, takeStep} from './support/studio.ts'

const headline = 'A Story Nobody Has Seen'
const id = 'unseen'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let publisher: Page

beforeAll(async () => {
  product = await startProduct()
  client = await product.clientFor('administrator')
  await writeStoryAt(client, 'review', {id, headline})
  browser = await openBrowser()
  publisher = await browser.newPage({viewport: {width: 1440, height: 900}})
  await signIn(publisher, await product.signInLinkFor('Paula Publisher', 'publisher'))
  await publisher.goto(`${product.origin}/studio/structure/stories`)
  await publisher.getByTestId('document-list-pane').getByText(headline).click()
  await headlineField(publisher).waitFor()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

function state(): Promise<EditorialState | undefined> {
  return client.getDocument<EditorialState>(documentId.editorialState(id))
}

async function statusAtSite(): Promise<number> {
  return (await fetch(`${product.origin}/a/${id}`)).status
}

function primary(name: string) {
  return publisher.getByTestId('pane-footer').getByRole('button', {name, exact: true})
}

test('a story that readers never saw is killed with a reason, and leaves neither page nor notice', async () => {
  await primary('Approve').waitFor()
  await chooseAction(publisher, 'Kill…')
  const dialog = publisher.getByTestId('kill').first()
  await dialog.getByText('Readers never saw this story').waitFor()
  expect(await publisher.getByTestId('kill-reason').innerText()).toContain('Give a reason')
  await publisher.getByTestId('kill-words').fill('The source withdrew.')
  await picture(publisher, 'workflow-kill-unseen')
  await publisher.getByTestId('kill-confirm').click()
  await primary('Revive…').waitFor()
  expect(await state()).toMatchObject({stage: 'killed'})
  expect(await client.getDocument(id)).toBeUndefined()
  expect(await statusAtSite()).toBe(404)
})

test('it is revived as the draft that it was', async () => {
  await takeNextStep(publisher, 'Revive…')
  await publisher.getByTestId('revive-words').fill('The source stands by it.')
  await publisher.getByTestId('revive-confirm').click()
  await primary('Submit for review').waitFor()
  expect((await state())?.history?.map(({action, note}) => [action, note]).slice(-2)).toEqual([
    ['kill', 'The source withdrew.'],
    ['revive', 'The source stands by it.'],
  ])
  expect(await client.getDocument(`drafts.${id}`)).toMatchObject({headline})
  expect(await statusAtSite()).toBe(404)
})

test('an embargo ahead forbids publication; one that has passed does not, and publishes nothing by itself', async () => {
  await client.patch(`drafts.${id}`).set({embargoUntil: '2099-01-01T00:00:00.000Z'}).commit()
  await publisher.getByTestId('action-menu-button').click()
  const item = publisher.getByTestId('action-Publishnow…')
  await expect.poll(() => item.isDisabled()).toBe(true)
  await item.hover({force: true})
  await publisher
    .getByText(/under embargo until 1 Jan 2099/)
    .filter({visible: true})
    .first()
    .waitFor()
  await client.patch(`drafts.${id}`).set({embargoUntil: past}).commit()
  await expect.poll(() => item.isEnabled()).toBe(true)
  expect(await statusAtSite()).toBe(404)
  const form = publisher.getByTestId('document-panel-scroller').first()
  await form.click({position: {x: 8, y: 8}})
  await item.waitFor({state: 'hidden'})
  await takeStep(publisher, {
    menu: 'Publish now…',
    step: 'publishNow',
    words: 'The embargo has passed.',
  })
  await primary('Publish change…').waitFor()
  expect(await statusAtSite()).toBe(200)
})
