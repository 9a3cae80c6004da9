import type {SanityClient} from '@sanity/client'
import type {Browser, BrowserContext, Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'

import {openBrowser, picture, watchOutside} from '../support/browser.ts'
import {
  administrator,
  endLease,
  kerrySlug,
  makeLease,
  minutesAgo,
  publishNewspaper,
} from '../support/newspaper.ts'
import {startProduct, type RunningProduct} from '../support/product.ts'
import {
  charactersALine,
  focused,
  seriousViolations,
  shiftsOf,
  sidewaysScroll,
  transferredBy,
  watchShifts,
} from '../support/reading.ts'
import {worstHeadline, worstSlug} from '../support/worstStory.ts'

const pages = [
  ['front', '/'],
  ['kerry', `/a/${kerrySlug}`],
  ['worst', `/a/${worstSlug}`],
] as const
const states = [
  ['missing', '/a/nobody-wrote-this'],
  ['gone', '/a/gone'],
] as const
const widths = [360, 768, 1440] as const
const schemes = ['light', 'dark'] as const

/** The longest that a banner may be. */
const longHeadline =
  'Harbour reopens: eleven ships brought in before dawn while pilots protest and the mayor sleeps on…!'

let product: RunningProduct
let client: SanityClient
let browser: Browser
let context: BrowserContext
let page: Page
const outside: (readonly string[])[] = []

beforeAll(async () => {
  product = await startProduct()
  client = await administrator(product)
  browser = await openBrowser()
  await publishNewspaper(client)
  await client.create({
    _id: 'gone',
    _type: 'article',
    slug: {_type: 'slug', current: 'gone'},
    language: 'en',
    killed: {at: minutesAgo(3), notice: 'The story named a child. We should not have done that.'},
  })
  await makeLease(client, 'lease', {headline: longHeadline, article: 'harbour'})
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

beforeEach(async () => {
  context = await browser.newContext({viewport: {width: 1440, height: 900}})
  outside.push(watchOutside(context))
  page = await context.newPage()
})
afterEach(async () => {
  await context.close()
})

/** Opens a page as a reader sees it once fonts and pictures have come, down to its foot. */
async function open(path: string): Promise<void> {
  await page.goto(`${product.origin}${path}`, {waitUntil: 'load'})
  await page.evaluate(async () => {
    await document.fonts.ready
    const pictures = [...document.querySelectorAll('img')]
    for (const one of pictures) one.loading = 'eager'
    await Promise.all(pictures.map((one) => one.decode()))
  })
}

describe.each([...pages, ...states])('the page “%s”', (name, path) => {
  test('stands at every width, light, dark and on paper, and can be read by everyone', async () => {
    const wrong: string[] = []
    for (const width of widths) {
      await page.setViewportSize({width, height: 900})
      for (const colorScheme of schemes) {
        await page.emulateMedia({media: 'screen', colorScheme})
        await open(path)
        await picture(page, `site-${name}-${width}-${colorScheme}`, true)
        wrong.push(...(await seriousViolations(page)))
      }
      await page.emulateMedia({media: 'print', colorScheme: 'light'})
      await picture(page, `site-${name}-${width}-print`, true)
    }
    expect(wrong).toEqual([])
  })

  test('scrolls only down at 320 pixels and at 200 % zoom, and cuts no banner off', async () => {
    for (const width of [320, 640]) {
      await page.setViewportSize({width, height: 450})
      await open(path)
      const banner = page.locator('.banner p')
      expect({
        sideways: await sidewaysScroll(page),
        hidden: await banner.evaluate((line) => line.scrollHeight - line.clientHeight),
      }).toEqual({sideways: 0, hidden: 0})
    }
  })

  test('moves nothing while it loads, nor when breaking news comes and goes', async () => {
    await watchShifts(page)
    for (const width of [360, 1440]) {
      await page.setViewportSize({width, height: 900})
      await open(path)
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      const banner = page.locator('.banner')
      await endLease(client, 'lease')
      await banner.waitFor({state: 'detached'})
      await page.evaluate(() => scrollTo(0, 0))
      await makeLease(client, 'lease', {headline: longHeadline, article: 'harbour'})
      await banner.waitFor()
      expect(await shiftsOf(page)).toEqual([])
    }
  })

  test('says who it is to those who cannot see it, and has one heading of the first level', async () => {
    await open(path)
    const count = async (role: 'banner' | 'main' | 'contentinfo') =>
      await page.getByRole(role).count()
    expect({
      banner: await count('banner'),
      main: await count('main'),
      contentinfo: await count('contentinfo'),
      headings: await page.getByRole('heading', {level: 1}).count(),
    }).toEqual({banner: 1, main: 1, contentinfo: 1, headings: 1})
  })

  test('can be walked through by keyboard, with the focus in sight', async () => {
    await open(path)
    await page.keyboard.press('Tab')
    const first = await focused(page)
    expect(first).toMatchObject({ring: true, inView: true})
    expect(first?.words).toBe(await page.locator('.skip').innerText())
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')

    const stops = await page.locator('main a[href]').count()
    const unseen: unknown[] = []
    for (let stop = 0; stop < stops; stop += 1) {
      await page.keyboard.press('Tab')
      const now = await focused(page)
      if (!now?.ring || !now.inView) unseen.push(now)
    }
    expect(unseen).toEqual([])
  })
})

describe.each(pages)('the page “%s”, opened for the first time,', (_name, path) => {
  test('is under 60 kB without pictures; another alphabet beside Latin brings its own fonts', async () => {
    const sum = await transferredBy(page, `${product.origin}${path}`)
    expect(sum.page).toBeLessThan(20_000)
    expect(sum.latinFonts).toBeGreaterThan(0)
    expect(sum.page + sum.latinFonts).toBeLessThan(60_000)
    // Russian and Ukrainian headlines stand on the front page only.
    expect(sum.otherFonts > 0).toBe(path === '/')
    expect(sum.otherFonts).toBeLessThan(40_000)
  })
})

describe('a story', () => {
  test('is set in a readable measure on every screen that has room for it', async () => {
    for (const width of [768, 1440]) {
      await page.setViewportSize({width, height: 900})
      await open(`/a/${kerrySlug}`)
      const paragraph = page.locator('.story-text p').first()
      const {size, leading} = await paragraph.evaluate((element) => {
        const {fontSize, lineHeight} = getComputedStyle(element)
        return {
          size: Number.parseFloat(fontSize),
          leading: Number.parseFloat(lineHeight) / Number.parseFloat(fontSize),
        }
      })
      const measure = await charactersALine(page, '.story-text p')
      expect(measure).toBeGreaterThanOrEqual(60)
      expect(measure).toBeLessThanOrEqual(75)
      expect([18, 20]).toContain(size)
      expect(leading).toBeCloseTo(1.55)
    }
  })

  test('in Persian stands from right to left, whatever it quotes', async () => {
    await open(`/a/${worstSlug}`)
    expect(await page.getByRole('heading', {level: 1}).innerText()).toBe(worstHeadline)
    const sides = await page.evaluate(() => {
      const side = (selector: string) => {
        const box = document.querySelector(selector)?.getBoundingClientRect()
        const story = document.querySelector('.story')?.getBoundingClientRect()
        return box && story && Math.round(story.right - box.right)
      }
      return {
        document: document.documentElement.dir,
        label: side('.label'),
        byline: side('.byline'),
        correction: side('.correction'),
        related: document.querySelector('.related li')?.getAttribute('dir'),
      }
    })
    expect(sides).toEqual({
      document: 'rtl',
      label: 0,
      byline: 0,
      correction: 0,
      related: 'ltr',
    })
    expect(await page.locator('.story-head ~ .correction').count()).toBe(2)
    expect(await page.locator('.corrections .correction').count()).toBe(3)
  })

  test('says where a picture is missing, with its caption and credit in one line', async () => {
    await open(`/a/${worstSlug}`)
    const lead = page.locator('.story > .figure')
    expect(await lead.locator('.picture-missing').innerText()).toBe('عکس موجود نیست')
    expect(await lead.locator('figcaption').innerText()).toBe(
      'نمایندگان دوازده کشور در نشست پایانی ژنو، شامگاه دوشنبه. عکس آرشیوی. عکس: خبرگزاری بندر',
    )
  })
})

describe('the front page', () => {
  test('has the lead with its picture, three beside it, and the rest as a list', async () => {
    await open('/')
    const boxes = await page.evaluate(() => {
      const box = (selector: string) => {
        const found = document.querySelector(selector)?.getBoundingClientRect()
        if (!found) throw new Error(`There is no ${selector}.`)
        return found
      }
      const [lead, shown, beside, rest] = ['.lead', '.lead img', '.beside', '.rest'].map(box)
      return {
        leadIsFirst: lead && beside && lead.right < beside.left,
        leadIsLarge: lead && beside && lead.width > 1.5 * beside.width,
        pictureFillsIt: lead && shown && Math.round(shown.width) === Math.round(lead.width),
        restIsBelow: lead && rest && rest.top > lead.bottom,
        beside: document.querySelectorAll('.beside > article').length,
        rest: document.querySelectorAll('.rest li').length,
      }
    })
    expect(boxes).toEqual({
      leadIsFirst: true,
      leadIsLarge: true,
      pictureFillsIt: true,
      restIsBelow: true,
      beside: 3,
      rest: 9,
    })
  })

  test('tells recent times as ages, with the full time in the newsroom’s zone for those who ask', async () => {
    await open('/')
    const time = page.locator('.lead .card-time time')
    expect(await time.innerText()).toMatch(/^\d+ min ago$/)
    const {timeZone} = Intl.DateTimeFormat().resolvedOptions()
    const at = new Date((await time.getAttribute('datetime')) ?? '')
    const day = at.toLocaleString('en-GB', {timeZone, dateStyle: 'long'})
    const clock = at.toLocaleString('en-GB', {timeZone, timeStyle: 'short'})
    expect(await time.getAttribute('title')).toMatch(new RegExp(`^${day} at ${clock} \\S+$`))
  })
})

describe('an open page', () => {
  test('takes the label of a story back when its lease is over', async () => {
    for (const path of ['/', '/a/harbour']) {
      await open(path)
      const label = page.locator('.label-breaking')
      await label.waitFor()
      await endLease(client, 'lease')
      await label.waitFor({state: 'hidden'})
      expect(await label.count()).toBe(1)
      await makeLease(client, 'lease', {headline: longHeadline, article: 'harbour'})
      await label.waitFor()
    }
  })
})

describe('without a script', () => {
  test('news and breaking news are there, and links lead on', async () => {
    const plain = await browser.newContext({javaScriptEnabled: false})
    const reader = await plain.newPage()
    await reader.goto(product.origin)
    expect(await reader.locator('.banner-text').innerText()).toBe(longHeadline)
    await reader.locator('.lead h2 a').click()
    const headline = 'Harbour reopens after the longest night in its history'
    expect(await reader.getByRole('heading', {level: 1}).innerText()).toBe(headline)
    expect(await reader.locator('.banner-text').innerText()).toBe(longHeadline)
    await reader.locator('.masthead a').click()
    expect(new URL(reader.url()).pathname).toBe('/')
    await plain.close()
  })
})

describe('a reader’s wishes', () => {
  const pulsing = () =>
    page.evaluate(
      () => document.getAnimations().filter(({playState}) => playState === 'running').length,
    )

  test('the dot of breaking news pulses, and rests for those who want no motion', async () => {
    await page.emulateMedia({reducedMotion: 'no-preference'})
    await open('/')
    // In the banner and over the lead story.
    expect(await pulsing()).toBe(2)
    await page.emulateMedia({reducedMotion: 'reduce'})
    await expect.poll(pulsing).toBe(0)
  })

  test('a page that is offline says so, from when it is, and is quiet again afterwards', async () => {
    await open('/')
    await context.setOffline(true)
    const note = page.locator('.offline')
    await note.waitFor()
    expect(await note.innerText()).toMatch(
      /^You are offline\. This is the page as it was at \d\d:\d\d \S+\. Try again$/,
    )
    await picture(page, 'site-offline')
    await context.setOffline(false)
    await note.waitFor({state: 'hidden'})
  })
})

test('a flash without a story interrupts, a withdrawal says so, and a newsroom may be empty', async () => {
  await client.delete('lease')
  await makeLease(client, 'flash', {headline: 'Harbour closed', level: 'flash'})
  await open('/')
  expect(await page.getByRole('alert').innerText()).toMatch(
    /^Flash\s+Harbour closed · (now|1 min ago)$/i,
  )
  await client
    .patch('flash')
    .set({withdrawn: {at: minutesAgo(0), sentence: 'The harbour is open.'}})
    .commit()
  await page.locator('.banner-withdrawal').waitFor()
  expect(await page.locator('#breaking [role=status]').innerText()).toMatch(
    /^Withdrawn:\s+The harbour is open\. · now$/i,
  )
  await picture(page, 'site-withdrawal')

  await client.delete({query: '*[_type == "article"]'})
  await open('/')
  expect(await page.getByRole('heading', {level: 1}).innerText()).toBe(
    'Nothing has been published yet',
  )
  await picture(page, 'site-empty')
})

test('nothing outside this machine was asked for', () => {
  expect(outside.length).toBeGreaterThan(0)
  expect(outside.flat()).toEqual([])
})
