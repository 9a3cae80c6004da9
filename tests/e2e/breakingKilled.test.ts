import type {Page, Route} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {z} from 'zod'

import {fillFlash, liveHeadlines, openDesk} from './support/breakingDesk.ts'
import {kerry, openNewsroom, topic, type Newsroom} from './support/openNewsroom.ts'
import {picture} from './support/browser.ts'
import {moveToStory} from './support/insideStudio.ts'
import type {RunningProduct} from './support/product.ts'
import {chooseAction} from './support/studio.ts'

let newsroom: Newsroom
let product: RunningProduct
let paula: Page

beforeAll(async () => {
  newsroom = await openNewsroom({robot: 'publisher', documents: [topic('city', 'City')]})
  ;({product} = newsroom)
  paula = await newsroom.newPerson('Paula Publisher', 'publisher')
})

afterAll(() => newsroom.close())

describe('the server is killed between confirm and answer of a flash', () => {
  test('it was written: the dialog says that it is live, and the desk shows it', async () => {
    await openDesk(paula)
    await paula.getByTestId('desk-new-flash').click()
    await fillFlash(paula, {headline: 'Harbour closed'})
    await killAtConfirm({written: true})
    await uncertain()
    await paula.getByText('Nothing was breaking when the lake last answered.').waitFor()
    expect(await paula.getByLabel('City').count()).toBe(1)
    await picture(paula, 'breaking-killed')

    await product.startAgain()
    await paula.getByTestId('break-story-up').getByText('It is live').waitFor()
    await paula.getByTestId('desk-offline').waitFor({state: 'detached'})
    expect(await liveHeadlines(paula)).toEqual(['Harbour closed'])
    expect(await standing()).toEqual(whole('Harbour closed'))
    await paula.getByRole('button', {name: 'Close', exact: true}).click()
  })

  test('it was not: the dialog says so and keeps the words, and sent again it is one banner', async () => {
    await paula.getByTestId('desk-new-flash').click()
    await fillFlash(paula, {headline: 'Bridge closed', level: 'developing'})
    await killAtConfirm({written: false})
    await uncertain()

    await product.startAgain()
    await problem().getByText('before this arrived: readers do not see it').waitFor()
    await picture(paula, 'breaking-killed-not-written')
    await paula.getByTestId('desk-offline').waitFor({state: 'detached'})
    expect(await liveHeadlines(paula)).toEqual(['Harbour closed'])
    expect(await standing()).toEqual(whole('Harbour closed'))
    expect(await paula.getByTestId('break-story-headline').inputValue()).toBe('Bridge closed')
    expect(await paula.getByTestId('break-story-developing').isChecked()).toBe(true)
    await paula.getByRole('button', {name: 'Try again'}).click()
    await paula.getByTestId('break-story').first().waitFor({state: 'detached'})
    await expect.poll(() => liveHeadlines(paula)).toEqual(['Harbour closed', 'Bridge closed'])
    expect(await standing()).toEqual(whole('Harbour closed', 'Bridge closed'))
  })
})

describe('the server is killed between confirm and answer of a story’s banner', () => {
  test('it was not written; sent again behind a proxy it was: one banner, and the dialog says which', async () => {
    await moveToStory(paula, kerry)
    await chooseAction(paula, 'Break this story')
    await fillFlash(paula, {headline: 'Kerry lands', level: 'breaking'})
    await killAtConfirm({written: false})
    await uncertain()
    await product.startAgain()
    await problem().getByText('before this arrived: readers do not see it').waitFor()
    expect(await standing()).toEqual(whole('Harbour closed', 'Bridge closed'))
    expect(await paula.getByTestId('break-story-headline').inputValue()).toBe('Kerry lands')

    await killAtConfirm({written: true, told: 502})
    await uncertain()
    await product.startAgain()
    await paula.getByTestId('break-story-up').getByText('It is live').waitFor()
    expect(await standing()).toEqual(whole('Harbour closed', 'Kerry lands', 'Bridge closed'))
    await paula.getByRole('button', {name: 'Close', exact: true}).click()
    await paula.getByTestId('action-menu-button').click()
    await paula.getByRole('menuitem', {name: 'Extend 30 min'}).waitFor()
  })
})

/**
 * Confirms, and kills the server when the banner's transaction passes the door between browser and server: when the answer
 * comes back from a lake that has it on its disk, or before the request arrives. The browser is left without an answer,
 * or is `told` by a proxy that there is none.
 */
async function killAtConfirm({written, told}: {written: boolean; told?: number}): Promise<void> {
  const killed = Promise.withResolvers<number | undefined>()
  const door = async (route: Route) => {
    const answer = written ? await route.fetch() : undefined
    await product.kill()
    if (told !== undefined) await route.fulfill({status: told, body: 'Bad Gateway'})
    else await (written ? route.abort('connectionreset') : route.continue())
    killed.resolve(answer?.status())
  }
  await paula.route('**/data/mutate/**', door, {times: 1})
  await paula.getByTestId('break-story-confirm').click()
  expect(await killed.promise).toBe(written ? 200 : undefined)
}

function problem() {
  return paula.getByTestId('break-story-problem')
}

/** While the server is away nobody can know, and that is what is said. */
async function uncertain(): Promise<void> {
  await problem().getByText('No answer came back, so it is not certain').waitFor()
}

const answer = z.object({banners: z.array(z.object({text: z.string()}))})

/** What readers have in their order, and what the lake has: each banner with the steps in its log. */
async function standing() {
  const {banners} = answer.parse(await (await fetch(`${product.origin}/api/breaking.json`)).json())
  const leases = await newsroom.administrator.fetch<{headline: string; steps: string[] | null}[]>(
    `*[_type == "breakingNews"] | order(headline asc)
      {headline, "steps": *[_id == "newsroom.lease." + ^._id][0].log[].did}`,
  )
  return {readers: banners.map(({text}) => text), leases}
}

/** The same when each of these is up as a whole, once. */
function whole(...headlines: string[]): Awaited<ReturnType<typeof standing>> {
  const leases = headlines.toSorted().map((headline) => ({headline, steps: ['start']}))
  return {readers: headlines, leases}
}
