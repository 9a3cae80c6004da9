import {Text} from '@sanity/ui'
import {useState} from 'react'

import type {DeskPlan} from '../../queries/breakingDesk.ts'
import {giveUpPlannedLease} from '../breaking/leaseSteps.ts'
import {useHands} from '../breaking/useHands.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {QuestionField} from '../workflow/QuestionField.tsx'
import {useDialogStep} from '../breaking/useDialogStep.ts'

const question = {
  label: 'Why is it given up?',
  help: 'For the log. Readers never knew of it.',
  suggestions: ['It is postponed.', 'It is no news any more.'],
}

/** Gives a plan up before it starts. */
export function GiveUpDialog({
  plan: {id, headline},
  seen,
  onClose,
}: {
  plan: DeskPlan
  seen: string
  onClose: () => void
}) {
  const hands = useHands()
  const [reason, setReason] = useState('')
  const {sending, failure, confirm} = useDialogStep(onClose, seen)
  const missing = reason.trim() === '' ? 'Say why it is given up.' : undefined
  return (
    <NewsroomDialog
      testId="give-up"
      title="Give up a plan"
      cancelText="Keep it"
      confirm={{text: 'Give it up', disabledReason: sending ? undefined : missing, busy: sending}}
      onConfirm={() =>
        confirm(`“${headline}” will not start.`, (known) =>
          giveUpPlannedLease(hands, {leaseId: id, seen: known}, reason),
        )
      }
      onClose={onClose}
    >
      {failure && <ProblemNotice problem={failure.problem} />}
      <Text size={1}>“{headline}” is planned. When you give it up, it does not start.</Text>
      <QuestionField testId="give-up" question={question} value={reason} onChange={setReason} />
    </NewsroomDialog>
  )
}
