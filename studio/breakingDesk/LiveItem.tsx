import {Card, Flex, Heading, Stack, Text} from '@sanity/ui'
import {useId} from 'react'

import {levelTitles} from '../../editorial/breaking.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {capital, useDesk} from './deskContext.ts'
import {LeaseLog} from './LeaseLog.tsx'
import {levelTone} from './LevelBadge.tsx'
import {LiveButtons} from './LiveButtons.tsx'
import {moment} from './moment.ts'
import {StoryLink} from './StoryLink.tsx'
import {TimeLeft} from './TimeLeft.tsx'

/** Breaking news that readers see now. */
export function LiveItem({lease}: {lease: DeskLease}) {
  const {may, nameOf, clock} = useDesk()
  const id = useId()
  const {headline, level, until, startsAt, story, topics, owner, log} = lease
  return (
    <Card
      as="li"
      border
      radius={2}
      overflow="hidden"
      aria-labelledby={id}
      data-testid="desk-live-item"
    >
      <Card tone={levelTone[level]} paddingX={4} paddingY={3} borderBottom>
        <Flex gap={3} align="center" wrap="wrap">
          <Text size={1} weight="bold">
            {levelTitles[level]}
          </Text>
          <Text size={1} weight="medium" data-testid="desk-time-left">
            <TimeLeft until={until} passed="Nothing" /> left
          </Text>
          <Text size={1}>until {moment(until, clock)}</Text>
        </Flex>
      </Card>
      <Stack gap={4} padding={4}>
        <Heading as="h3" size={1} id={id}>
          <span dir="auto">{headline}</span>
        </Heading>
        <Stack gap={3}>
          <StoryLink story={story} />
          {topics.length > 0 && (
            <Text as="p" size={1}>
              Topics: {topics.map(({title}) => title ?? 'a topic without a name').join(', ')}
            </Text>
          )}
          <Text as="p" size={1} muted>
            {owner === undefined ? 'From outside the Studio' : `${capital(nameOf(owner))}`} · since{' '}
            {moment(startsAt, clock)}
          </Text>
        </Stack>
        {may && <LiveButtons lease={lease} describedBy={id} />}
        <LeaseLog log={log} />
      </Stack>
    </Card>
  )
}
