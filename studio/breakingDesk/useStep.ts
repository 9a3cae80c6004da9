import {useToast} from '@sanity/ui/toast'
import {useRef, useState} from 'react'

import type {NewFlash} from './newFlash.ts'
import {useDesk} from './deskContext.ts'

/** A step that is one click: what it does, and what is said when it is done. */
export type OneClick = {name: string; done: string; take: () => Promise<void>}

/**
 * Takes steps of an item that need no dialog, one at a time. What goes wrong is told in a dialog; `flash` is what a
 * new one starts with when the item is over.
 */
export function useStep(flash: NewFlash): {
  /** The step that is under way. */
  busy: string | undefined
  start: (step: OneClick) => void
} {
  const {open} = useDesk()
  const {push} = useToast()
  const [busy, setBusy] = useState<string>()
  const underWay = useRef(false)
  const run = async ({name, done, take}: OneClick) => {
    if (underWay.current) return
    underWay.current = true
    setBusy(name)
    try {
      await take()
      push({status: 'success', title: done})
    } catch (error) {
      open({kind: 'problem', error, flash})
    }
    underWay.current = false
    setBusy(undefined)
  }
  return {busy, start: (step) => void run(step)}
}
