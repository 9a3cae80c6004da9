import type {DeskLease} from '../../queries/breakingDesk.ts'
import type {BannerWords, StoryToBreak} from '../breaking/breakingRequest.ts'

/** What the dialog of a new flash starts with. */
export type NewFlash = {words: BannerWords; story: StoryToBreak | undefined}

/** A new one in the place of an item that is over: the same words, level, topics and story. */
export function newFlashFrom({headline, level, topics, story}: DeskLease): NewFlash {
  return {
    words: {headline, level, topics: topics.map(({id}) => id)},
    story: story && {_id: story.id, slug: story.slug, language: story.language},
  }
}
