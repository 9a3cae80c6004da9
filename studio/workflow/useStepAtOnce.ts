import {useToast} from '@sanity/ui/toast'
import {useCallback, useEffect, useRef, useState} from 'react'
import {useClient, useCurrentUser, useDocumentOperation} from 'sanity'

import {apiVersion} from '../currentSettings.ts'
import {holdFocus} from '../dialog/useReturnedFocus.ts'
import type {Problem} from '../publishing/ProblemDialog.tsx'
import {sentenceOf} from '../StudioError.ts'
import {refusalOf} from './refusal.ts'
import type {KnownStory} from './storyDesk.ts'
import {stepWords} from './storySteps.ts'
import {takeStep, type PlainStep} from './takeStep.ts'

/**
 * Steps that ask nothing: one click waits until the last keystroke is saved and checked, then takes the step on
 * exactly the text that is on screen.
 */
export function useStepAtOnce(desk: KnownStory): {
  asked: PlainStep | undefined
  failed: {step: PlainStep; problem: Problem} | undefined
  ask: (step: PlainStep) => void
  forget: () => void
} {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id ?? 'unknown'
  const {push} = useToast()
  const {commit} = useDocumentOperation(desk.id, desk.type)
  const [asked, setAsked] = useState<PlainStep>()
  const [failed, setFailed] = useState<{step: PlainStep; problem: Problem}>()
  const sending = useRef(false)

  const ask = useCallback(
    (step: PlainStep) => {
      // The button is disabled while the step is under way, which would drop the focus from it.
      holdFocus()
      if (!commit.disabled) commit.execute()
      setAsked(step)
    },
    [commit],
  )

  useEffect(() => {
    if (asked === undefined || !desk.settled.validated || sending.current) return
    sending.current = true
    const take = async () => {
      const problem = await taken()
      if (problem === undefined) push({status: 'success', title: stepWords[asked].done})
      else setFailed({step: asked, problem})
      sending.current = false
      setAsked(undefined)
    }
    const taken = async (): Promise<Problem | undefined> => {
      // An error that turned up in the last sentence, or a colleague who was faster.
      const refusal = refusalOf(desk, asked)
      if (refusal !== undefined) return {kind: 'failed', sentence: refusal}
      try {
        const outcome = await takeStep({
          client,
          articleId: desk.id,
          step: asked,
          answers: {},
          seen: desk.revisions,
          by,
          role: desk.role,
          errors: desk.settled.errors,
          timeZone: desk.timeZone,
        })
        return outcome.kind === 'done' ? undefined : outcome
      } catch (error) {
        return {kind: 'failed', sentence: sentenceOf(error)}
      }
    }
    void take()
  }, [asked, desk, client, by, push])

  const forget = useCallback(() => setFailed(undefined), [])
  return {asked, failed, ask, forget}
}
