import {useEffect} from 'react'

/**
 * Keeps the keyboard in a menu that is open, where Sanity's loses it, so that neither arrows nor Escape reach it. The line
 * that has the focus can become one that cannot be chosen, because a colleague was first. And a menu that opens goes by the
 * line that was chosen the last time, or finds none for the half second after a story has moved, and stays on its button.
 */
export function useFocusInMenus(): void {
  useEffect(() => {
    const observer = new MutationObserver((changes) => {
      for (const menu of new Set(changes.map(({target}) => menuOf(target)))) look(menu)
    })
    const attributeFilter = ['disabled', 'aria-expanded']
    observer.observe(document.body, {attributeFilter, subtree: true})
    const lose = ({target}: FocusEvent) => look(menuOf(target))
    document.addEventListener('focusout', lose)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusout', lose)
    }
  }, [])
}

/** The menu that a line stands in, or that a button opens. */
function menuOf(element: EventTarget | null): HTMLElement | null {
  if (!(element instanceof HTMLButtonElement)) return null
  return (
    element.closest<HTMLElement>('[role="menu"]') ??
    document.querySelector(`[role="menu"][aria-labelledby="${CSS.escape(element.id)}"]`)
  )
}

/** Looks when the menu has had a frame to take the focus by itself. */
function look(menu: HTMLElement | null): void {
  if (menu === null) return
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (isWithoutKeyboard(menu)) takeKeyboard(menu)
    }),
  )
}

function isWithoutKeyboard(menu: HTMLElement): boolean {
  const button = document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  if (button?.ariaExpanded !== 'true') return false
  const {activeElement, body} = document
  if (activeElement === null || activeElement === body) return true
  // Some browsers leave it where it can do nothing. On the button of who came by the mouse, it stays.
  return activeElement.matches(activeElement === button ? ':focus-visible' : ':disabled')
}

/** The first line that can be chosen takes it, and the menu knows that. */
function takeKeyboard(menu: HTMLElement): void {
  menu.focus()
  menu.dispatchEvent(new KeyboardEvent('keydown', {key: 'Home', bubbles: true}))
}
