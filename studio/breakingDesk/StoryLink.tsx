import {Text} from '@sanity/ui'
import {IntentLink} from 'sanity/router'

import type {LinkedStory} from '../../queries/breakingDesk.ts'

/** The story that a banner leads to, as a link that opens it in the newsroom; or that there is none. */
export function StoryLink({story}: {story: LinkedStory | undefined}) {
  if (story === undefined) {
    return (
      <Text as="p" size={1} muted>
        No story yet; the banner leads nowhere.
      </Text>
    )
  }
  return (
    <Text as="p" size={1}>
      Story:{' '}
      <IntentLink intent="edit" params={{id: story.id, type: 'article'}}>
        {story.headline ?? 'Story without a headline'}
      </IntentLink>
      {!story.isLive && ' (readers cannot open it)'}
    </Text>
  )
}
