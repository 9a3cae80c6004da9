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

/** An answer to the question what kind of change it is. */
export type ChangeAnswer =
  | {kind: 'update'; note: string}
  | {kind: 'correction' | 'clarification'; text: string}
  | {kind: 'silentFix'}

/** The story's primary button, its dialog with one answer, and its confirmation. */
export async function publishChange(page: Page, answer: ChangeAnswer): Promise<void> {
  await openPublishChange(page, answer)
  await page.getByTestId('publish-change-confirm').click()
  await page.getByTestId('publish-change').first().waitFor({state: 'detached'})
}

/** The same up to the confirmation. */
export async function openPublishChange(page: Page, answer: ChangeAnswer): Promise<void> {
  await page.getByRole('button', {name: 'Publish change…'}).click()
  await page.getByTestId(`publish-change-${answer.kind}`).check()
  if (answer.kind === 'silentFix') return
  const words = answer.kind === 'update' ? answer.note : answer.text
  await page.getByTestId('publish-change-note').fill(words)
}

/** The step that stands on the primary button, once it can be taken. */
export async function takeNextStep(page: Page, name: string): Promise<void> {
  await page.getByTestId('pane-footer').getByRole('button', {name, exact: true}).click()
}

/** A step of the menu with its dialog: what is asked is filled in, and it is confirmed. */
export async function takeStep(
  page: Page,
  {menu, step, words}: {menu: string; step: string; words?: string},
): Promise<void> {
  await chooseAction(page, menu)
  if (words !== undefined) await page.getByTestId(`${step}-words`).fill(words)
  await page.getByTestId(`${step}-confirm`).click()
  await page.getByTestId(step).first().waitFor({state: 'detached'})
}

/** Publishes a story for the first time without a review, as somebody alone in the newsroom does. */
export async function publishNow(page: Page): Promise<void> {
  await takeStep(page, {menu: 'Publish now…', step: 'publishNow', words: 'Nobody else is here.'})
}

/** Waits until everything typed is at the lake. */
export async function saved(page: Page): Promise<void> {
  await page.getByTestId('pane-footer').first().getByText('Saved').waitFor()
}

export async function chooseAction(page: Page, name: string | RegExp): Promise<void> {
  await page.getByTestId('action-menu-button').click()
  await page.getByRole('menuitem', {name}).click()
}
