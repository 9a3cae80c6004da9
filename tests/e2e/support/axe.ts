import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'

import type {Page} from 'playwright-core'

/** What axe finds that stands in somebody's way, in a part of the page. */
export async function obstacles(page: Page, selector: string): Promise<string[]> {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  await page.evaluate(await readFile(source, 'utf8'))
  return await page.evaluate<
    string[]
  >(`axe.run(${JSON.stringify(selector)}).then(({violations}) => violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => id + ': ' + nodes.map(({html}) => html).join(' ')))`)
}
