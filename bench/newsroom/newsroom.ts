import {liveLease, pastLease} from './leases.ts'
import {draftOf, story, storyId} from './stories.ts'
import {asset, author, surroundingsOf, topic, topicId, type NewDocument} from './surroundings.ts'
import {wordOf} from './vocabulary.ts'

/** One story in so many is being worked on. */
const storiesADraft = 50

/**
 * All documents of a newsroom with so many published stories, the oldest story first, each after what it refers to:
 * 200 topics, authors, pictures, stories, drafts of some, past leases and twelve live ones. Made as they are taken.
 */
export function* newsroom(stories: number): Generator<NewDocument> {
  const around = surroundingsOf(stories)
  for (let rank = 0; rank < around.topics; rank++) yield topic(rank)
  for (let number = 0; number < around.authors; number++) yield author(number)
  for (let number = 0; number < around.assets; number++) yield asset(number)
  for (let number = stories - 1; number >= 0; number--) {
    const published = story(number, stories)
    yield published
    if (number % storiesADraft === 0) yield draftOf(published, number)
  }
  for (let number = 0; number < around.pastLeases; number++) yield pastLease(number, stories)
  for (let number = 0; number < Math.min(stories, around.liveLeases); number++) {
    yield liveLease(number)
  }
}

/** What questions about a generated newsroom may name and find. */
export function landmarks(stories: number) {
  const middle = story(Math.floor(stories / 2), stories)
  const {slug} = middle
  if (typeof slug !== 'object' || slug === null || Array.isArray(slug)) {
    throw new Error('A generated story has no address.')
  }
  return {
    /** The address of the story in the middle of the archive. */
    slug: slug['current'] ?? '',
    /** A topic that one story in sixty is about. */
    topic: topicId(30),
    /** Two words that stand together in about one story in ten, seldom in its headline. */
    words: `${wordOf(100)} ${wordOf(400)}`,
    /** A story that has a draft. */
    drafted: storyId(0),
  }
}
