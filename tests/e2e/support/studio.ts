import type {Locator, Page} from 'playwright-core'
import {vi} from 'vitest'

import type {RunningProduct} from './product.ts'

/** A story opened from the list, as an editor does: form and preview side by side. */
export async function openStory(
  page: Page,
  product: Pick<RunningProduct, 'origin'>,
  headline: string,
): Promise<void> {
  await page.goto(`${product.origin}/studio/structure/stories`)
  await page.getByTestId('document-list-pane').getByText(headline).first().click()
  await headlineField(page).waitFor()
  await previewOf(page).waitFor()
}

export function headlineField(page: Page): Locator {
  return page.getByTestId('field-headline').getByRole('textbox')
}

/** The site's page of the draft, in the pane beside the form. */
export function previewOf(page: Page): Locator {
  return page.frameLocator('[data-testid="preview-frame"]').getByRole('heading', {level: 1})
}

/** Types at the end of one of the lede's paragraphs, counted from 0; negative numbers count from the last. */
export async function addToLede(page: Page, sentence: string, paragraph = -1): Promise<void> {
  await placeCaret(page, page.getByTestId('field-lede'), paragraph)
  await page.keyboard.type(sentence, {delay: 10})
}

/** Puts the caret at the end of a line of a text that has to be woken up by a first click. */
async function placeCaret(page: Page, field: Locator, paragraph: number): Promise<void> {
  const line = field.locator('[data-testid="text-style--normal"]').nth(paragraph)
  await line.scrollIntoViewIfNeeded()
  await line.click()
  await vi.waitFor(
    async () => {
      await line.click()
      await page.keyboard.press('End')
      const stands = await line.evaluate((element) => {
        const selection = document.getSelection()
        return selection?.isCollapsed === true && element.contains(selection.anchorNode)
      })
      if (!stands) throw new Error('The caret does not stand in the line yet.')
    },
    {timeout: 10_000, interval: 100},
  )
}

/** The story's primary button, its dialog with one answer, and its confirmation. */
export async function publishChange(
  page: Page,
  answer: {kind: 'update'; note: string} | {kind: 'silentFix'},
): Promise<void> {
  await page.getByRole('button', {name: 'Publish change…'}).click()
  await page.getByTestId(`publish-change-${answer.kind}`).check()
  if (answer.kind === 'update') await page.getByTestId('publish-change-note').fill(answer.note)
  await page.getByTestId('publish-change-confirm').click()
  await page.getByTestId('publish-change').first().waitFor({state: 'detached'})
}

/** Waits until everything typed is at the lake. */
export async function saved(page: Page): Promise<void> {
  await page.getByTestId('pane-footer').first().getByText('Saved').waitFor()
}

export async function chooseAction(page: Page, name: string | RegExp): Promise<void> {
  await page.getByTestId('action-menu-button').click()
  await page.getByRole('menuitem', {name}).click()
}
