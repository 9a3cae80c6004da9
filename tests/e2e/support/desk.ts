import type {SanityClient} from '@sanity/client'
import type {Locator, Page} from 'playwright-core'

import {moveOf, type Move} from '../../../editorial/moves.ts'
import {publicationOf} from '../../../editorial/publishing.ts'
import {newKey, transact} from '../../../studio/publishing/publishStory.ts'
import {readStory} from '../../../studio/publishing/storyAsRead.ts'

/** Moves a story as the Studio's buttons do, by whoever the client's token is. */
export async function move(client: SanityClient, articleId: string, made: Move): Promise<void> {
  const {id: by} = await client.request<{id: string}>({url: '/users/me'})
  const asked = {...(await readStory(client, articleId)), by, errors: [], newKey}
  const {mutations} = moveOf({...asked, role: 'administrator'}, made)
  await transact(client, mutations, 'test')
}

/** Publishes a story without a review, by whoever the client's token is. */
export async function publishAs(client: SanityClient, articleId: string): Promise<void> {
  const {id: by} = await client.request<{id: string}>({url: '/users/me'})
  const asked = {...(await readStory(client, articleId)), by, errors: [], newKey}
  const answer = {kind: 'now', reason: 'It cannot wait.'} as const
  const {mutations} = publicationOf({...asked, role: 'administrator', answer})
  await transact(client, mutations, 'test')
}

export function deskLink(page: Page, list: string): Locator {
  return page.getByTestId(`desk-link-${list}`)
}

/** The number that stands beside a desk list. */
export function countOf(page: Page, list: string): Promise<string> {
  return deskLink(page, list).getByTestId('desk-count').innerText()
}

/** The rows of the open desk list, each as its lines of text. */
export function rowsOf(page: Page): Promise<string[]> {
  return page.getByTestId('desk-list').getByRole('link').allInnerTexts()
}
