import {Text} from '@sanity/ui'

import {endLease} from './leaseSteps.ts'
import {useHands} from './useHands.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {useDialogStep} from './useDialogStep.ts'

/** Takes a banner down after asking once. `seen` is of its log (`SeenLease`). */
export function EndDialog({
  lease: {_id, headline},
  seen,
  onClose,
}: {
  lease: {_id: string; headline: string}
  seen?: string | undefined
  onClose: () => void
}) {
  const hands = useHands()
  const {sending, failure, confirm} = useDialogStep(onClose, seen)
  return (
    <NewsroomDialog
      testId="end-breaking"
      title="End breaking news"
      cancelText="Keep it"
      {...(!failure?.isOver && {
        confirm: {text: 'End it now', busy: sending},
        onConfirm: () =>
          confirm(`“${headline}” is off the site.`, (known) =>
            endLease(hands, {leaseId: _id, seen: known}),
          ),
      })}
      onClose={onClose}
    >
      {failure && <ProblemNotice problem={failure.problem} />}
      {!failure?.isOver && (
        <Text size={1}>
          Readers see “{headline}” now. When you end it, it disappears from every open page within a
          second, and the story stays.
        </Text>
      )}
    </NewsroomDialog>
  )
}
