import {Badge, Box, Flex, Stack, Text} from '@sanity/ui'
import {useId} from 'react'

import {levelTitles} from '../../editorial/breaking.ts'
import type {LeaseLevel} from '../../editorial/documents.ts'
import {useNames} from '../useNames.ts'
import {minutesLeft} from './breakingRequest.ts'
import type {BreakingDeskNow} from './useBreakingDesk.ts'
import {useLakeNow} from './useLakeNow.ts'

/** Red for flash and breaking news and amber for what develops, as readers see them. */
export const levelTone: Record<LeaseLevel, 'critical' | 'caution'> = {
  flash: 'critical',
  breaking: 'critical',
  developing: 'caution',
}

/** Minutes are told, so seconds would only make work. */
const tick = 5000

/** What readers see already, in their order, whose it is and how long it stays. */
export function LiveAlready({
  desk: {live, ahead, isCurrent},
}: {
  desk: Pick<BreakingDeskNow, 'live' | 'ahead' | 'isCurrent'>
}) {
  const id = useId()
  const now = useLakeNow(ahead, tick)
  const nameOf = useNames(live.map(({owner}) => owner))
  if (live.length === 0) {
    return (
      <Text size={1} muted data-testid="break-story-live">
        {isCurrent
          ? 'Nothing is breaking now.'
          : 'Nothing was breaking when the lake last answered.'}
      </Text>
    )
  }
  return (
    <Stack gap={3} as="section" aria-labelledby={id} data-testid="break-story-live">
      <Text size={1} weight="medium" id={id}>
        {isCurrent ? 'Readers see this already' : 'Readers saw this when the lake last answered'}
      </Text>
      <Stack as="ul" gap={3} style={{margin: 0, padding: 0, listStyle: 'none'}}>
        {live.map((lease) => (
          <Flex as="li" key={lease._id} gap={3} align="center">
            <Badge tone={levelTone[lease.level]}>{levelTitles[lease.level]}</Badge>
            <Box flex={1}>
              <Text size={1} dir="auto">
                {lease.headline}
              </Text>
            </Box>
            <Text size={1} muted style={{fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap'}}>
              {nameOf(lease.owner)} · {minutesLeft(lease.until, now)} min left
            </Text>
          </Flex>
        ))}
      </Stack>
    </Stack>
  )
}
