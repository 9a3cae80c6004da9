import type {SanityClient} from '@sanity/client'
import type {Browser, Locator, Page} from 'playwright-core'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {stages, type Stage} from '../../editorial/documents.ts'
import {roleNames, type RoleName} from '../../editorial/roles.ts'
import {workflowActions, type WorkflowAction} from '../../editorial/workflow.ts'
import {isStoryStep, wordsOf} from '../../studio/workflow/storySteps.ts'
import {attempt, later, type Attempt} from '../editorial/cells.ts'
import {writeStoryAt} from '../editorial/storiesAtStages.ts'
import {openBrowser, signIn} from './support/browser.ts'
import {startProduct, type RunningProduct} from './support/product.ts'
import {headlineField} from './support/studio.ts'

let product: RunningProduct
let browser: Browser
const clients = new Map<RoleName, SanityClient>()

beforeAll(async () => {
  product = await startProduct()
  for (const role of roleNames) clients.set(role, await product.clientFor(role))
  for (const stage of stages) {
    await writeStoryAt(clientOf('administrator'), stage, {
      id: `read-${stage}`,
      headline: headlineAt(stage),
      publishAt: later,
    })
  }
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await product.stop()
})

function clientOf(role: RoleName): SanityClient {
  const client = clients.get(role)
  if (client === undefined) throw new Error(`There is no client for ${role}.`)
  return client
}

function headlineAt(stage: Stage): string {
  return `A story that is ${stage}`
}

/** What somebody finds on the form of a story: each button by its words, with the reason why it cannot be pressed. */
type Buttons = Map<string, true | string>

/** A step's answer: it can be taken, or the sentence why not; undefined when there is no button for it. */
type Shown = true | string | undefined

async function buttonsOf(page: Page, stage: Stage): Promise<Buttons> {
  const footer = page.getByTestId('pane-footer').first()
  const menu = footer.getByTestId('action-menu-button')
  const primary = footer
    .locator('[data-testid^="action-"]:not([data-testid="action-menu-button"])')
    .first()
  await expect.poll(() => primary.innerText()).not.toMatch(/Loading|One moment|^$/)
  const buttons: Buttons = new Map()
  await read(page, buttons, primary)
  await menu.click()
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  for (const step of workflowActions.filter(isStoryStep)) {
    // The Studio's own name for the item: what is read out has the shortcut's keys in it, too.
    const item = page.getByTestId(`action-${wordsOf(step, stage).label.replace(' ', '')}`)
    const inMenu = item.and(items)
    if ((await inMenu.count()) > 0) await read(page, buttons, inMenu)
  }
  // In the form's margin, where a click does nothing but close the menu.
  await page
    .getByTestId('document-panel-scroller')
    .first()
    .click({position: {x: 8, y: 8}})
  await items.first().waitFor({state: 'hidden'})
  return buttons
}

async function read(page: Page, buttons: Buttons, button: Locator): Promise<void> {
  const [label = ''] = (await button.innerText()).split('\n')
  buttons.set(label, (await button.isEnabled()) || (await reasonOf(page, button)))
}

/** What a button that cannot be pressed says to whoever points at it. */
async function reasonOf(page: Page, button: Locator): Promise<string> {
  const reasons = page.locator('[data-ui="Tooltip__card"]').filter({visible: true})
  await page.mouse.move(0, 0)
  await expect.poll(() => reasons.count()).toBe(0)
  await expect
    .poll(async () => {
      await button.hover({force: true})
      return await reasons.count()
    })
    .toBe(1)
  return await reasons.innerText()
}

/** Whether somebody can be assigned, as the inspector says it. */
async function assignmentOf(page: Page): Promise<true | string> {
  const form = page.getByTestId('assignment')
  if (!(await form.isVisible()))
    await page.getByRole('button', {name: 'Assignment'}).first().click()
  const person = form.getByRole('combobox')
  await person.waitFor()
  if (await person.isEnabled()) return true
  const confirm = form.getByTestId('assignment-confirm')
  const id = await confirm.getAttribute('aria-describedby')
  return await form.locator(`[id="${id}"]`).innerText()
}

/** What somebody of a role finds on the forms of all stages. */
async function readAs(role: RoleName): Promise<Map<Stage, (action: WorkflowAction) => Shown>> {
  const page = await browser.newPage({viewport: {width: 1600, height: 900}})
  await signIn(page, await product.signInLinkFor(`Somebody as ${role}`, role))
  await page.goto(`${product.origin}/studio/structure/stories`)
  const list = page.getByTestId('document-list-pane')
  const found = new Map<Stage, (action: WorkflowAction) => Shown>()
  for (const stage of stages) {
    await list.getByText(headlineAt(stage), {exact: true}).click()
    await expect
      .poll(() => headlineField(page).inputValue(), {timeout: 60_000})
      .toBe(headlineAt(stage))
    const buttons = await buttonsOf(page, stage)
    const assignment = await assignmentOf(page)
    found.set(stage, (action) => {
      if (action === 'assign') return assignment
      return isStoryStep(action) ? buttons.get(wordsOf(action, stage).label) : undefined
    })
  }
  await page.close()
  return found
}

test('every action, at every stage, by every role: buttons, table and store give one answer', async () => {
  const shownTo = new Map<RoleName, Awaited<ReturnType<typeof readAs>>>()
  // At once: most of the time a pointer rests on a button until the reason appears.
  await Promise.all(roleNames.map(async (role) => shownTo.set(role, await readAs(role))))
  const lines = new Map<WorkflowAction, Record<'cells' | 'offered' | 'refused' | 'agree', number>>()
  const different: string[] = []
  for (const action of workflowActions) {
    const line = {cells: 0, offered: 0, refused: 0, agree: 0}
    for (const stage of stages) {
      for (const role of roleNames) {
        const shown = shownTo.get(role)?.get(stage)?.(action)
        const cell = {action, stage, role, id: `tried-${action}-${stage}-${role}`}
        const tried = await attempt(async (as) => clientOf(as), {...cell, publishAt: later})
        line.cells += 1
        if (shown === true) line.offered += 1
        if (typeof shown === 'string') line.refused += 1
        if (agree(shown, tried)) line.agree += 1
        else different.push(JSON.stringify({...cell, shown, ...tried}))
      }
    }
    lines.set(action, line)
  }
  console.table(Object.fromEntries(lines))
  expect(different).toEqual([])
}, 600_000)

/**
 * A button that can be pressed leads to a transaction that the store takes. One that cannot says the table's sentence, and
 * where there is none the table has no such step for that story. The worker's steps have no button; nothing here is due.
 */
function agree(shown: Shown, {table, store}: Attempt): boolean {
  const isOneAnswer = (table === true) === (store === 'done')
  return isOneAnswer && (shown === undefined ? table !== true : shown === table)
}
