import type {Locator, Page} from 'playwright-core'

/** The step on the form's primary button. */
export function primary(page: Page, name: string) {
  return page.getByTestId('pane-footer').getByRole('button', {name, exact: true})
}

/** Watches the form's primary button; answers what it has said since, once after each change, and when it was disabled. */
export async function primaryAsItChanges(page: Page): Promise<() => Promise<string[]>> {
  const watched = await page.evaluateHandle(() => {
    const stateOf = () => {
      const button = document.querySelector<HTMLButtonElement>(
        '[data-testid="pane-footer"] button[data-testid^="action-"]:not([data-testid="action-menu-button"])',
      )
      return `${button?.textContent}${button?.disabled ? ', disabled' : ''}`
    }
    const said: string[] = []
    let last = stateOf()
    new MutationObserver(() => {
      if (stateOf() === last) return
      last = stateOf()
      said.push(last)
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    return said
  })
  return () => watched.jsonValue()
}

/** The id in the Studio's own address of the open story. */
export function storyIdOf(page: Page): string {
  const [id] = /(?<=stories;)[^,;?/]+/.exec(decodeURIComponent(page.url())) ?? []
  if (id === undefined) throw new Error(`No story is open at ${page.url()}.`)
  return id
}

/** Whatever takes words in a part of the page: nothing when it is read-only. */
export function writableIn(part: Locator): Promise<number> {
  const fields = ['input', 'textarea'].map((tag) => `${tag}:not([readonly]):not([disabled])`)
  return part.locator(['[contenteditable="true"]', ...fields].join(', ')).count()
}

/** The same in the story's form. */
export function writable(page: Page): Promise<number> {
  return writableIn(page.getByTestId('document-panel-scroller').first())
}

/** What the form says about taking no words. */
export async function closed(page: Page, reason: string): Promise<void> {
  await page.getByTestId('read-only-reason').getByText(reason).waitFor()
}
