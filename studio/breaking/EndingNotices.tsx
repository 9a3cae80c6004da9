import {Button, Card, Flex, Portal, Stack, Text} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useState} from 'react'
import {useCurrentUser} from 'sanity'

import {roleReason} from '../../editorial/roles.ts'
import type {DeskLease} from '../../queries/breakingDesk.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {sentenceOf} from '../StudioError.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {useAnsweredEnds} from './answeredEnds.ts'
import {endOfTerm, endsSoon} from './ending.ts'
import {extendLease, extendMinutes} from './leaseSteps.ts'
import {useBreakingDesk, type BreakingDeskNow} from './useBreakingDesk.ts'
import {useHands} from './useHands.ts'
import {useLakeNow} from './useLakeNow.ts'

/**
 * Asks the owner of breaking news that ends soon whether it should stay, once for each end, in every open tab until it
 * is answered in one, extended by anybody, or over.
 */
export function EndingNotices() {
  const desk = useBreakingDesk()
  const me = useCurrentUser()?.id
  if (desk.state !== 'ready') return null
  const own = desk.live.filter(({owner}) => owner !== undefined && owner === me)
  return own.length === 0 ? null : <Notices own={own} ahead={desk.ahead} />
}

function Notices({own, ahead}: Pick<BreakingDeskNow, 'ahead'> & {own: readonly DeskLease[]}) {
  const now = useLakeNow(ahead)
  const {isAnswered, answer} = useAnsweredEnds()
  // Asked for before there is a notice, so that the first thing said is in the newsroom's zone.
  const {times} = useNewsroomClock()
  const ending = own.filter((lease) => endsSoon(lease, now) && !isAnswered(endOfTerm(lease)))
  if (ending.length === 0) return null
  return (
    <Portal>
      <Stack gap={3} padding={4} style={corner}>
        {ending.map((lease) => (
          <Notice
            key={endOfTerm(lease)}
            lease={lease}
            clock={times.clock}
            onLetEnd={() => answer(endOfTerm(lease))}
          />
        ))}
      </Stack>
    </Portal>
  )
}

/** Over dialogs, as toasts are. No layer of Sanity UI's: on top of a dialog it would take the Escape key from it. */
const corner = {
  position: 'fixed',
  insetInlineEnd: 0,
  insetBlockEnd: 0,
  zIndex: 1_000_000,
  inlineSize: '26rem',
  maxInlineSize: '100%',
  pointerEvents: 'none',
} as const

/** It speaks once, when it comes; the time that it tells is the end's, which does not tick. */
function Notice({
  lease,
  clock,
  onLetEnd,
}: {
  lease: DeskLease
  clock: (at: string) => string
  onLetEnd: () => void
}) {
  const hands = useHands()
  const role = useNewsroomRole()
  const {push} = useToast()
  const [extending, setExtending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const reason = roleReason(role, 'publisher', 'extend breaking news')
  const extend = async () => {
    setExtending(true)
    setProblem(undefined)
    try {
      await extendLease(hands, {leaseId: lease._id, seen: lease.log.at(-1)?._key}, extendMinutes)
      push({status: 'success', title: `“${lease.headline}” stays ${extendMinutes} minutes longer.`})
    } catch (error) {
      setProblem(sentenceOf(error))
    }
    setExtending(false)
  }
  return (
    <Card
      padding={4}
      radius={3}
      shadow={3}
      tone="caution"
      border
      role="alert"
      style={{pointerEvents: 'auto'}}
      data-testid="ending-notice"
    >
      <Stack gap={4}>
        <Stack gap={3}>
          <Text size={1} weight="semibold">
            Your breaking news ends at {clock(lease.until)}
          </Text>
          <Text size={1} dir="auto">
            “{lease.headline}”
          </Text>
          {(problem ?? reason) !== undefined && <Text size={1}>{problem ?? reason}</Text>}
        </Stack>
        <Flex gap={2} wrap="wrap">
          <Button
            fontSize={1}
            padding={3}
            text={`Extend ${extendMinutes} min`}
            loading={extending}
            disabled={reason !== undefined || extending}
            onClick={() => void extend()}
            data-testid="ending-notice-extend"
          />
          <Button
            fontSize={1}
            padding={3}
            mode="ghost"
            text="Let it end"
            onClick={onLetEnd}
            data-testid="ending-notice-let-end"
          />
        </Flex>
      </Stack>
    </Card>
  )
}
