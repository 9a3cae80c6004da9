import {StopIcon} from '@sanity/icons/Stop'
import {Text} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useCallback, useState} from 'react'
import {
  useClient,
  useCurrentUser,
  type DocumentActionComponent,
  type DocumentActionDescription,
} from 'sanity'

import {endBreaking, isLive} from '../../editorial/breaking.ts'
import {readLease} from '../breaking/deskAsRead.ts'
import {useLease} from '../breaking/useLease.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {apiVersion} from '../currentSettings.ts'
import {NewsroomDialog} from '../dialog/NewsroomDialog.tsx'
import {ProblemNotice, type Problem} from '../publishing/ProblemDialog.tsx'
import {transact} from '../publishing/publishStory.ts'
import {isRevisionConflict, sentenceOf} from '../StudioError.ts'
import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'

type LiveLease = {_id: string; headline: string}

/** "End breaking" on a story that is up as breaking news; not there on any other. */
export const EndBreakingOfStory: DocumentActionComponent = ({id}) => {
  const known = useLeases(id)
  const live = known?.leases.find((lease) => isLive(lease, known.now))
  return useEnding(live)
}
EndBreakingOfStory.displayName = 'EndBreakingOfStory'

/** "End breaking" on the lease itself. */
export const EndBreakingLease: DocumentActionComponent = (props) => {
  const open = useLease(props)
  const ending = useEnding(open?.live ? open.lease : undefined)
  if (open === undefined || ending !== null) return ending
  return {
    label: 'End breaking',
    icon: StopIcon,
    disabled: true,
    title: 'This breaking news is over already; readers do not see it any more.',
  }
}
EndBreakingLease.displayName = 'EndBreakingLease'

function useEnding(lease: LiveLease | undefined): DocumentActionDescription | null {
  const role = useNewsroomRole()
  // Kept while the dialog is open, even when the lease runs out under it.
  const [ending, setEnding] = useState<LiveLease>()
  const close = useCallback(() => setEnding(undefined), [])
  const desk = useStoryDesk()
  if (lease === undefined && ending === undefined) return null
  const reason = roleReason(role, 'publisher', 'end breaking news')
  return {
    label: 'End breaking',
    icon: StopIcon,
    tone: 'critical',
    disabled: reason !== undefined,
    title: reason,
    onHandle: () => {
      if (desk === undefined || lease === undefined) return setEnding(lease)
      return desk.show(<EndBreakingDialog lease={lease} onClose={() => desk.show(undefined)} />)
    },
    dialog: ending !== undefined && {
      type: 'custom',
      component: <EndBreakingDialog lease={ending} onClose={close} />,
    },
  }
}

function EndBreakingDialog({lease, onClose}: {lease: LiveLease; onClose: () => void}) {
  const client = useClient({apiVersion})
  const by = useCurrentUser()?.id
  const {push} = useToast()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const end = async () => {
    setSending(true)
    try {
      const asRead = await readLease(client, lease._id)
      const {mutations} = endBreaking({...asRead, by: by ?? 'unknown'})
      await transact(client, mutations, 'end-breaking')
      push({status: 'success', title: `“${lease.headline}” is off the site.`})
      onClose()
    } catch (error) {
      setProblem({
        kind: 'failed',
        sentence: isRevisionConflict(error)
          ? 'Somebody else moved breaking news this very moment. Look at it again.'
          : sentenceOf(error),
      })
    }
    setSending(false)
  }
  return (
    <NewsroomDialog
      testId="end-breaking"
      title="End breaking news"
      cancelText="Keep it"
      {...(problem === undefined && {
        confirm: {text: 'End it now', busy: sending},
        onConfirm: () => void end(),
      })}
      onClose={onClose}
    >
      {problem === undefined ? (
        <Text size={1}>
          Readers see “{lease.headline}” now. When you end it, it disappears from every open page
          within a second, and the story stays.
        </Text>
      ) : (
        <ProblemNotice problem={problem} />
      )}
    </NewsroomDialog>
  )
}
