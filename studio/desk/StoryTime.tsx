import {relativeTime} from '../../editorial/relativeTime.ts'
import type {NewsroomClock} from './newsroomClock.ts'

/** How long ago (or ahead) something is, with the full time in the newsroom's zone on hover. */
export function StoryTime({at, clock}: {at: string; clock: NewsroomClock}) {
  return (
    <time dateTime={at} title={clock.times.full(at)} style={{whiteSpace: 'nowrap'}}>
      {relativeTime(at, clock.now) ?? clock.times.day(at.slice(0, 10))}
    </time>
  )
}
