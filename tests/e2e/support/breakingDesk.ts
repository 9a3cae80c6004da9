import type {Locator, Page} from 'playwright-core'
import {expect} from 'vitest'

import {moveInside} from './insideStudio.ts'

export async function openDesk(page: Page): Promise<void> {
  await moveInside(page, '/breaking')
  await page.getByRole('heading', {name: 'Breaking desk', level: 1}).waitFor()
}

/** An item among what is live, by a part of its headline. */
export function liveItem(page: Page, headline: string): Locator {
  return page.getByTestId('desk-live-item').filter({hasText: headline})
}

export function plannedItem(page: Page, headline: string): Locator {
  return page.getByTestId('desk-planned-item').filter({hasText: headline})
}

export function pastItem(page: Page, headline: string): Locator {
  return page.getByTestId('desk-past-item').filter({hasText: headline})
}

/** A new flash from the desk, beside what is live already. */
export async function newFlash(
  page: Page,
  {headline, level = 'flash'}: {headline: string; level?: string},
): Promise<void> {
  await page.getByTestId('desk-new-flash').click()
  await fillFlash(page, {headline, level})
  await page.getByTestId('break-story-confirm').click()
  await page.getByTestId('break-story').first().waitFor({state: 'detached'})
}

/** The dialog's words and level, and that it is to be added to what is live, where that is asked. */
export async function fillFlash(
  page: Page,
  {headline, level = 'flash'}: {headline: string; level?: string},
): Promise<void> {
  const words = page.getByTestId('break-story-headline')
  const add = page.getByTestId('break-story-add')
  await words.or(add).first().waitFor()
  if ((await add.count()) > 0) await add.check()
  await words.fill(headline)
  await page.getByTestId(`break-story-${level}`).check()
}

/**
 * Until the person can have read an item as it now stands. The desk takes a click in the second after somebody else's change
 * for one on what was there before, and asks again; its own countdown tells that the second has passed.
 */
export async function haveRead(item: Locator): Promise<void> {
  const left = async () => seconds(await item.getByTestId('desk-time-left').innerText())
  const before = await left()
  await expect.poll(left).toBeLessThanOrEqual(before - 2)
}

/** Headlines of what is live, in the desk's order. */
export function liveHeadlines(page: Page): Promise<string[]> {
  return page.getByTestId('desk-live-item').getByRole('heading').allInnerTexts()
}

/** Presses buttons of several pages at the same moment: each page clicks by itself, with nothing awaited in between. */
export async function pressTogether(...buttons: readonly Locator[]): Promise<void> {
  for (const button of buttons) await expect.poll(() => button.isEnabled()).toBe(true)
  const at = Date.now() + 500
  await Promise.all(
    buttons.map((button) =>
      button.evaluate(
        (element, time) =>
          new Promise<void>((resolve) => {
            setTimeout(() => {
              if (element instanceof HTMLElement) element.click()
              resolve()
            }, time - Date.now())
          }),
        at,
      ),
    ),
  )
}

/** How many questions a page has asked since this was called, by path. */
export function questionsOf(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const {pathname} = new URL(request.url())
    if (/\/data\/(query|doc)\//.test(pathname)) asked.push(pathname)
  })
  return asked
}

/** "29 min 58 s left" in seconds. */
export function seconds(left: string): number {
  const [, minutes = '0', rest = '0'] = /(?:(\d+) min )?(\d+) s/.exec(left) ?? []
  return Number(minutes) * 60 + Number(rest)
}
