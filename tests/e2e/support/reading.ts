import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'

import type {Page} from 'playwright-core'
import {z} from 'zod'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

const violations = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({target: z.array(z.unknown()), failureSummary: z.string()})),
  }),
)

/** What axe finds that is serious or critical, each with where and why. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const found = violations.parse(
    await page.evaluate('axe.run(document).then(({violations}) => violations)'),
  )
  return found
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, nodes}) =>
      nodes.map(({target, failureSummary}) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
}

/** How many pixels the page can be scrolled sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

/** Begins to add up what moves on pages opened from now on (Layout Instability, `layout-shift`). */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = []
    Reflect.set(window, 'shifts', shifts)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry.toJSON()))
    }).observe({type: 'layout-shift', buffered: true})
  })
}

/** Everything that has moved, after a frame in which it would have been told. */
export async function shiftsOf(page: Page): Promise<unknown> {
  return await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => resolve(Reflect.get(window, 'shifts'))),
        )
      }),
  )
}

export type Transferred = {
  /** The page with its stylesheet and scripts. */
  page: number
  /** By the alphabet that they hold. */
  latinFonts: number
  otherFonts: number
  pictures: number
}

const received = z.object({requestId: z.string(), response: z.object({url: z.string()})})
const finished = z.object({requestId: z.string(), encodedDataLength: z.number()})

/** Bytes over the wire, packed as they come and with their headers, of a page opened for the first time. */
export async function transferredBy(page: Page, address: string): Promise<Transferred> {
  const sum: Transferred = {page: 0, latinFonts: 0, otherFonts: 0, pictures: 0}
  const network = await page.context().newCDPSession(page)
  const paths = new Map<string, string>()
  await network.send('Network.enable')
  network.on('Network.responseReceived', (event) => {
    const {requestId, response} = received.parse(event)
    paths.set(requestId, new URL(response.url).pathname)
  })
  network.on('Network.loadingFinished', (event) => {
    const {requestId, encodedDataLength} = finished.parse(event)
    sum[kindOf(paths.get(requestId) ?? '')] += encodedDataLength
  })
  await page.goto(address, {waitUntil: 'load'})
  await page.evaluate(async () => {
    await document.fonts.ready
    // The worker loads its script outside the page; asked for by the page it is counted.
    const worker = document.getElementById('live-script')?.dataset['worker'] ?? ''
    await (await fetch(worker)).text()
  })
  await network.detach()
  return sum
}

function kindOf(path: string): keyof Transferred {
  if (path.startsWith('/assets/fonts/')) {
    return /-(basic|latin)-/.test(path) ? 'latinFonts' : 'otherFonts'
  }
  return path.startsWith('/images/') ? 'pictures' : 'page'
}

/** How many characters a full line of the page's paragraphs holds, on average. */
export async function charactersALine(page: Page, paragraphs: string): Promise<number> {
  return await page.evaluate((selector) => {
    let characters = 0
    let width = 0
    let column = 0
    for (const paragraph of document.querySelectorAll(selector)) {
      const range = document.createRange()
      range.selectNodeContents(paragraph)
      for (const line of range.getClientRects()) width += line.width
      characters += range.toString().length
      column = Math.max(column, paragraph.getBoundingClientRect().width)
    }
    return (characters / width) * column
  }, paragraphs)
}

/** What has the focus, and whether it can be seen to have it. */
export async function focused(page: Page) {
  return await page.evaluate(() => {
    const element = document.activeElement
    if (!element) return undefined
    const {outlineStyle, outlineWidth} = getComputedStyle(element)
    const {top, bottom, left, right} = element.getBoundingClientRect()
    return {
      words: element.textContent.replace(/\s+/g, ' ').trim(),
      ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      inView: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
    }
  })
}
