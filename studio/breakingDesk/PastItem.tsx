import {Card, Flex, Stack, Text} from '@sanity/ui'

import type {LeaseLevel} from '../../editorial/documents.ts'
import type {DeskLease, PastBreaking} from '../../queries/breakingDesk.ts'
import {useDesk, type DeskContext} from './deskContext.ts'
import {LeaseLog} from './LeaseLog.tsx'
import {LevelBadge} from './LevelBadge.tsx'
import {moment} from './moment.ts'
import {StoryLink} from './StoryLink.tsx'

/** Breaking news that is over, or a plan that never started: how it ended, and who did what. */
export function PastItem({past}: {past: PastBreaking}) {
  const desk = useDesk()
  if (past.kind === 'plan') {
    const {level, headline = 'A plan without words', log} = past.plan
    const last = log.at(-1)
    return (
      <Row>
        <Title level={level} headline={headline} />
        <Text as="p" size={1} muted data-testid="desk-how-it-ended">
          {moment(past.at, desk.clock)} · planned, and given up by {desk.nameOf(last?.by)}
          {last?.reason !== undefined && `: ${last.reason}`}
        </Text>
        <LeaseLog log={log} />
      </Row>
    )
  }
  const {level, headline, story, withdrawn, log} = past.lease
  return (
    <Row>
      <Title level={level} headline={headline} />
      <Text as="p" size={1} muted data-testid="desk-how-it-ended">
        {howItEnded(past.lease, past.at, desk)}
      </Text>
      {withdrawn && (
        <Text as="p" size={1}>
          Readers were told: “<span dir="auto">{withdrawn.sentence}</span>”
        </Text>
      )}
      {story && <StoryLink story={story} />}
      <LeaseLog log={log} />
    </Row>
  )
}

function Title({level, headline}: {level: LeaseLevel | undefined; headline: string}) {
  return (
    <Flex gap={3} align="center">
      {level && <LevelBadge level={level} isOver />}
      <Text as="h3" size={1} weight="medium">
        <span dir="auto">{headline}</span>
      </Text>
    </Flex>
  )
}

function Row({children}: {children: React.ReactNode}) {
  return (
    <Card as="li" borderBottom paddingY={3} data-testid="desk-past-item">
      <Stack gap={3}>{children}</Stack>
    </Card>
  )
}

function howItEnded(
  {startsAt, endedAt, withdrawn, log}: DeskLease,
  at: string,
  {nameOf, clock}: DeskContext,
): string {
  const from = `${moment(startsAt, clock)} to ${clock.times.clock(at)}`
  const by = (did: 'end' | 'withdraw') => nameOf(log.findLast((line) => line.did === did)?.by)
  if (withdrawn) return `${from} · withdrawn by ${by('withdraw')}`
  return endedAt === undefined ? `${from} · ran out` : `${from} · ended by ${by('end')}`
}
