import {mkdirSync} from 'node:fs'
import {join} from 'node:path'

import {chromium, type Browser, type BrowserContext, type Page} from 'playwright-core'

import sharp from 'sharp'

import {findBrowser} from '../../../scripts/product/browser.ts'

const documentation = join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures')
const results = join(import.meta.dirname, '..', '..', '..', 'test-results')

/** Milliseconds that something may take to come on a machine that is busy with other tests. */
const patience = 60_000

export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) {
    throw new Error('There is no Chromium. `npm test` installs one, or set CHROME_PATH.')
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--force-prefers-reduced-motion',
    ],
  })
  browser.on('context', (context) => context.setDefaultTimeout(patience))
  return browser
}

/** Writes down every address outside this machine that a page of the context asks for. */
export function watchOutside(context: BrowserContext): string[] {
  const outside: string[] = []
  context.on('request', (request) => {
    const {protocol, hostname} = new URL(request.url())
    const local = hostname === 'localhost' || hostname.endsWith('.localhost')
    if (protocol.startsWith('http') && !local) outside.push(request.url())
  })
  return outside
}

/** Signs in as a person does: opens the printed link and presses the button. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', {name: /sign in/i}).click()
  await page.waitForURL(/\/studio/)
}

/**
 * A picture for the documentation: kept in `test-results/` as all are, and written to `docs/pictures/` when
 * `DATELINE_PICTURES` is `docs`, so that a run of the tests makes the documentation's pictures anew.
 */
export async function docsPicture(page: Page, name: string): Promise<void> {
  await picture(page, name)
  if (process.env['DATELINE_PICTURES'] !== 'docs') return
  await sharp(join(results, `${name}.png`))
    .png({palette: true, colours: 128, effort: 10})
    .toFile(join(documentation, `${name}.png`))
}

/** Keeps a picture in `test-results/` for people to look at. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(results, {recursive: true})
  // As it looks once it has come to rest.
  await page.screenshot({path: join(results, `${name}.png`), fullPage, animations: 'disabled'})
}
