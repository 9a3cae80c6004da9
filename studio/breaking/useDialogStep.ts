import {useToast} from '@sanity/ui/toast'
import {useRef, useState} from 'react'

import type {Problem} from '../publishing/ProblemDialog.tsx'
import {sentenceOf, StudioError} from '../StudioError.ts'

/** Why a step was not taken; `isOver` when it cannot be tried again, because readers do not see the item any more. */
export type StepFailure = {problem: Problem; isOver: boolean}

/**
 * A step that is confirmed in a dialog, on an item whose log was `seen` so far. The dialog closes when it is done; when it
 * is not, what was typed stays. Whoever was told what somebody else did knows it: they may confirm again.
 */
export function useDialogStep(
  onClose: () => void,
  seen?: string,
): {
  sending: boolean
  failure: StepFailure | undefined
  confirm: (done: string, take: (seen: string | undefined) => Promise<void>) => void
} {
  const {push} = useToast()
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<StepFailure>()
  const [wasTold, setWasTold] = useState(false)
  const underWay = useRef(false)
  const run = async (done: string, take: (seen: string | undefined) => Promise<void>) => {
    if (underWay.current) return
    underWay.current = true
    setSending(true)
    setFailure(undefined)
    try {
      await take(wasTold ? undefined : seen)
      push({status: 'success', title: done})
      onClose()
    } catch (error) {
      const code = error instanceof StudioError ? error.code : undefined
      if (code === 'meanwhile') setWasTold(true)
      setFailure({
        problem: {kind: 'failed', sentence: sentenceOf(error)},
        isOver: code === 'over',
      })
    }
    underWay.current = false
    setSending(false)
  }
  return {sending, failure, confirm: (done, take) => void run(done, take)}
}
