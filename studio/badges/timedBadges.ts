import type {DocumentBadgeComponent} from 'sanity'

import {article} from '../../editorial/documents.ts'
import {timeLeft} from '../../editorial/relativeTime.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useStoryState} from '../useStoryState.ts'

/** How often a badge that counts down looks at the clock. */
const tick = 1000

/** Until when nobody may publish the story, counting down; gone once the time has passed. */
export const EmbargoBadge: DocumentBadgeComponent = ({draft, published}) => {
  const {now, times} = useNewsroomClock(tick)
  const until = article.shape.embargoUntil.safeParse((draft ?? published)?.['embargoUntil']).data
  const left = until === undefined ? undefined : timeLeft(until, now)
  if (until === undefined || left === undefined) return null
  return {
    label: `Embargo, ${left} left`,
    color: 'warning',
    title: `Nobody can publish this story before ${times.full(until)}.`,
  }
}

/** When a scheduled story goes live. */
export const ScheduleBadge: DocumentBadgeComponent = ({id}) => {
  const listened = useStoryState(id)
  const {now, times} = useNewsroomClock()
  const state = listened.state === 'ready' ? listened.value : null
  if (state?.stage !== 'scheduled' || state.publishAt === undefined) return null
  const left = timeLeft(state.publishAt, now)
  return {
    label: `Goes live ${times.clock(state.publishAt)}`,
    color: 'primary',
    title: `Goes live on ${times.full(state.publishAt)}${left ? `, in ${left}` : ''}.`,
  }
}
