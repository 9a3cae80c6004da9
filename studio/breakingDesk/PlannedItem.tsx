import {CloseIcon} from '@sanity/icons/Close'
import {PlayIcon} from '@sanity/icons/Play'
import {Button, Card, Flex, Heading, Stack, Text} from '@sanity/ui'
import {useId} from 'react'

import type {DeskPlan} from '../../queries/breakingDesk.ts'
import {capital, useDesk} from './deskContext.ts'
import {LeaseLog} from './LeaseLog.tsx'
import {LevelBadge} from './LevelBadge.tsx'
import {moment} from './moment.ts'
import {StoryLink} from './StoryLink.tsx'
import {TimeLeft} from './TimeLeft.tsx'
import {useSeen} from './useSeen.ts'

/** Breaking news that starts later. */
export function PlannedItem({plan}: {plan: DeskPlan}) {
  const {may, open, nameOf, clock} = useDesk()
  const id = useId()
  const seen = useSeen(plan.log)
  const {headline, level, startsAt, until, story, owner, log} = plan
  return (
    <Card
      as="li"
      border
      radius={2}
      padding={4}
      aria-labelledby={id}
      data-testid="desk-planned-item"
    >
      <Stack gap={4}>
        <Flex gap={3} align="center" wrap="wrap">
          <LevelBadge level={level} />
          <Text size={1} weight="medium">
            {moment(startsAt, clock)} to {clock.times.clock(until)}
          </Text>
          <Text size={1} muted>
            starts in <TimeLeft until={startsAt} passed="a moment" />
          </Text>
        </Flex>
        <Heading as="h3" size={1} id={id}>
          <span dir="auto">{headline}</span>
        </Heading>
        <Stack gap={3}>
          <StoryLink story={story} />
          <Text as="p" size={1} muted>
            {capital(nameOf(owner))}
          </Text>
        </Stack>
        {may && (
          <Flex gap={2} wrap="wrap">
            <Button
              icon={PlayIcon}
              mode="ghost"
              aria-describedby={id}
              text="Start now…"
              onClick={() => open({kind: 'startNow', plan, seen})}
              data-testid="desk-start-now"
            />
            <Button
              icon={CloseIcon}
              mode="ghost"
              aria-describedby={id}
              text="Give up…"
              onClick={() => open({kind: 'giveUp', plan, seen})}
              data-testid="desk-give-up"
            />
          </Flex>
        )}
        <LeaseLog log={log} />
      </Stack>
    </Card>
  )
}
