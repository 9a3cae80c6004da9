import {AddIcon} from '@sanity/icons/Add'
import {ClockIcon} from '@sanity/icons/Clock'
import {Box, Button, Card, Container, Flex, Grid, Heading, Stack, Text} from '@sanity/ui'
import {useCallback, useMemo, useState} from 'react'
import {LoadingBlock} from 'sanity'

import {roleReason} from '../../editorial/roles.ts'
import {deskMemory} from '../../queries/breakingDesk.ts'
import {useBreakingDesk, type BreakingDeskNow} from '../breaking/useBreakingDesk.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {useNames} from '../useNames.ts'
import {useNewsroomRole} from '../useNewsroomRole.ts'
import {Deliveries} from './Deliveries.tsx'
import {DeskProvider, type DeskContext, type DeskDialogRequest} from './deskContext.ts'
import {DeskDialog} from './DeskDialog.tsx'
import {LiveItem} from './LiveItem.tsx'
import {PastItem} from './PastItem.tsx'
import {PlannedItem} from './PlannedItem.tsx'
import {Section} from './Section.tsx'
import {useOffline} from './useOffline.ts'

/** The breaking desk: what is live, what is planned, what was last, and what partners were told. */
export function BreakingDesk() {
  const known = useBreakingDesk()
  return (
    <Card height="fill" overflow="auto" data-testid="breaking-desk">
      <Container width={4}>
        <Stack gap={5} paddingX={[3, 4, 5]} paddingY={[4, 4, 5]}>
          <Standing known={known} />
        </Stack>
      </Container>
    </Card>
  )
}

function Standing({known}: {known: ReturnType<typeof useBreakingDesk>}) {
  if (known.state === 'loading') return <LoadingBlock title="Looking at the desk …" showText />
  if (known.state === 'failed') {
    return (
      <Card border padding={4} radius={2} tone="critical" role="alert">
        <Text size={1}>
          The breaking desk cannot be read at the moment. It tries again every few seconds. Readers
          are not affected: what is up stays up until its end.
        </Text>
      </Card>
    )
  }
  return <Desk desk={known} />
}

function Desk({desk}: {desk: BreakingDeskNow}) {
  const {live, plans, past, ahead, isCurrent, now} = desk
  const role = useNewsroomRole()
  const reason = roleReason(role, 'publisher', 'put breaking news up or take it down')
  const clock = useNewsroomClock()
  const isOffline = useOffline()
  const people = useMemo(() => peopleOf(desk), [desk])
  const nameOf = useNames(people)
  const [dialog, open] = useState<DeskDialogRequest>()
  const close = useCallback(() => open(undefined), [])
  const context = useMemo(
    (): DeskContext => ({may: reason === undefined, open, nameOf, clock, ahead}),
    [reason, nameOf, clock, ahead],
  )
  return (
    <DeskProvider value={context}>
      <Flex gap={3} align="center" wrap="wrap">
        <Box flex={1}>
          <Heading as="h1" size={2} tabIndex={-1} data-returned-focus="">
            Breaking desk
          </Heading>
        </Box>
        {context.may && (
          <Flex gap={2}>
            <Button
              icon={ClockIcon}
              mode="ghost"
              text="Plan for later"
              onClick={() => open({kind: 'plan'})}
              data-testid="desk-plan"
            />
            <Button
              icon={AddIcon}
              text="New flash"
              onClick={() => open({kind: 'flash'})}
              data-testid="desk-new-flash"
            />
          </Flex>
        )}
      </Flex>
      {reason !== undefined && (
        <Text as="p" size={1} muted data-testid="desk-read-only">
          {reason} You see all of it here, as it happens.
        </Text>
      )}
      {(!isCurrent || isOffline) && (
        <Card border padding={4} radius={2} tone="caution" role="alert" data-testid="desk-offline">
          <Text size={1}>
            There is no connection to the lake. This is how things stood at{' '}
            {clock.times.clock(now.toISOString())}; it follows again by itself as soon as the
            connection is back. What is up ends at its time.
          </Text>
        </Card>
      )}
      <Grid gridTemplateColumns={[1, 1, 1, 2]} gap={5} style={{alignItems: 'start'}}>
        <Stack gap={5}>
          <Section title="Live now" count={live.length} empty="Nothing is breaking." isStatus>
            {live.map((lease) => (
              <LiveItem key={lease._id} lease={lease} />
            ))}
          </Section>
          <Section
            title="Planned"
            count={plans.length}
            about="Readers know nothing of it before it starts."
            empty="Nothing is planned."
          >
            {plans.map((plan) => (
              <PlannedItem key={plan.id} plan={plan} />
            ))}
          </Section>
        </Stack>
        <Stack gap={5}>
          <Section
            title={`Last ${deskMemory}`}
            count={past.length}
            empty="There was no breaking news yet."
            isDense
          >
            {past.map((one) => (
              <PastItem key={`${one.kind}-${one.id}`} past={one} />
            ))}
          </Section>
          <Deliveries />
        </Stack>
      </Grid>
      {dialog && <DeskDialog key={dialog.kind} request={dialog} onClose={close} />}
    </DeskProvider>
  )
}

/** Everybody who is named somewhere on the desk. */
function peopleOf({live, plans, past}: BreakingDeskNow): (string | undefined)[] {
  const items = [
    ...live,
    ...plans,
    ...past.map((one) => (one.kind === 'lease' ? one.lease : one.plan)),
  ]
  return items.flatMap(({owner, log}) => [owner, ...log.map(({by}) => by)])
}
