import {useEffect, useState} from 'react'

/**
 * For how long what the dialog did may still take the focus away: the button that opened it is disabled once the
 * lake's answer has come, which can take its time.
 */
const settleMilliseconds = 15_000

/** How often it is looked whether the focus is lost: browsers do not tell when they drop it from a disabled button. */
const lookMilliseconds = 100

/**
 * The menu beside a document's main action, in the first pane when several show the document; where there is no
 * document, what is marked to take the focus.
 */
const fallback =
  '[data-testid="pane-footer"] [data-testid="action-menu-button"], [data-returned-focus]'

/**
 * Gives the focus back to where it was when the dialog opened. When that is gone or disabled by then, or becomes so soon
 * (a menu's item, a Publish that has nothing left to publish), the document's action menu takes it, or what a tool of
 * our own marks.
 */
export function useReturnedFocus(): void {
  // At the first render: when effects run, the dialog has the focus already.
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    return () => {
      requestAnimationFrame(() => giveFocus(before))
      holdFocus()
    }
  }, [before])
}

/** Until the person does something, or for a while, a focus that is lost goes there. */
export function holdFocus(): void {
  const end = new AbortController()
  const look = setInterval(() => {
    if (document.activeElement === document.body) giveFocus(undefined)
  }, lookMilliseconds)
  const timeout = setTimeout(() => end.abort(), settleMilliseconds)
  const options = {capture: true, signal: end.signal}
  document.addEventListener('keydown', () => end.abort(), options)
  document.addEventListener('pointerdown', () => end.abort(), options)
  end.signal.addEventListener('abort', () => {
    clearInterval(look)
    clearTimeout(timeout)
  })
}

function giveFocus(before: Element | null | undefined): void {
  const usable = before?.isConnected && before !== document.body && !before.matches(':disabled')
  const next = usable ? before : document.querySelector(fallback)
  if (next instanceof HTMLElement) next.focus()
}
