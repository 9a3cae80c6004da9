import {Card, Flex, Text} from '@sanity/ui'
import {ToolLink} from 'sanity'

import type {LeaseLevel} from '../../editorial/documents.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {breakingToolName} from '../breakingDesk/breakingTool.ts'
import {minutesLeft} from './breakingRequest.ts'
import {levelTone} from './LiveAlready.tsx'
import {useBreakingDesk} from './useBreakingDesk.ts'
import {useLakeNow} from './useLakeNow.ts'

const levelWords: Record<LeaseLevel, string> = {
  flash: 'FLASH',
  breaking: 'BREAKING',
  developing: 'DEVELOPING',
}

/** What readers see under their masthead now and for how long, for everybody in the Studio; nothing when nothing is live. */
export function BreakingChip() {
  const desk = useBreakingDesk()
  if (desk.state !== 'ready') return null
  const [first] = desk.live
  if (first === undefined) return null
  return <Chip lease={first} others={desk.live.length - 1} ahead={desk.ahead} />
}

/** It is no live region: a screen reader says it when it is reached, not at every minute. */
function Chip({lease, others, ahead}: {lease: DeskLease; others: number; ahead: number}) {
  const now = useLakeNow(ahead)
  const words = levelWords[lease.level]
  const left = `${minutesLeft(lease.until, now)} min`
  const more = others > 0 ? ` +${others}` : ''
  return (
    // The ground and the line of the navbar that it stands in.
    <Card borderBottom paddingX={3} paddingY={2} style={{display: 'grid', alignContent: 'center'}}>
      <Card
        as={ToolLink}
        name={breakingToolName}
        data-as="a"
        tone={levelTone[lease.level]}
        border
        radius={3}
        paddingX={3}
        paddingY={2}
        title={lease.headline}
        // What is seen comes first, for people who say it to their machine.
        aria-label={`${words} · ${left}${more}: “${lease.headline}”. Open the breaking desk.`}
        data-testid="breaking-chip"
      >
        <Flex gap={2} align="center" justify="center">
          <Text
            size={1}
            weight="semibold"
            style={{whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums'}}
          >
            {words} · {left}
          </Text>
          {others > 0 && <Text size={1}>+{others}</Text>}
        </Flex>
      </Card>
    </Card>
  )
}
