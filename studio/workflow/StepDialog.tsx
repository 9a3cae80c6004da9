import {Text} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useState} from 'react'
import {useClient, useCurrentUser} from 'sanity'

import {apiVersion} from '../currentSettings.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {useWhileOpen} from '../dialog/useWhileOpen.ts'
import {ProblemNotice, type Problem} from '../publishing/ProblemDialog.tsx'
import {useSaveNow} from '../publishing/useSettled.ts'
import {sentenceOf} from '../StudioError.ts'
import {KillPreview} from './KillPreview.tsx'
import {QuestionField} from './QuestionField.tsx'
import {refusalOf} from './refusal.ts'
import {firstTime, TimeField} from './TimeField.tsx'
import type {Revisions, StoryDesk} from './storyDesk.ts'
import {wordsOf} from './storySteps.ts'
import {speaksOfText, takeStep, type Answers, type PlainStep} from './takeStep.ts'

/**
 * The dialog of a step that asks for words or a time. What was typed stays until the step is taken or the dialog
 * is closed, whatever goes wrong and whoever moves the story meanwhile.
 */
export function StepDialog({
  desk,
  step,
  onClose,
}: {
  desk: StoryDesk
  step: PlainStep
  onClose: () => void
}) {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id ?? 'unknown'
  const {push} = useToast()
  // The question stays the one that was asked, also when somebody moves the story under the dialog.
  const [words] = useState(() => wordsOf(step, desk.stage ?? 'draft'))
  const [typed, setTyped] = useState('')
  const [sentence, setSentence] = useState('')
  const [time, setTime] = useState(() => firstTime(desk))
  const [problem, setProblem] = useState<Problem>()
  const [sending, setSending] = useState(false)
  const [seen, setSeen] = useState<Revisions>()
  const open = useWhileOpen()
  useSaveNow(desk.id, desk.type)
  // What the person sees once their own last words are at the lake. Whoever types holds up no kill and no return.
  const {saved, validated} = desk.settled
  if (seen === undefined && (speaksOfText.has(step) ? validated : saved)) setSeen(desk.revisions)

  const {dialog} = words
  if (dialog === undefined) return null
  const {question} = dialog
  const noTime = dialog.time && 'sentence' in time ? time.sentence : undefined
  const answers: Answers = {
    ...(question && {[question.words]: typed}),
    ...(dialog.time && 'at' in time && {at: time.at}),
    sentence,
  }
  const take = async (revisions: Revisions) => {
    setSending(true)
    try {
      const outcome = await takeStep({
        client,
        articleId: desk.id,
        step,
        answers,
        seen: revisions,
        by,
        role: desk.role,
        errors: desk.settled.errors,
        timeZone: desk.timeZone,
        wanted: open.current,
      })
      if (outcome.kind === 'done') {
        push({status: 'success', title: words.done})
        onClose()
        return
      }
      setProblem(outcome)
    } catch (error) {
      setProblem({kind: 'failed', sentence: sentenceOf(error)})
    }
    setSending(false)
  }
  const lookAgain = () => {
    setProblem(undefined)
    setSeen(undefined)
  }
  const reason =
    seen === undefined ? 'Saving your last changes …' : (refusalOf(desk, step, answers) ?? noTime)
  return (
    <NewsroomDialog
      testId={step}
      title={problem === undefined ? dialog.title : words.failed}
      confirm={
        problem === undefined
          ? {text: dialog.confirm, disabledReason: sending ? undefined : reason, busy: sending}
          : {text: 'Look again'}
      }
      onConfirm={() => {
        if (problem !== undefined) lookAgain()
        else if (seen !== undefined) void take(seen)
      }}
      onClose={onClose}
    >
      {problem && <ProblemNotice problem={problem} />}
      <Text size={1}>{dialog.about}</Text>
      {dialog.time && (
        <TimeField now={desk.facts.now} timeZone={desk.timeZone} chosen={time} onChange={setTime} />
      )}
      {question && (
        <QuestionField testId={step} question={question} value={typed} onChange={setTyped} />
      )}
      {step === 'kill' && (
        <KillPreview
          desk={desk}
          notice={question?.words === 'notice' ? typed : undefined}
          sentence={sentence}
          onSentence={setSentence}
        />
      )}
    </NewsroomDialog>
  )
}
