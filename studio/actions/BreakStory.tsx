import {BoltIcon} from '@sanity/icons/Bolt'
import {useMemo} from 'react'
import type {DocumentActionComponent} from 'sanity'
import {useDocumentPane} from 'sanity/structure'

import {isLive, levelTitles} from '../../editorial/breaking.ts'
import {roleReason} from '../../editorial/roles.ts'
import {BreakDialog} from '../breaking/BreakDialog.tsx'
import {storyToBreak, wordsOfStory, type BannerWords} from '../breaking/breakingRequest.ts'
import {useLeases} from '../breaking/useLeases.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useStoryDesk, whyNotBroken} from '../workflow/storyDesk.ts'

/** "Break this story": publishers only; everybody else sees why not. While it is up there is "Extend" beside it. */
export const BreakStory: DocumentActionComponent = ({id, draft, published}) => {
  const desk = useStoryDesk()
  const role = useNewsroomRole()
  const known = useLeases(id)
  const {times} = useNewsroomClock()
  const words = useMemo(() => wordsOfStory(draft ?? published), [draft, published])
  const live = known?.leases.find((lease) => isLive(lease, known.now))
  const reason =
    roleReason(role, 'publisher', 'break a story') ??
    (desk && whyNotBroken(desk)) ??
    (draft || published ? undefined : 'Write a headline first.') ??
    (live &&
      `This story is up as “${levelTitles[live.level]}” until ${times.clock(live.until)}. Extend that, or end it first.`)
  return {
    label: 'Break this story',
    icon: BoltIcon,
    tone: 'critical',
    disabled: reason !== undefined || desk === undefined,
    title: reason,
    onHandle: () =>
      desk?.show(<BreakOpenStory id={id} words={words} onClose={() => desk.show(undefined)} />),
  }
}
BreakStory.displayName = 'BreakStory'

/** The dialog on the story of this pane, which somebody may publish or take off while it is open. */
function BreakOpenStory({
  id,
  words,
  onClose,
}: {
  id: string
  words: BannerWords
  onClose: () => void
}) {
  const {editState} = useDocumentPane()
  const {draft = null, published = null} = editState ?? {}
  const story = useMemo(() => storyToBreak(id, {draft, published}), [id, draft, published])
  return <BreakDialog story={story} words={words} when="now" onClose={onClose} />
}
