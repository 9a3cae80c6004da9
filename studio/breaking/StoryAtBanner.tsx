import {Card, Stack, Text} from '@sanity/ui'

import {counted} from '../../schemas/previews.ts'
import {useStoryDesk} from '../workflow/storyDesk.ts'
import type {StoryToBreak} from './breakingRequest.ts'

/** Of so many reasons each is told; whoever has more opens the form. */
const most = 5

/** What readers find behind a story's banner: nothing yet, and what is in the way, or not what waits in its draft. */
export function StoryAtBanner({story}: {story: StoryToBreak}) {
  const desk = useStoryDesk()
  if (story.slug !== undefined) {
    if (!desk?.revisions.draft || !desk.revisions.live) return null
    return (
      <Card padding={3} radius={2} border data-testid="break-story-change-waits">
        <Text size={1}>
          The banner leads to the story as readers have it now. What was changed in the draft since
          is not published by this.
        </Text>
      </Card>
    )
  }
  const errors = desk?.facts.errors ?? []
  const more = errors.length - most
  return (
    <Card padding={3} radius={2} border tone="caution" data-testid="break-story-not-live">
      <Stack gap={3}>
        <Text size={1}>
          Readers cannot open this story yet. The banner will stand there without a link until you
          publish it.
        </Text>
        {errors.length > 0 && (
          <Text size={1} weight="medium">
            Before it can be published:
          </Text>
        )}
        {errors.length > 0 && (
          <Stack as="ul" gap={3} paddingLeft={4} style={{margin: 0}}>
            {errors.slice(0, most).map((error) => (
              <Text as="li" size={1} key={error} style={{display: 'list-item'}}>
                {error}
              </Text>
            ))}
            {more > 0 && (
              <Text as="li" size={1} style={{display: 'list-item'}}>
                and {counted(more, 'thing more', 'things more')}
              </Text>
            )}
          </Stack>
        )}
      </Stack>
    </Card>
  )
}
