import {Card, Stack, Text} from '@sanity/ui'

import {storedTimeOf} from '../../editorial/time.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import type {PutUp} from './goLive.ts'

/** What an attempt had put up whose answer never came. */
export function WhatIsUp({up: {headline, startsAt, until, planned, over}}: {up: PutUp}) {
  const {
    times: {clock},
    now,
  } = useNewsroomClock()
  const ended = over ?? (until <= storedTimeOf(now) ? until : undefined)
  return (
    <Card padding={4} radius={2} border tone="positive" as="output" data-testid="break-story-up">
      <Stack gap={3}>
        <Text size={1} weight="semibold">
          {headingOf(planned, ended)}
        </Text>
        <Text size={1}>
          “{headline}” {planned ? 'starts' : 'went up'} at {clock(startsAt)}
          {ended === undefined
            ? ` and ends at ${clock(until)}`
            : ` and was over at ${clock(ended)}`}
          . Your earlier attempt had arrived, though its answer got lost; there is one banner.
        </Text>
      </Stack>
    </Card>
  )
}

/** The dialog's title and first words. */
export function headingOf(planned: boolean, ended: string | undefined): string {
  if (planned) return 'It is planned'
  return ended === undefined ? 'It is live' : 'It was live'
}
