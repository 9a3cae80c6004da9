import {Text} from '@sanity/ui'
import {useMemo, useState} from 'react'

import {lengthBetween, storedTimeOf} from '../../editorial/time.ts'
import type {Banner} from '../../queries/breaking.ts'
import type {DeskPlan} from '../../queries/breakingDesk.ts'
import {BannerAsRead} from '../breaking/BannerAsRead.tsx'
import {startPlannedLease} from '../breaking/leaseSteps.ts'
import {useHands} from '../breaking/useHands.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {useDialogStep} from '../breaking/useDialogStep.ts'

/** Puts a plan before readers now, after showing what they will see. */
export function StartNowDialog({
  plan,
  seen,
  onClose,
}: {
  plan: DeskPlan
  seen: string
  onClose: () => void
}) {
  const hands = useHands()
  const {sending, failure, confirm} = useDialogStep(onClose, seen)
  const [openedAt] = useState(() => Date.now())
  const {id, headline, level, startsAt, until, story} = plan
  const banner = useMemo((): Banner => {
    const length = Date.parse(until) - Date.parse(startsAt)
    return {
      _id: id,
      kind: 'news',
      level,
      text: headline,
      startsAt: storedTimeOf(new Date(openedAt)),
      until: storedTimeOf(new Date(openedAt + length)),
      storySlug: story?.slug,
    }
  }, [id, headline, level, startsAt, until, story, openedAt])
  return (
    <NewsroomDialog
      testId="start-now"
      title="Start it now"
      width={2}
      cancelText="Leave it planned"
      {...(failure === undefined && {
        confirm: {text: 'Show it to readers now', busy: sending},
        onConfirm: () =>
          confirm(`Readers see “${headline}” now.`, (known) =>
            startPlannedLease(hands, {leaseId: id, seen: known}),
          ),
      })}
      onClose={onClose}
    >
      {failure && <ProblemNotice problem={failure.problem} />}
      <Text size={1}>It runs for {lengthBetween(startsAt, until)} from now, as was planned.</Text>
      <BannerAsRead banner={banner} language={story?.language} testId="start-now-banner" />
    </NewsroomDialog>
  )
}
