import type {Locator, Page} from 'playwright-core'
import {expect, vi} from 'vitest'

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

/** Types at the end of the lede. */
export async function addToLede(page: Page, sentence: string): Promise<void> {
  await caretInLede(page, 'Control+End', -1)
  await page.keyboard.type(sentence, {delay: 10})
}

/**
 * Puts the caret to where a key leads from the middle of one of the lede's paragraphs, which has to be woken up by a first
 * click. They are counted from 0; negative numbers count from the last.
 */
export async function caretInLede(
  page: Page,
  key: 'Home' | 'End' | 'Control+End',
  paragraph: number,
): Promise<void> {
  const field = page.getByTestId('field-lede')
  const line = field.locator('[data-testid="text-style--normal"]').nth(paragraph)
  await line.scrollIntoViewIfNeeded()
  await line.click()
  let before: number | undefined
  await vi.waitFor(
    async () => {
      await page.keyboard.press(key)
      const place = await line.evaluate(caretIn)
      if (place === undefined) await line.click()
      // The editor hears of the caret a moment later, and puts it back when it draws the text before.
      const stands = place !== undefined && place === before
      before = place
      if (!stands) throw new Error('The caret does not stand in the line yet.')
    },
    {timeout: 20_000, interval: 150},
  )
}

/** How many characters stand before the caret; undefined when it is elsewhere. */
function caretIn(element: Element): number | undefined {
  const {anchorNode, anchorOffset, isCollapsed} = document.getSelection() ?? {}
  if (!anchorNode || !isCollapsed || !element.contains(anchorNode)) return undefined
  const range = document.createRange()
  range.setStart(element, 0)
  range.setEnd(anchorNode, anchorOffset ?? 0)
  return range.toString().length
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
  await closed(page, 'publish-change')
}

/** The same up to the confirmation. */
export async function openPublishChange(page: Page, answer: ChangeAnswer): Promise<void> {
  await page.getByRole('button', {name: 'Publish change…'}).click()
  await page.getByTestId(`publish-change-${answer.kind}`).check()
  if (answer.kind === 'silentFix') return
  const words = answer.kind === 'update' ? answer.note : answer.text
  // Until the note is drafted the field says what it waits for; the draft would come between two keystrokes.
  const note = page.getByTestId('publish-change-note')
  await note.and(page.locator('[placeholder=""]')).fill(words)
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
  await closed(page, step)
}

/** Waits until a dialog is gone. When it stays, the error says what stands in it. */
async function closed(page: Page, testId: string): Promise<void> {
  const dialog = page.getByTestId(testId).first()
  try {
    await dialog.waitFor({state: 'detached'})
  } catch (cause) {
    const words = await dialog.innerText()
    throw new Error(`The dialog “${testId}” did not close. It says: ${words}`, {cause})
  }
}

/** Publishes a story for the first time without a review, as somebody alone in the newsroom does. */
export async function publishNow(page: Page): Promise<void> {
  await takeStep(page, {menu: 'Publish now…', step: 'publishNow', words: 'Nobody else is here.'})
}

/** Makes the address, and waits until it stands in the form: the Studio first asks the lake whether it is free. */
export async function generateSlug(page: Page): Promise<void> {
  const field = page.getByTestId('field-slug')
  await field.getByRole('button', {name: 'Generate'}).click()
  const address = field.getByRole('textbox')
  await vi.waitUntil(async () => (await address.inputValue()) !== '', {timeout: 60_000})
  await saved(page)
}

/**
 * Waits until everything typed is at the lake. The Studio says “Saved” for three seconds; who comes later finds nothing
 * said, and knows by two seconds of it that nothing is on its way.
 */
export async function saved(page: Page): Promise<void> {
  const pulse = page
    .getByTestId('pane-footer')
    .first()
    .getByTestId('pane-footer-document-status-pulse')
  let quietSince: number | undefined
  await vi.waitFor(
    async () => {
      const said = (await pulse.allInnerTexts()).join()
      if (said === 'Saved') return
      quietSince = said === '' ? (quietSince ?? Date.now()) : undefined
      if (quietSince !== undefined && Date.now() - quietSince > 2000) return
      throw new Error(`The Studio says: ${said}`)
    },
    {timeout: 60_000, interval: 50},
  )
}

export async function chooseAction(page: Page, name: string | RegExp): Promise<void> {
  // While a story is being loaded there is another, which does nothing yet.
  await page.locator('[data-testid="action-menu-button"]:enabled').click()
  await page.getByRole('menuitem', {name}).click()
}

/** A menu's item that cannot be chosen says why, to whoever points at it. */
export async function refusedInMenu(
  page: Page,
  name: string,
  reason: string | RegExp,
): Promise<void> {
  await page.getByTestId('action-menu-button').click()
  const item = page.getByRole('menuitem', {name, exact: true})
  await expect.poll(() => item.isDisabled()).toBe(true)
  const said = page.getByText(reason).filter({visible: true})
  await expect
    .poll(async () => {
      await item.hover({force: true})
      return await said.count()
    })
    .toBeGreaterThan(0)
  // In the form's margin, where a click does nothing but close the menu.
  const form = page.getByTestId('document-panel-scroller').first()
  await form.click({position: {x: 8, y: 8}})
  await item.waitFor({state: 'hidden'})
}
