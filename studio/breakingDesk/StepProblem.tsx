import type {NewFlash} from './newFlash.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {sentenceOf, StudioError} from '../StudioError.ts'
import {useDesk} from './deskContext.ts'

/** Why a step was not taken. For an item that is over meanwhile it offers a new one with the same words. */
export function StepProblem({
  error,
  flash,
  onClose,
}: {
  error: unknown
  flash: NewFlash
  onClose: () => void
}) {
  const {open} = useDesk()
  const isOver = error instanceof StudioError && error.code === 'over'
  return (
    <NewsroomDialog
      testId="step-problem"
      title={titleOf(error)}
      {...(isOver && {
        cancelText: 'Leave it',
        confirm: {text: 'New flash with these words'},
        onConfirm: () => open({kind: 'flash', flash}),
      })}
      onClose={onClose}
    >
      <ProblemNotice problem={{kind: 'failed', sentence: sentenceOf(error)}} />
    </NewsroomDialog>
  )
}

function titleOf(error: unknown): string {
  if (!(error instanceof StudioError)) return 'It was not done'
  switch (error.code) {
    case 'over':
      return 'It is over already'
    case 'meanwhile':
      return 'Somebody was faster'
    default:
      return 'It was not done'
  }
}
