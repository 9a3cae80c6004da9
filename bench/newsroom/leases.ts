import {minute} from '../../editorial/time.ts'
import {seededRandom} from './random.ts'
import {newsroomNow, storyId} from './stories.ts'
import type {NewDocument} from './surroundings.ts'
import {someHeadline} from './vocabulary.ts'

/** How long live leases last: longer than any measurement that begins at `newsroomNow`. */
const liveMinutes = 8 * 60

/** A breaking-news lease that is live at `newsroomNow`; a newsroom has as many of them whatever its age. */
export function liveLease(number: number): NewDocument {
  return lease(`live-${number}`, number, number * 4 + 1, liveMinutes)
}

/** A lease of the past; one in five was ended before its time, one in fifty was withdrawn. */
export function pastLease(number: number, stories: number): NewDocument {
  const random = seededRandom('lease', number)
  const ago = 60 + random.below(Math.max(1, stories * 7))
  const made = lease(`past-${number}`, random.below(stories), ago, 30)
  const at = new Date(newsroomNow.getTime() - (ago - 12) * minute).toISOString()
  return {
    ...made,
    ...(random.chance(0.2) && {endedAt: at}),
    ...(random.chance(0.02) && {withdrawn: {at, sentence: someHeadline(random, 9)}}),
  }
}

function lease(name: string, aboutStory: number, minutesAgo: number, minutes: number): NewDocument {
  const startsAt = newsroomNow.getTime() - minutesAgo * minute
  return {
    _id: `lease-${name}`,
    _type: 'breakingNews',
    headline: someHeadline(seededRandom(name, aboutStory), 8),
    level: 'breaking',
    startsAt: new Date(startsAt).toISOString(),
    until: new Date(startsAt + minutes * minute).toISOString(),
    article: {_type: 'reference', _ref: storyId(aboutStory)},
  }
}
