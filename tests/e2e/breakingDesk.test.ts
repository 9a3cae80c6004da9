import type {SanityClient} from '@sanity/client'
import type {Page, Route} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {obstacles} from './support/axe.ts'
import {
  fillFlash,
  haveRead,
  liveHeadlines,
  liveItem,
  newFlash,
  openDesk,
  pastItem,
  plannedItem,
  pressTogether,
  questionsOf,
  seconds,
} from './support/breakingDesk.ts'
import {kerry, openNewsroom, topic, type Newsroom} from './support/openNewsroom.ts'
import {docsPicture, picture} from './support/browser.ts'
import {at, delivery} from './support/deliveries.ts'
import {endAs, planAs, stepsOf} from './support/leases.ts'
import {headlineField} from './support/studio.ts'

let newsroom: Newsroom
let administrator: SanityClient
let robot: SanityClient
let anna: Page
let ben: Page
let editor: Page
let reader: Page
let bridgeId: string

beforeAll(async () => {
  newsroom = await openNewsroom({
    robot: 'publisher',
    documents: [
      topic('city', 'City'),
      {
        _id: 'drafts.harbour',
        _type: 'article',
        headline: 'Harbour closed after the storm',
        language: 'en',
      },
    ],
  })
  ;({administrator, robot} = newsroom)
  anna = await newsroom.newPerson('Anna Petrova', 'publisher')
  ben = await newsroom.newPerson('Ben Okri', 'publisher')
  editor = await newsroom.newPerson('Edgar Editor', 'editor')
  reader = await newsroom.newPage()
  await reader.goto(`${newsroom.product.origin}/`)
})

afterAll(() => newsroom.close())

const banner = () => reader.locator('#breaking .banner')

describe('a flash and its readers', () => {
  test('an empty desk says so, and is one click from the newsroom', async () => {
    await anna.getByRole('link', {name: 'Breaking', exact: true}).click()
    await anna.getByRole('heading', {name: 'Breaking desk'}).waitFor()
    const desk = anna.getByTestId('breaking-desk')
    await expect
      .poll(() => desk.innerText())
      .toMatch(
        /Nothing is breaking\.[\s\S]*Nothing is planned\.[\s\S]*There was no breaking news yet\./,
      )
    await picture(anna, 'breaking-desk-empty')
    await openDesk(ben)
    await openDesk(editor)
  })

  test('put up by one, it is before readers and on the other’s desk', async () => {
    await newFlash(anna, {headline: 'Harbour closed'})
    await banner().getByText('Harbour closed').waitFor()
    const item = liveItem(ben, 'Harbour closed')
    await item.waitFor()
    await expect
      .poll(() => item.innerText())
      .toMatch(
        // With the day where it is another one: half an hour before midnight the end is tomorrow's.
        /Flash[\s\S]*\d+ min \d\d s left[\s\S]*until (\d+ \w+ \d{4}, )?\d\d:\d\d CE[\s\S]*No story yet[\s\S]*Anna Petrova · since (\d+ \w+ \d{4}, )?\d\d:\d\d/,
      )
    expect(await liveItem(anna, 'Harbour closed').innerText()).toContain('You · since')
    const left = () => item.getByTestId('desk-time-left').innerText()
    const first = await left()
    await expect.poll(left).not.toBe(first)
    // A timer is read when somebody asks for it, not at every second.
    expect(await item.getByRole('timer').count()).toBe(1)
    expect(await item.getByRole('timer').getAttribute('aria-live')).toBeNull()
  })

  test('extended, its level and its story: one click each, and the site follows', async () => {
    const item = liveItem(ben, 'Harbour closed')
    await item.getByTestId('desk-extend').click()
    await ben.getByText('stays 30 minutes longer').first().waitFor()
    await expect.poll(() => liveItem(anna, 'Harbour closed').innerText()).toMatch(/59 min/)
    await item.getByTestId('desk-level-breaking').click()
    await reader.locator('#breaking .banner-breaking').waitFor()
    await expect
      .poll(() =>
        liveItem(anna, 'Harbour closed')
          .getByTestId('desk-level-breaking')
          .getAttribute('aria-pressed'),
      )
      .toBe('true')

    await item.getByTestId('desk-link').click()
    await ben.getByTestId('story-search').fill('kerry mosc')
    await expect.poll(() => ben.getByTestId('story-found').count()).toBe(1)
    expect(await ben.getByTestId('link-story-reason').innerText()).toBe('Choose a story.')
    expect(await obstacles(ben, '[data-testid="link-story"]')).toEqual([])
    await ben.getByTestId('story-found').getByText(kerry).click()
    await picture(ben, 'breaking-link')
    await ben.getByTestId('link-story-confirm').click()
    await liveItem(anna, 'Harbour closed').getByRole('link', {name: kerry}).waitFor()
    await expect
      .poll(() => banner().locator('a').getAttribute('href'))
      .toMatch(/^\/a\/kerry-in-moscow/)
    await item.getByText('4 steps').click()
    expect(await item.getByTestId('desk-log').innerText()).toMatch(
      /Anna Petrova put it before readers until \d\d:\d\d CE[\s\S]*You extended it until[\s\S]*You changed its level \(Flash → Breaking News\)[\s\S]*You linked it to a story/,
    )
  })

  test('an editor sees all of it, with the reason why there are no buttons', async () => {
    await liveItem(editor, 'Harbour closed').waitFor()
    expect(await editor.getByTestId('desk-read-only').innerText()).toContain(
      'that takes the role publisher, and yours is editor',
    )
    const buttons = editor.getByTestId('breaking-desk').getByRole('button')
    expect(await buttons.allInnerTexts()).toEqual(['4 steps'])
    await picture(editor, 'breaking-desk-editor')
    expect(await obstacles(editor, '[data-testid="breaking-desk"]')).toEqual([])
  })

  test('ended after asking once', async () => {
    const item = liveItem(anna, 'Harbour closed')
    await haveRead(item)
    await item.getByTestId('desk-end').click()
    await anna.getByTestId('end-breaking-confirm').click()
    await banner().waitFor({state: 'detached'})
    await expect.poll(() => liveHeadlines(ben)).toEqual([])
    await pastItem(ben, 'Harbour closed').getByText('ended by Anna Petrova').waitFor()
    await expect
      .poll(() => anna.evaluate(() => document.activeElement?.textContent))
      .toBe('Breaking desk')
  })

  test('withdrawn with a reason and a sentence, shown as readers will see it', async () => {
    await newFlash(ben, {headline: 'Bridge has fallen'})
    await liveItem(anna, 'Bridge has fallen').getByTestId('desk-withdraw').click()
    bridgeId = await robot.fetch('*[headline == "Bridge has fallen"][0]._id')
    await anna.getByTestId('withdraw-words').fill('The caller was a prankster.')
    expect(await anna.getByTestId('withdraw-reason').innerText()).toBe(
      'Write a sentence for readers.',
    )
    await anna.getByTestId('withdraw-sentence').fill('The bridge stands and is open.')
    const shown = anna.frameLocator('[data-testid="withdraw-banner-site"]').locator('.banner p')
    await shown.getByText('The bridge stands and is open.').waitFor()
    await docsPicture(anna, 'breaking-withdraw')
    expect(await obstacles(anna, '[data-testid="withdraw"]')).toEqual([])
    const words = (await shown.innerText()).replace(/·.*/s, '').trim()
    await anna.getByTestId('withdraw-confirm').click()
    await reader.locator('#breaking .banner-withdrawal').waitFor()
    expect(await banner().innerText()).toContain(words)
    const past = pastItem(ben, 'Bridge has fallen')
    await past.waitFor()
    expect(await past.innerText()).toMatch(
      /withdrawn by Anna Petrova[\s\S]*Readers were told: “The bridge stands and is open\.”/,
    )
    await past.getByText('2 steps').click()
    expect(await past.getByTestId('desk-log').innerText()).toContain('The caller was a prankster.')
  })
})

describe('two publishers', () => {
  test('both extend at the same moment: one does, the other is told whose it is', async () => {
    await newFlash(anna, {headline: 'Power is out'})
    const buttons = [anna, ben].map((page) =>
      liveItem(page, 'Power is out').getByTestId('desk-extend'),
    )
    await Promise.all(buttons.map((button) => button.waitFor()))
    await pressTogether(...buttons)
    const problems = () =>
      Promise.all([anna, ben].map((page) => page.getByTestId('step-problem').first().count()))
    await expect.poll(async () => (await problems()).reduce((a, b) => a + b)).toBe(1)
    const loser = (await problems())[0] === 1 ? anna : ben
    expect(await loser.getByTestId('problem-failed').innerText()).toMatch(
      /^(Anna Petrova|Ben Okri) extended it until \d\d:\d\d CES?T a moment ago, so nothing more was done\. “Power is out” is (yours|Anna Petrova’s)\.$/,
    )
    await docsPicture(loser, 'breaking-meanwhile')
    await loser.getByTestId('step-problem-cancel').click()
    expect(await stepsOf(robot, 'Power is out')).toEqual(['start', 'extend'])
  })

  test('extending what just ended says so and offers a new one with its words', async () => {
    const [id] = await robot.fetch<string[]>('*[headline == "Power is out"]._id')
    const extend = liveItem(ben, 'Power is out').getByTestId('desk-extend')
    // While it is on its way, another publisher ends it.
    const ending = async (route: Route) => {
      await endAs(robot, id ?? '')
      await route.continue()
    }
    await ben.route('**/data/doc/**', ending, {times: 1})
    await extend.click()
    await ben.getByTestId('step-problem').first().waitFor()
    expect(await ben.getByTestId('problem-failed').innerText()).toMatch(
      /ended “Power is out” a moment ago, so readers do not see it any more\. “Power is out” is Anna Petrova’s\./,
    )
    await ben.getByTestId('step-problem-confirm').click()
    const words = ben.getByTestId('break-story-headline')
    await expect.poll(() => words.inputValue()).toBe('Power is out')
    expect(await ben.getByTestId('break-story-flash').isChecked()).toBe(true)
    await ben.getByTestId('break-story-cancel').click()
    await expect.poll(() => liveHeadlines(ben)).toEqual([])
  })

  test('the desk follows the other without asking when nothing happens', async () => {
    await newFlash(anna, {headline: 'Trains stand still', level: 'developing'})
    const item = liveItem(ben, 'Trains stand still')
    // What the change itself makes the desk ask is asked by then.
    await haveRead(item)
    const asked = questionsOf(ben)
    const left = () => item.getByTestId('desk-time-left').innerText()
    const first = await left()
    // Five seconds on the countdown, in which a desk that polls would have asked.
    await expect.poll(async () => seconds(first) - seconds(await left())).toBeGreaterThan(4)
    expect(asked).toEqual([])
    await newFlash(anna, {headline: 'Airport is closed'})
    await expect.poll(() => liveHeadlines(ben)).toEqual(['Airport is closed', 'Trains stand still'])
    expect(asked.length).toBeLessThan(8)
  })
})

describe('what partners were told', () => {
  test('stands on the desk while there is any, with what waits and why', async () => {
    expect(await ben.getByTestId('desk-deliveries').count()).toBe(0)
    await administrator
      .transaction()
      .create(
        delivery('told', {about: bridgeId, state: 'delivered', endedAt: at(-30_000), to: 'Radio'}),
      )
      .create(
        delivery('waits', {
          about: bridgeId,
          state: 'waiting',
          attempts: 3,
          failure: 'The answer was 503, and only 200 to 299 will do.',
          nextAttemptAt: at(3_600_000),
        }),
      )
      .commit()
    const deliveries = ben.getByTestId('desk-deliveries')
    await expect
      .poll(() => deliveries.innerText())
      .toMatch(
        /Partner[\s\S]*Withdrawal: Bridge has fallen[\s\S]*Waits after 3 attempts; the next is at \d\d:\d\d CES?T[\s\S]*The answer was 503/,
      )
    expect(await deliveries.innerText()).toMatch(
      /Radio[\s\S]*Delivered, (\d+ \w+ \d{4}, )?\d\d:\d\d CES?T/,
    )
    await ben.getByText('1 message waits.').waitFor()
  })
})

describe('what is planned', () => {
  test('is on every desk and nowhere else, until somebody starts it', async () => {
    await anna.getByTestId('desk-plan').click()
    await fillFlash(anna, {headline: 'Budget is out', level: 'breaking'})
    await anna.getByTestId('break-story-confirm').click()
    await anna.getByTestId('break-story').first().waitFor({state: 'detached'})
    const item = plannedItem(ben, 'Budget is out')
    await item.waitFor()
    expect(await item.innerText()).toMatch(
      /Breaking News[\s\S]*\d\d:\d\d CES?T to \d\d:\d\d CES?T[\s\S]*starts in/,
    )
    await docsPicture(ben, 'breaking-desk')
    await darkAndNarrow(ben)
    expect(await obstacles(ben, '[data-testid="breaking-desk"]')).toEqual([])
    expect(
      await (await fetch(`${newsroom.product.origin}/api/breaking.json`)).text(),
    ).not.toContain('Budget')
    await item.getByTestId('desk-start-now').click()
    await ben.frameLocator('[data-testid="start-now-banner-site"]').getByText('Budget').waitFor()
    await picture(ben, 'breaking-start-now')
    await ben.getByTestId('start-now-confirm').click()
    await liveItem(anna, 'Budget is out').waitFor()
    await expect.poll(() => plannedItem(anna, 'Budget is out').count()).toBe(0)
  })

  test('starts by itself when its time has come', async () => {
    await planAs(robot, {headline: 'Polls have closed', milliseconds: 3000})
    await plannedItem(ben, 'Polls have closed').waitFor()
    await liveItem(ben, 'Polls have closed').waitFor({timeout: 30_000})
    await expect
      .poll(async () => (await fetch(`${newsroom.product.origin}/api/breaking.json`)).text())
      .toContain('Polls have closed')
  })

  test('is given up with a reason', async () => {
    await planAs(robot, {headline: 'Verdict is in', milliseconds: 3_600_000})
    await plannedItem(ben, 'Verdict is in').getByTestId('desk-give-up').click()
    await ben.getByTestId('give-up-words').fill('The court has adjourned.')
    await ben.getByTestId('give-up-confirm').click()
    const past = pastItem(anna, 'Verdict is in')
    await past.waitFor()
    expect(await past.innerText()).toMatch(
      /Developing[\s\S]*planned, and given up by Ben Okri: The court has adjourned\./,
    )
  })

  test('a start that was typed is there again after a reload, as the words are', async () => {
    await anna.getByTestId('desk-plan').click()
    await fillFlash(anna, {headline: 'Parliament votes'})
    await anna.getByTestId('break-story-start-time').fill('2099-11-24T18:45')
    await anna.route('**/data/mutate/**', (route) => route.abort(), {times: 1})
    await anna.getByTestId('break-story-confirm').click()
    await anna.getByTestId('break-story-problem').getByText('nothing is planned').waitFor()
    await anna.reload()
    await anna.getByTestId('desk-plan').click()
    await anna.getByTestId('break-story-problem').getByText('nothing is planned').waitFor()
    expect(await anna.getByTestId('break-story-headline').inputValue()).toBe('Parliament votes')
    expect(await anna.getByTestId('break-story-start-time').inputValue()).toBe('2099-11-24T18:45')
    await anna.getByTestId('break-story-cancel').click()
  })
})

describe('around the desk', () => {
  test('an outage is said, and what happened meanwhile is there afterwards', async () => {
    await ben.context().setOffline(true)
    await ben.getByTestId('desk-offline').waitFor()
    await picture(ben, 'breaking-desk-offline')
    await newFlash(anna, {headline: 'Siren over the city'})
    await ben.context().setOffline(false)
    await ben.getByTestId('desk-offline').waitFor({state: 'detached'})
    await expect.poll(() => liveHeadlines(ben), {timeout: 30_000}).toContain('Siren over the city')
  })

  test('a step whose answer is lost has happened; one that never arrived says so', async () => {
    const extend = liveItem(ben, 'Siren over the city').getByTestId('desk-extend')
    const losing = async (route: Route) => {
      await route.fetch()
      await route.abort()
    }
    await ben.route('**/data/mutate/**', losing, {times: 1})
    await extend.click()
    await ben.getByText('“Siren over the city” stays 30 minutes longer.').first().waitFor()
    await ben.route('**/data/mutate/**', (route) => route.abort(), {times: 1})
    await extend.click()
    await ben.getByTestId('step-problem').first().waitFor()
    expect(await ben.getByTestId('problem-failed').innerText()).toContain('nothing was changed')
    await ben.getByTestId('step-problem-cancel').click()
    expect(await stepsOf(robot, 'Siren over the city')).toEqual(['start', 'extend'])
  })

  test('a lease opens by its address, and a story from the desk', async () => {
    const [id] = await robot.fetch<string[]>('*[headline == "Siren over the city"]._id')
    await editor.goto(`${newsroom.product.origin}/studio/intent/edit/id=${id};type=breakingNews`)
    await headlineField(editor).waitFor()
    expect(await headlineField(editor).inputValue()).toBe('Siren over the city')
    await openDesk(editor)
    await pastItem(editor, 'Harbour closed').getByRole('link', {name: kerry}).click()
    await headlineField(editor).waitFor()
    expect(await headlineField(editor).inputValue()).toBe(kerry)
  })

  test('no page asked for anything outside, nor for what is not there', async () => {
    expect(await newsroom.strayRequests()).toEqual({endpoints: [], outside: []})
  })
})

/** The same desk as it looks in the dark and in a narrow window. */
async function darkAndNarrow(page: Page): Promise<void> {
  await page.emulateMedia({colorScheme: 'dark'})
  await picture(page, 'breaking-desk-dark')
  await page.emulateMedia({colorScheme: 'light'})
  await page.setViewportSize({width: 390, height: 844})
  await page.getByRole('heading', {name: 'Breaking desk'}).waitFor()
  await picture(page, 'breaking-desk-narrow')
  const sideways = await page
    .getByTestId('breaking-desk')
    .evaluate((desk) => desk.scrollWidth - desk.clientWidth)
  expect(sideways).toBe(0)
  await page.setViewportSize({width: 1440, height: 900})
}
