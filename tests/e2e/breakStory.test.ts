import type {SanityClient} from '@sanity/client'
import type {Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'

import {minute} from '../../editorial/time.ts'
import {obstacles} from './support/axe.ts'
import {publishAs} from './support/desk.ts'
import {paragraphs} from './support/newspaper.ts'
import {holdBack, loseAnswers} from './support/badConnection.ts'
import {kerry, openNewsroom, topic, type Newsroom} from './support/openNewsroom.ts'
import {docsPicture, picture} from './support/browser.ts'
import {moveInside, moveToForm, moveToStory} from './support/insideStudio.ts'
import {breakAs, endAll, endAs, later, liveLeases, putUpBy, untilOf} from './support/leases.ts'
import {sidewaysScroll} from './support/reading.ts'
import {chooseAction, refusedInMenu} from './support/studio.ts'

const persian = 'کری برای گفت‌وگو دربارهٔ سوریه به مسکو رفت'
const pier = 'Pier under water'

let newsroom: Newsroom
let administrator: SanityClient
let robot: SanityClient
let paula: Page
let edgar: Page
let reader: Page

beforeAll(async () => {
  newsroom = await openNewsroom({
    robot: 'publisher',
    documents: [
      topic('syria', 'Syria'),
      topic('flood', 'Floods'),
      {
        _id: 'drafts.persian',
        _type: 'article',
        headline: persian,
        language: 'fa',
      },
      {
        _id: 'drafts.pier',
        _type: 'article',
        headline: pier,
        slug: {_type: 'slug', current: 'pier'},
        language: 'en',
        byline: 'Olga Petrova',
        lede: paragraphs('The water stands at the second step.'),
      },
    ],
  })
  ;({administrator, robot} = newsroom)
  paula = await newsroom.newPerson('Paula Publisher', 'publisher')
  edgar = await newsroom.newPerson('Edgar Editor', 'editor')
  reader = await newsroom.newPage()
})

afterAll(() => newsroom.close())

afterEach(async () => {
  await paula.unrouteAll({behavior: 'ignoreErrors'})
})

describe('breaking a story', () => {
  test('the dialog shows the banner as the site then has it; a chip tells everybody', async () => {
    await moveToStory(paula, kerry)
    await chooseAction(paula, 'Break this story')
    const shown = bannerIn(paula, 'site')
    await expect.poll(() => shown.innerText()).toContain('Kerry in Moscow')
    await paula.getByTestId('break-story-headline').fill('Kerry <lands> in Moscow')
    await paula.getByTestId('break-story-flash').check()
    await paula.getByLabel('Syria').check()
    await expect.poll(() => shown.innerText()).toContain('Kerry <lands> in Moscow')
    await expect.poll(() => shown.getAttribute('class')).toBe('banner banner-flash')
    expect(await paula.getByTestId('break-story-end').innerText()).toMatch(/at \d\d:\d\d CES?T/)
    await inBothModes(paula, 'breaking-dialog', '[data-testid="break-story"]')
    const before = {html: await htmlOf(shown), colours: await coloursOf(shown)}

    await paula.getByTestId('break-story-confirm').click()
    await paula.getByTestId('break-story').first().waitFor({state: 'detached'})
    await reader.goto(newsroom.product.origin)
    const read = reader.locator('#breaking .banner')
    expect({html: await htmlOf(read), colours: await coloursOf(read)}).toEqual(before)
    const [lease] = await liveLeases(administrator)
    expect(lease?.topics?.map(({_ref}) => _ref)).toEqual(['syria'])
    await chipOf(edgar).waitFor()
    expect(await chipOf(edgar).innerText()).toBe('FLASH · 30 min')
    await inBothModes(edgar, 'breaking-chip', '[data-testid="breaking-chip"]')
    await edgar.setViewportSize({width: 360, height: 740})
    await chipOf(edgar).waitFor()
    expect(await sidewaysScroll(edgar)).toBe(0)
    await picture(edgar, 'breaking-chip-narrow')
    await edgar.setViewportSize({width: 1440, height: 1000})
  })

  test('an editor is told why not; a story that is up is extended in one click', async () => {
    await moveToStory(edgar, kerry)
    await refusedInMenu(
      edgar,
      'Break this story',
      /^You cannot break a story: that takes the role publisher, and yours is editor/,
    )
    await refusedInMenu(
      paula,
      'Break this story',
      /^This story is up as “Flash” until \d\d:\d\d CES?T\. Extend that/,
    )
    const [before] = await liveLeases(administrator)
    await chooseAction(paula, 'Extend 30 min')
    await expect
      .poll(() => untilOf(administrator, before?._id ?? ''))
      .toBe(later(before?.until ?? '', 30))
    await expect.poll(() => chipOf(edgar).innerText()).toBe('FLASH · 60 min')
  })

  test('while something is live it asks: extend or add? Who did what meanwhile is said', async () => {
    await openDraft()
    await chooseAction(paula, 'Break this story')
    const dialog = paula.getByTestId('break-story').first()
    await dialog.getByTestId('break-story-live').getByText('Kerry <lands> in Moscow').waitFor()
    expect(await paula.getByTestId('break-story-reason').innerText()).toMatch(/^Say whether/)
    await paula.getByTestId('break-story-add').check()
    await paula.getByTestId('break-story-developing').check()
    await dialog.getByTestId('break-story-above').getByText('“Kerry <lands> in Moscow”').waitFor()

    await breakAs(robot, {leaseId: 'harbour', headline: 'Harbour closed', minutes: 40})
    await dialog
      .getByTestId('break-story-meanwhile')
      .getByText(
        /^“Harbour closed”: .+ put it before readers until \d\d:\d\d CES?T a moment ago\.$/,
      )
      .waitFor()
    expect(await paula.getByTestId('break-story-developing').isChecked()).toBe(true)
    expect(await paula.getByTestId('break-story-reason').innerText()).toMatch(/^Say whether/)
    await inBothModes(paula, 'breaking-extend-or-add', '[data-testid="break-story"]')
    await paula.getByTestId('break-story-extend-harbour').check()
    const until = await untilOf(administrator, 'harbour')
    await paula.getByRole('button', {name: 'Extend 30 min'}).click()
    await dialog.waitFor({state: 'detached'})
    expect(await untilOf(administrator, 'harbour')).toBe(later(until, 30))
    await expect.poll(() => chipOf(edgar).innerText()).toMatch(/^FLASH · \d\d min\s*\+1$/)
  })

  test('somebody is faster by a moment: nothing is sent, and what was typed is confirmed again', async () => {
    await breakAs(robot, {leaseId: 'quay', headline: 'Quay closed', minutes: 40})
    const before = (await liveLeases(administrator)).map(({_id}) => _id)
    await openDraft()
    await chooseAction(paula, 'Break this story')
    await paula.getByTestId('break-story-add').check()
    await paula.getByTestId('break-story-developing').check()
    const letThrough = await holdBack(paula, 'newsroom.breakingDesk', 'data/query')
    await endAs(robot, 'quay')
    await paula.getByTestId('break-story-confirm').click()
    await paula
      .getByTestId('break-story-problem')
      .getByText(/at the same moment/)
      .waitFor()
    expect((await liveLeases(administrator)).map(({_id}) => _id)).toEqual(
      before.filter((id) => id !== 'quay'),
    )
    await letThrough()
    await paula
      .getByTestId('break-story-meanwhile')
      .getByText(/^“Quay closed”.*ended it/)
      .waitFor()
    expect(await paula.getByTestId('break-story-developing').isChecked()).toBe(true)
    await paula.getByRole('button', {name: 'Cancel'}).click()
  })

  test('the story’s own language, a double click, a lost answer and a retry: one banner', async () => {
    await openDraft()
    await chooseAction(paula, 'Break this story')
    await paula.getByTestId('break-story-add').check()
    const ofStory = bannerIn(paula, 'story')
    await expect.poll(() => ofStory.locator('.banner-label').innerText()).toBe('خبر فوری')
    expect(await ofStory.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    expect(await bannerIn(paula, 'site').locator('.banner-label').innerText()).toMatch(/breaking/i)
    expect(await ofStory.locator('a').getAttribute('href')).toBe(null)
    const notLive = paula.getByTestId('break-story-not-live')
    await expect
      .poll(() => notLive.innerText())
      .toMatch(
        /^Readers cannot open this story yet[\s\S]*Before it can be published:[\s\S]*Generate the address/,
      )
    await picture(paula, 'breaking-persian')
    await administrator
      .patch('drafts.persian')
      .set({embargoUntil: '2099-01-01T00:00:00.000Z'})
      .commit()
    await expect
      .poll(() => paula.getByTestId('break-story-reason').allInnerTexts())
      .toEqual([expect.stringMatching(/^This story is under embargo until 1 Jan 2099/)])
    await administrator.patch('drafts.persian').unset(['embargoUntil']).commit()
    await expect.poll(() => paula.getByTestId('break-story-reason').count()).toBe(0)

    const answersCome = await loseAnswers(paula)
    await paula.getByTestId('break-story-confirm').evaluate((button) => {
      if (!(button instanceof HTMLElement)) return
      button.click()
      button.click()
    })
    await paula
      .getByTestId('break-story-problem')
      .getByText(/^No answer came back/)
      .waitFor()
    expect(await paula.getByTestId('break-story-headline').inputValue()).toBe(persian)
    await picture(paula, 'breaking-no-answer')
    // The desk would tell by itself, and so would the lake when it is asked; here it is tried again before they do.
    const deskTells = await holdBack(paula, 'newsroom.breakingDesk', 'data/query')
    const lakeTells = await holdBack(paula, '', 'data/doc')
    await answersCome()
    const sentAgain = paula.waitForResponse('**/data/mutate/**')
    await paula.getByRole('button', {name: 'Try again'}).click()
    expect((await sentAgain).status()).toBe(409)
    await lakeTells()
    await paula.getByTestId('break-story-up').getByText('It is live').waitFor()
    await deskTells()
    await picture(paula, 'breaking-it-is-live')
    expect(
      (await liveLeases(administrator)).filter(({headline}) => headline === persian),
    ).toHaveLength(1)
    await paula.getByRole('button', {name: 'Close', exact: true}).click()
    await endAll(robot)
  })

  test('a reload after a lost answer goes on with the same key', async () => {
    await endAll(robot)
    await chipOf(paula).waitFor({state: 'detached'})
    await openDraft()
    await chooseAction(paula, 'Break this story')
    await expect.poll(() => paula.getByTestId('break-story-headline').inputValue()).toBe(persian)
    await paula.getByTestId('break-story-headline').fill('One banner')
    const answersCome = await loseAnswers(paula)
    await paula.getByTestId('break-story-confirm').click()
    await paula.getByTestId('break-story-problem').waitFor()
    await paula.goto('about:blank')
    await answersCome()
    await endAll(robot)
    await paula.goto(`${newsroom.product.origin}/studio`)
    await openDraft()
    await chooseAction(paula, 'Break this story')
    await paula.getByTestId('break-story-up').getByText('It was live').waitFor()
    await paula.getByRole('button', {name: 'Close', exact: true}).click()
    const all = await administrator.fetch<string[]>('*[headline == "One banner"]._id')
    expect(all).toHaveLength(1)
  })

  test('published while the dialog is open, the banner leads to it; a change that waits is named', async () => {
    await moveToForm(paula, 'pier', pier)
    await chooseAction(paula, 'Break this story')
    const link = bannerIn(paula, 'site').locator('a')
    await paula.getByTestId('break-story-not-live').waitFor()
    expect(await link.getAttribute('href')).toBe(null)
    await publishAs(administrator, 'pier')
    await paula.getByTestId('break-story-not-live').waitFor({state: 'detached'})
    await expect.poll(() => link.getAttribute('href')).toMatch(/\/a\/pier$/)
    const waits = paula.getByTestId('break-story-change-waits')
    expect(await waits.count()).toBe(0)
    const live = await administrator.getDocument('pier')
    await administrator.create({...live, _id: 'drafts.pier', _type: 'article', headline: 'Dry'})
    await waits.getByText('as readers have it now').waitFor()
    await paula.getByRole('button', {name: 'Cancel'}).click()
    await moveToForm(paula, 'persian', persian)
  })

  test('the open menu stays as it is when the banner ends: no other line comes under the pointer', async () => {
    const story = {_id: 'persian', slug: undefined, language: 'fa'}
    await breakAs(robot, {leaseId: 'own', headline: 'Own', minutes: 30, story})
    await paula.getByTestId('action-menu-button').click()
    const extend = paula.getByRole('menuitem', {name: 'Extend 30 min'})
    await expect.poll(() => extend.isEnabled()).toBe(true)
    const lines = () => paula.getByRole('menuitem').evaluateAll(testIdsOf)
    const before = await lines()
    await endAs(robot, 'own')
    await expect.poll(() => extend.isDisabled()).toBe(true)
    expect(await lines()).toEqual(before)
    await paula.keyboard.press('Escape')
  })
})

describe('before the end', () => {
  test('the owner is asked once, wherever they are, and extends in one click', async () => {
    await moveInside(paula, '/vision')
    const notice = paula.getByTestId('ending-notice')
    await putUpBy(paula, newsroom, {leaseId: 'bridge', headline: 'Bridge closed', secondsLeft: 606})
    await notice.getByText('“Bridge closed”').waitFor()
    const until = await untilOf(administrator, 'bridge')
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until) - 10 * minute)
    await inBothModes(paula, 'breaking-notice', '[data-testid="ending-notice"]')
    expect(await edgar.getByTestId('ending-notice').count()).toBe(0)
    await notice.getByRole('button', {name: 'Extend 30 min'}).click()
    await notice.waitFor({state: 'detached'})
    expect(await untilOf(administrator, 'bridge')).toBe(later(until, 30))
    await endAll(robot)
  })

  test('“Let it end” stays said after a reload', async () => {
    const notice = paula.getByTestId('ending-notice')
    await putUpBy(paula, newsroom, {leaseId: 'tunnel', headline: 'Tunnel closed', secondsLeft: 540})
    await notice.getByRole('button', {name: 'Let it end'}).click()
    await notice.waitFor({state: 'detached'})
    await paula.reload()
    await chipOf(paula).waitFor()
    expect(await notice.count()).toBe(0)
    await endAll(robot)
    await chipOf(paula).waitFor({state: 'detached'})
  })

  test('the chip tells the last minute and goes at the end', async () => {
    await putUpBy(paula, newsroom, {leaseId: 'ferry', headline: 'Ferry sunk', secondsLeft: 15})
    await chipOf(paula).waitFor()
    expect(await chipOf(paula).innerText()).toBe('BREAKING · 1 min')
    await chipOf(paula).waitFor({state: 'detached'})
    const until = await untilOf(administrator, 'ferry')
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until))
  })

  test('nothing was asked for that is not there, nor of any other machine', async () => {
    expect(await newsroom.strayRequests()).toEqual({endpoints: [], outside: []})
  })
})

function testIdsOf(elements: Element[]): (string | null)[] {
  return elements.map((element) => element.getAttribute('data-testid'))
}

function chipOf(page: Page) {
  return page.getByTestId('breaking-chip')
}

function openDraft(): Promise<void> {
  return moveToForm(paula, 'persian', persian)
}

function bannerIn(page: Page, place: 'site' | 'story') {
  return page.frameLocator(`[data-testid="break-story-banner-${place}"]`).locator('.banner')
}

/** The banner's HTML; times of the minute between two looks left out. */
function htmlOf(banner: ReturnType<typeof bannerIn>): Promise<string> {
  return banner.evaluate((element) =>
    element.outerHTML.replace(/(data-until|datetime|title)="[^"]*"/g, '$1=""').replace(/\s+/g, ' '),
  )
}

function coloursOf(banner: ReturnType<typeof bannerIn>): Promise<string[]> {
  return banner.evaluate((element) =>
    [element, ...element.querySelectorAll('p, a, span, time')].map((part) => {
      const {color, backgroundColor, fontFamily, fontWeight, fontSize} = getComputedStyle(part)
      return [part.className, color, backgroundColor, fontFamily, fontWeight, fontSize].join(' ')
    }),
  )
}

/** Pictures by day and by night, and nothing that stands in anybody's way. */
async function inBothModes(page: Page, name: string, part: string): Promise<void> {
  await docsPicture(page, name)
  expect(await obstacles(page, part)).toEqual([])
  await page.emulateMedia({colorScheme: 'dark'})
  await picture(page, `${name}-dark`)
  await page.emulateMedia({colorScheme: 'light'})
}
