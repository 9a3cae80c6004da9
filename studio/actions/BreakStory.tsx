import {BoltIcon} from '@sanity/icons/Bolt'
import {useMemo} from 'react'
import type {DocumentActionComponent} from 'sanity'

import {isLive, levelTitles} from '../../editorial/breaking.ts'
import {article} from '../../editorial/documents.ts'
import {clockTime} from '../../editorial/time.ts'
import {BreakStoryDialog} from '../breaking/BreakStoryDialog.tsx'
import {useLeases} from '../breaking/useLeases.ts'
import {roleReason} from '../../editorial/roles.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'

/** "Break this story": publishers only; everybody else sees why not. */
export const BreakStory: DocumentActionComponent = ({id, draft, published}) => {
  const desk = useStoryDesk()
  const role = useNewsroomRole()
  const known = useLeases(id)
  const words = useMemo(
    () => article.safeParse(draft ?? published).data ?? null,
    [draft, published],
  )
  const live = known?.leases.find((lease) => isLive(lease, known.now))
  const reason =
    roleReason(role, 'publisher', 'break a story') ??
    (published?.['killed'] ? 'This story was killed.' : undefined) ??
    (draft || published ? undefined : 'Write a headline first.') ??
    (live &&
      `This story is up as “${levelTitles[live.level]}” until ${clockTime(live.until)}. End that first.`)
  return {
    label: 'Break this story',
    icon: BoltIcon,
    tone: 'critical',
    disabled: reason !== undefined || desk === undefined,
    title: reason,
    onHandle: () =>
      desk?.show(
        <BreakStoryDialog
          articleId={id}
          story={words}
          isLive={published !== null}
          onClose={() => desk.show(undefined)}
        />,
      ),
  }
}
BreakStory.displayName = 'BreakStory'
