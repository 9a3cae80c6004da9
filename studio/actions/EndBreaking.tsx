import {StopIcon} from '@sanity/icons/Stop'
import {useCallback, useState} from 'react'
import type {DocumentActionComponent, DocumentActionDescription} from 'sanity'

import {isLive} from '../../editorial/breaking.ts'
import {EndDialog} from '../breaking/EndDialog.tsx'
import {useLease} from '../breaking/useLease.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'
import {notUp} from './notUp.ts'

type LiveLease = {_id: string; headline: string}

/** "End breaking" on a story that is up as breaking news. */
export const EndBreakingOfStory: DocumentActionComponent = ({id}) => {
  const known = useLeases(id)
  const live = known?.leases.find((lease) => isLive(lease, known.now))
  return useEnding(live, notUp)
}
EndBreakingOfStory.displayName = 'EndBreakingOfStory'

/** "End breaking" on the lease itself. */
export const EndBreakingLease: DocumentActionComponent = (props) => {
  const open = useLease(props)
  const ending = useEnding(
    open?.live ? open.lease : undefined,
    'This breaking news is over already; readers do not see it any more.',
  )
  return open === undefined ? null : ending
}
EndBreakingLease.displayName = 'EndBreakingLease'

/** `notLive` is why nothing can be ended when no lease is live. */
function useEnding(lease: LiveLease | undefined, notLive: string): DocumentActionDescription {
  const role = useNewsroomRole()
  // Kept while the dialog is open, even when the lease runs out under it.
  const [ending, setEnding] = useState<LiveLease>()
  const close = useCallback(() => setEnding(undefined), [])
  const desk = useStoryDesk()
  const canEnd = lease !== undefined || ending !== undefined
  const reason =
    roleReason(role, 'publisher', 'end breaking news') ?? (canEnd ? undefined : notLive)
  return {
    label: 'End breaking',
    icon: StopIcon,
    tone: 'critical',
    disabled: reason !== undefined,
    title: reason,
    onHandle: () => {
      if (desk === undefined || lease === undefined) return setEnding(lease)
      return desk.show(<EndDialog lease={lease} onClose={() => desk.show(undefined)} />)
    },
    dialog: ending !== undefined && {
      type: 'custom',
      component: <EndDialog lease={ending} onClose={close} />,
    },
  }
}
