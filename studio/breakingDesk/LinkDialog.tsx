import {Text} from '@sanity/ui'
import {useState} from 'react'

import {breakingRefusal} from '../../editorial/breakableStory.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import type {FoundStory} from '../../queries/storySearch.ts'
import {linkLease} from '../breaking/leaseSteps.ts'
import {useHands} from '../breaking/useHands.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice} from '../publishing/ProblemDialog.tsx'
import {useDesk} from './deskContext.ts'
import {StoryChooser} from './StoryChooser.tsx'
import {useDialogStep} from '../breaking/useDialogStep.ts'

/** Links a flash to its story, or a banner to another one. */
export function LinkDialog({
  lease: {_id, headline, story},
  seen,
  onClose,
}: {
  lease: DeskLease
  seen: string
  onClose: () => void
}) {
  const hands = useHands()
  const {clock} = useDesk()
  const [chosen, choose] = useState<FoundStory>()
  const {sending, failure, confirm} = useDialogStep(onClose, seen)
  const missing =
    chosen === undefined
      ? 'Choose a story.'
      : chosen.id === story?.id
        ? 'It leads to this story already.'
        : breakingRefusal({killed: false, ...chosen}, clock)
  return (
    <NewsroomDialog
      testId="link-story"
      title={`Link “${headline}” to a story`}
      confirm={{text: 'Link it', disabledReason: sending ? undefined : missing, busy: sending}}
      onConfirm={() => {
        if (chosen === undefined) return
        confirm(`The banner leads to “${chosen.headline ?? 'the story'}” now.`, (known) =>
          linkLease(hands, {leaseId: _id, seen: known}, chosen.id),
        )
      }}
      onClose={onClose}
    >
      {failure && <ProblemNotice problem={failure.problem} />}
      {story && (
        <Text size={1}>It leads to “{story.headline ?? 'a story without a headline'}” now.</Text>
      )}
      <StoryChooser chosen={chosen} onChoose={choose} />
      {chosen && !chosen.isLive && (
        <Text as="output" size={1}>
          Readers cannot open this story yet. The banner leads nowhere until it is published.
        </Text>
      )}
    </NewsroomDialog>
  )
}
