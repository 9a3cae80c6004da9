import {Card, Flex, Stack, Text} from '@sanity/ui'

import {
  deliveriesListener,
  deliveriesOnDeskAnswer,
  deliveriesOnDeskQuery,
  type DeliveriesOnDesk,
  type DeliveryOnDesk,
} from '../../queries/webhookLog.ts'
import {counted} from '../../schemas/previews.ts'
import {listenedQuery, useListened} from '../useListened.ts'
import {useDesk} from './deskContext.ts'
import {moment} from './moment.ts'
import {Section} from './Section.tsx'

/** Every attempt is a change; nobody reads them by the tenth of a second. */
const throttleTime = 1000

const deliveriesQuestion = listenedQuery<DeliveriesOnDesk>({
  fetch: deliveriesOnDeskQuery,
  listen: deliveriesListener,
  model: deliveriesOnDeskAnswer,
  throttleTime,
})

const nothing = {}

/** What other programs were told, what still waits and what failed; not there while nobody is told anything. */
export function Deliveries() {
  const listened = useListened(deliveriesQuestion, nothing)
  if (listened.state !== 'ready' || listened.value.latest.length === 0) return null
  const {waiting, gaveUp, latest} = listened.value
  const about = [
    waiting === 0 ? 'Nothing waits.' : `${counted(waiting, 'message waits', 'messages wait')}.`,
    gaveUp > 0 && `${counted(gaveUp, 'message was', 'messages were')} given up.`,
  ]
  return (
    <Section
      title="Deliveries"
      count={latest.length}
      about={about.filter(Boolean).join(' ')}
      empty=""
      isDense
    >
      {latest.map((delivery) => (
        <Delivery key={delivery._id} delivery={delivery} />
      ))}
    </Section>
  )
}

const eventWords: Record<DeliveryOnDesk['event'], string> = {
  breaking: 'Breaking news',
  withdrawn: 'Withdrawal',
  publish: 'New story',
  update: 'Update',
  correction: 'Correction',
  kill: 'Kill',
}

function Delivery({delivery}: {delivery: DeliveryOnDesk}) {
  const {clock} = useDesk()
  const {to, event, headline, at, failure, state} = delivery
  return (
    <Card as="li" borderBottom paddingY={3} data-testid="desk-delivery">
      <Stack gap={3}>
        <Flex gap={3} align="center">
          <Text size={1} weight="medium">
            {to ?? 'An address without a name'}
          </Text>
          <Text size={1} muted>
            {moment(at, clock)}
          </Text>
        </Flex>
        <Text as="p" size={1}>
          {eventWords[event]}
          {headline !== undefined && `: ${headline}`}
        </Text>
        <Text as="p" size={1} muted>
          {standing(delivery, (time) => clock.times.clock(time))}
        </Text>
        {state !== 'delivered' && failure !== undefined && (
          <Text as="p" size={1}>
            {failure}
          </Text>
        )}
      </Stack>
    </Card>
  )
}

function standing(
  {state, attempts, nextAttemptAt, endedAt}: DeliveryOnDesk,
  clock: (at: string) => string,
): string {
  const tried = counted(attempts, 'attempt', 'attempts')
  if (state === 'delivered') {
    return endedAt === undefined ? 'Delivered' : `Delivered, ${clock(endedAt)}`
  }
  if (state === 'gaveUp') return `Given up after ${tried}`
  if (attempts === 0) return 'Waits to be sent'
  return nextAttemptAt === undefined
    ? `Waits after ${tried}`
    : `Waits after ${tried}; the next is at ${clock(nextAttemptAt)}`
}
