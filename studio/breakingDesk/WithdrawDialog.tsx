import {Stack, Text, TextInput} from '@sanity/ui'
import {useDeferredValue, useId, useMemo, useState} from 'react'

import {minute, storedTimeOf} from '../../editorial/time.ts'
import {withdrawnBannerMinutes, type Banner} from '../../queries/breaking.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {BannerAsRead} from '../breaking/BannerAsRead.tsx'
import {withdrawLease} from '../breaking/leaseSteps.ts'
import {useHands} from '../breaking/useHands.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {QuestionField} from '../workflow/QuestionField.tsx'
import {useDialogStep} from '../breaking/useDialogStep.ts'

const question = {
  label: 'Why is it withdrawn?',
  help: 'For the log. Readers do not see this.',
  suggestions: ['The source was wrong.', 'It was published by mistake.'],
}

/** Takes a false flash back: a reason for the log, and a sentence for readers in the place of the banner. */
export function WithdrawDialog({lease, onClose}: {lease: DeskLease; onClose: () => void}) {
  const hands = useHands()
  const id = useId()
  const [reason, setReason] = useState('')
  const [sentence, setSentence] = useState('')
  const [openedAt] = useState(() => Date.now())
  const {sending, failure, confirm} = useDialogStep(onClose)
  const told = useDeferredValue(sentence.trim() || '…')
  const banner = useMemo(
    (): Banner => ({
      _id: lease._id,
      kind: 'withdrawal',
      level: lease.level,
      text: told,
      startsAt: storedTimeOf(new Date(openedAt)),
      until: storedTimeOf(new Date(openedAt + withdrawnBannerMinutes * minute)),
      storySlug: lease.storySlug,
    }),
    [lease, openedAt, told],
  )
  const missing =
    reason.trim() === ''
      ? 'Say why it is withdrawn.'
      : sentence.trim() === ''
        ? 'Write a sentence for readers.'
        : undefined
  return (
    <NewsroomDialog
      testId="withdraw"
      title={`Withdraw “${lease.headline}”`}
      width={2}
      confirm={{
        text: 'Withdraw it now',
        disabledReason: sending ? undefined : missing,
        busy: sending,
      }}
      onConfirm={() =>
        confirm('It is withdrawn, and readers are told.', () =>
          // Others may have extended or linked it under the dialog: what is false is withdrawn all the same.
          withdrawLease(hands, {leaseId: lease._id, seen: undefined}, {reason, sentence}),
        )
      }
      onClose={onClose}
    >
      {failure && <ProblemNotice problem={failure.problem} />}
      <QuestionField testId="withdraw" question={question} value={reason} onChange={setReason} />
      <Stack gap={3}>
        <Text as="label" htmlFor={id} size={1} weight="medium">
          What are readers told?
        </Text>
        <TextInput
          id={id}
          value={sentence}
          onChange={({currentTarget}) => setSentence(currentTarget.value)}
          aria-describedby={`${id}-help`}
          data-testid="withdraw-sentence"
        />
        <Text size={1} muted id={`${id}-help`}>
          After the word “Withdrawn”, in the place of the banner, for {withdrawnBannerMinutes}{' '}
          minutes. Partners get it, too.
        </Text>
      </Stack>
      <BannerAsRead banner={banner} language={lease.story?.language} testId="withdraw-banner" />
    </NewsroomDialog>
  )
}
