import {ClockIcon} from '@sanity/icons/Clock'
import {useToast} from '@sanity/ui/toast'
import {useState} from 'react'
import type {DocumentActionComponent} from 'sanity'

import {isLive} from '../../editorial/breaking.ts'
import {roleReason} from '../../editorial/roles.ts'
import {extendLease, extendMinutes} from '../breaking/leaseSteps.ts'
import {useHands} from '../breaking/useHands.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {ProblemDialog} from '../publishing/ProblemDialog.tsx'
import {sentenceOf} from '../StudioError.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'
import {notUp} from './notUp.ts'

/** "Extend 30 min" on a story that is up as breaking news, in one click. */
export const ExtendBreakingOfStory: DocumentActionComponent = ({id}) => {
  const desk = useStoryDesk()
  const role = useNewsroomRole()
  const known = useLeases(id)
  const hands = useHands()
  const {push} = useToast()
  const [extending, setExtending] = useState(false)
  const live = known?.leases.find((lease) => isLive(lease, known.now))
  const reason = roleReason(role, 'publisher', 'extend breaking news') ?? (live ? undefined : notUp)
  const extend = async () => {
    if (live === undefined) return
    setExtending(true)
    try {
      await extendLease(hands, {leaseId: live._id, seen: undefined}, extendMinutes)
      push({status: 'success', title: `“${live.headline}” stays ${extendMinutes} minutes longer.`})
    } catch (error) {
      desk?.show(
        <ProblemDialog
          title="It was not extended"
          problem={{kind: 'failed', sentence: sentenceOf(error)}}
          onClose={() => desk.show(undefined)}
        />,
      )
    }
    setExtending(false)
  }
  return {
    label: `Extend ${extendMinutes} min`,
    icon: ClockIcon,
    disabled: reason !== undefined || extending,
    title: reason,
    onHandle: () => void extend(),
  }
}
ExtendBreakingOfStory.displayName = 'ExtendBreakingOfStory'
