import type {SanityClient, SanityDocument} from '@sanity/client'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openBrowser, picture, signIn} from './support/browser.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {
  caretInLede,
  headlineField,
  openPublishChange,
  openStory,
  previewOf,
  saved,
} from './support/studio.ts'
import {replayed, transactionsSince, typedBy} from './support/typed.ts'

const headline = 'Kerry in Moscow to Push for Political Transition in Syria'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let anna: Page
let nadia: Page

beforeAll(async () => {
  product = await startProduct()
  client = await product.clientFor('administrator')
  browser = await openBrowser()
  anna = await signedIn('Anna')
  nadia = await signedIn('Nadia')
  await openStory(anna, product, headline)
  await openStory(nadia, product, headline)
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

async function signedIn(name: string): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}})
  const page = await context.newPage()
  await signIn(page, await product.signInLinkFor(name, 'editor'))
  return page
}

/** Opens the question and fills it, up to the last click. */
async function readyToPublish(page: Page, note: string): Promise<void> {
  await openPublishChange(page, {kind: 'update', note})
  await expect
    .poll(() => page.getByTestId('publish-change-confirm').getAttribute('aria-disabled'))
    .toBe('false')
}

function liveStory() {
  return client.fetch<{headline: string; updates: {number: number; note: string}[] | null}>(
    '*[_type == "article"][0]{headline, updates[]{number, note}}',
    {},
    {perspective: 'published'},
  )
}

/** The draft's lede as it stands. */
function lede(): Promise<string> {
  return client.fetch<string>(
    'pt::text(*[_type == "article"][0].lede)',
    {},
    {perspective: 'drafts'},
  )
}

/** Everybody has the stored paragraph before them. */
async function expectShownToAll(): Promise<void> {
  const stored = await lede()
  for (const page of [anna, nadia]) {
    const paragraph = page
      .getByTestId('field-lede')
      .locator('[data-testid="text-style--normal"]')
      .first()
    await expect.poll(async () => stored.startsWith(await paragraph.innerText())).toBe(true)
  }
}

// Without full stops: three that meet become an ellipsis.
describe('two editors type into one paragraph', () => {
  test('at two places, and not a character is lost', async () => {
    const before = await lede()
    await Promise.all([caretInLede(anna, 'Home', 0), caretInLede(nadia, 'End', 0)])

    await Promise.all([
      anna.keyboard.type('Anna was here ', {delay: 10}),
      nadia.keyboard.type(' Nadia was here', {delay: 10}),
    ])

    const expected = charactersOf(`${before}Anna was here  Nadia was here`)
    await expect.poll(async () => charactersOf(await lede())).toEqual(expected)
    await expectShownToAll()
  })

  test('at one place, and the lake stores what their patches make, in its order', async () => {
    const before = await client.fetch<SanityDocument>(
      '*[_type == "article" && _id in path("drafts.**")][0]',
    )
    const sent = () => transactionsSince(client, before)
    await Promise.all([anna, nadia].map((page) => caretInLede(page, 'End', 0)))

    await Promise.all([
      anna.keyboard.type(' Anna was here', {delay: 10}),
      nadia.keyboard.type(' Nadia was here', {delay: 10}),
    ])

    // A text patch whose surroundings a colleague has changed by half may find no place, in the Studio as in the lake.
    // So the letters that were sent are counted, and those that are stored must follow from them.
    const expected = [' Anna was here', ' Nadia was here']
    await expect.poll(async () => typedBy(await sent())).toEqual(expected)
    const stored = await client.getDocument(before._id)
    expect(stored?.['lede']).toEqual(replayed(before, await sent())?.['lede'])
    await expectShownToAll()
  })
})

describe('two editors publish one story', () => {
  test('two publish at once: one does, the other is told by whom and keeps everything', async () => {
    await headlineField(anna).fill('Kerry Arrives in Moscow')
    await saved(anna)
    await previewOf(nadia).getByText('Kerry Arrives in Moscow').waitFor()
    await readyToPublish(anna, 'Anna’s note.')
    await readyToPublish(nadia, 'Nadia’s note.')

    await Promise.all([
      anna.getByTestId('publish-change-confirm').click(),
      nadia.getByTestId('publish-change-confirm').click(),
    ])

    const refusals = [anna, nadia].map((page) => page.getByTestId('problem-meanwhile'))
    const done = [anna, nadia].map((page) => page.getByText('Published as an update.').first())
    await Promise.race(refusals.map((refusal) => refusal.waitFor()))
    const annaLost = await refusals[0]?.isVisible()
    const [winner, loser] = annaLost ? ['Nadia', 'Anna'] : ['Anna', 'Nadia']
    await done[annaLost ? 1 : 0]?.waitFor()
    const losing = annaLost ? anna : nadia
    await losing
      .getByTestId('problem-meanwhile')
      .getByText(new RegExp(`^${winner} published another change to this story at \\d`))
      .waitFor()
    await picture(losing, 'studio-published-meanwhile')
    expect(await liveStory()).toEqual({
      headline: 'Kerry Arrives in Moscow',
      updates: [{number: 1, note: `${winner}’s note.`}],
    })

    await losing.getByRole('button', {name: 'Cancel'}).click()
    await headlineField(losing).fill(`Kerry Arrives in Moscow, Says ${loser}`)
    await readyToPublish(losing, `${loser}’s note.`)
    await losing.getByTestId('publish-change-confirm').click()
    await losing.getByTestId('publish-change').first().waitFor({state: 'detached'})
    expect(await liveStory()).toEqual({
      headline: `Kerry Arrives in Moscow, Says ${loser}`,
      updates: [
        {number: 1, note: `${winner}’s note.`},
        {number: 2, note: `${loser}’s note.`},
      ],
    })
  })

  test('a change that a colleague makes under the open question is not published unseen', async () => {
    await headlineField(anna).fill('Kerry Meets Lavrov')
    await saved(anna)
    await readyToPublish(anna, 'Talks have begun.')
    await headlineField(nadia).fill('Kerry Meets Lavrov and Putin')
    await saved(nadia)

    await anna.getByTestId('publish-change-confirm').click()

    await anna
      .getByTestId('problem-meanwhile')
      .getByText(/^Nadia changed the draft at \d/)
      .waitFor()
    await anna.getByRole('button', {name: 'Look again'}).click()
    expect(await anna.getByTestId('publish-change-note').inputValue()).toBe('Talks have begun.')
    await anna.getByTestId('publish-change-confirm').click()
    await anna.getByTestId('publish-change').first().waitFor({state: 'detached'})
    expect((await liveStory()).headline).toBe('Kerry Meets Lavrov and Putin')
  })
})

function charactersOf(text: string): string {
  return [...text].sort().join('')
}
