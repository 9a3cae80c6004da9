import {Stack, Text} from '@sanity/ui'

import type {LabelledArticle} from '../../editorial/labels.ts'
import {stageTitle} from '../../editorial/stages.ts'
import {previewLine} from '../../schemas/previews.ts'
import {useNewsroomClock} from './newsroomClock.ts'
import {useStanding} from './standings.ts'
import {labelWords} from './storyLine.ts'
import {StoryTime} from './StoryTime.tsx'

/** Label, stage and age of a story, at the end of its row in Sanity's own lists. */
export function StoryStanding({story, at}: {story: LabelledArticle; at: string | undefined}) {
  const standing = useStanding(story._id)
  const clock = useNewsroomClock()
  return (
    <Stack gap={2} paddingRight={1} data-testid="story-standing">
      <Text align="right" size={0} weight="medium">
        {standing &&
          previewLine(
            standing.stage === 'live' && labelWords(story, clock),
            standing.changeWaits ? 'Change in review' : stageTitle(standing.stage),
          )}
      </Text>
      <Text align="right" muted size={0}>
        {at && <StoryTime at={at} clock={clock} />}
      </Text>
    </Stack>
  )
}
