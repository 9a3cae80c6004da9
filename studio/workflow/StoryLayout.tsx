import {useCallback, useMemo, useState, type ReactElement} from 'react'
import type {DocumentLayoutProps} from 'sanity'

import {ProblemDialog} from '../publishing/ProblemDialog.tsx'
import {PublishChangeDialog} from '../publishing/PublishChangeDialog.tsx'
import {useAsRead} from '../useAsRead.ts'
import {StepDialog} from './StepDialog.tsx'
import {StoryDeskContext, type KnownStory} from './storyDesk.ts'
import {nextStep, stepWords, type StoryStep} from './storySteps.ts'
import type {PlainStep} from './takeStep.ts'
import {useStepAtOnce} from './useStepAtOnce.ts'
import {useStoryDeskOf} from './useStoryDeskOf.ts'

/**
 * The pane of a story: its buttons and its form share what is known of it, and its dialogs stand here. An
 * action's own dialog would go, with all that was typed into it, when somebody else moves the story and the
 * button goes.
 */
export function StoryLayout(props: DocumentLayoutProps) {
  return props.documentType === 'article' ? <StoryPane {...props} /> : props.renderDefault(props)
}

function StoryPane(props: DocumentLayoutProps) {
  const known = useStoryDeskOf(props.documentId, props.documentType)
  const {asked, failed, ask, forget} = useStepAtOnce(known)
  const [opened, setOpened] = useState<StoryStep>()
  const [shown, show] = useState<ReactElement>()
  const close = useCallback(() => setOpened(undefined), [])
  const take = useCallback(
    (step: StoryStep) => (asksNothing(step) ? ask(step) : setOpened(step)),
    [ask],
  )
  const hasJustMoved = useHasJustMoved(known)
  const desk = useMemo(
    () => ({...known, take, show, working: asked, hasJustMoved}),
    [known, take, asked, hasJustMoved],
  )
  return (
    <StoryDeskContext value={desk}>
      {props.renderDefault(props)}
      {opened === 'republish' && <PublishChangeDialog desk={desk} onClose={close} />}
      {opened !== undefined && opened !== 'republish' && (
        <StepDialog desk={desk} step={opened} onClose={close} />
      )}
      {shown}
      {failed !== undefined && (
        <ProblemDialog
          title={stepWords[failed.step].failed}
          problem={failed.problem}
          onClose={forget}
        />
      )}
    </StoryDeskContext>
  )
}

/** Between a change on the screen and a click that answers to it a person needs at least this long. */
const reactionMilliseconds = 500

/** True for a moment whenever other buttons come to stand where those of the story stood. */
function useHasJustMoved({stage, role, facts, labelled}: KnownStory): boolean {
  const buttons =
    stage === undefined ? undefined : `${stage} ${nextStep(stage, role, facts)} ${labelled}`
  const read = useAsRead(buttons, reactionMilliseconds)
  return read !== undefined && buttons !== undefined && read !== buttons
}

function asksNothing(step: StoryStep): step is PlainStep {
  return step !== 'republish' && stepWords[step].dialog === undefined
}
