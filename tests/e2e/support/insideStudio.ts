import type {Page} from 'playwright-core'
import {expect} from 'vitest'

import {headlineField, previewOf} from './studio.ts'

/**
 * Moves inside the open Studio, as its own links do: to load it anew takes seconds of a processor. The path is what stands
 * behind `/studio` in the address.
 */
export async function moveInside(page: Page, path: string): Promise<void> {
  await page.getByTestId('studio-navbar').waitFor()
  await page.evaluate((address) => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/studio${path}`)
}

/** The same to a story in the list, with form and preview side by side. */
export async function moveToStory(page: Page, headline: string): Promise<void> {
  await moveInside(page, '/structure/stories')
  await page.getByTestId('document-list-pane').getByText(headline).first().click()
  await headlineField(page).waitFor()
  await previewOf(page).waitFor()
}

/** The same to a story by its id, whose form shows this headline. */
export async function moveToForm(page: Page, id: string, headline: string): Promise<void> {
  await moveInside(page, `/intent/edit/id=${id};type=article`)
  await expect.poll(() => headlineField(page).allInnerTexts()).toHaveLength(1)
  await expect.poll(() => headlineField(page).inputValue()).toBe(headline)
  // While the story is being loaded there are two menus, one of which does nothing yet.
  await expect.poll(() => page.getByTestId('action-menu-button').count()).toBe(1)
}
