import type {KeyboardEvent} from 'react'

/** In a text of several lines Enter makes a line; with Control or Command it confirms the dialog. */
export function submitOnModifiedEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}
