import {useEffect, useState} from 'react'

/** How long the button that opened a dialog may take to be disabled by what the dialog did. */
const settleMilliseconds = 600

/** The menu beside a document's main action, in the first pane when several show the document. */
const actionMenu = '[data-testid="pane-footer"] [data-testid="action-menu-button"]'

/**
 * Gives the focus back to where it was when the dialog opened. When that is gone or disabled by then (a
 * menu's item, a Publish that has nothing left to publish), the document's action menu takes it.
 */
export function useReturnedFocus(): void {
  // At the first render: when effects run, the dialog has the focus already.
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    return () => {
      requestAnimationFrame(() => giveFocus(before))
      setTimeout(() => {
        if (document.activeElement === document.body) giveFocus(undefined)
      }, settleMilliseconds)
    }
  }, [before])
}

function giveFocus(before: Element | null | undefined): void {
  const usable = before?.isConnected && before !== document.body && !before.matches(':disabled')
  const next = usable ? before : document.querySelector(actionMenu)
  if (next instanceof HTMLElement) next.focus()
}
