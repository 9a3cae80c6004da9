import {expect, test} from 'vitest'

import {deliveriesOnDeskAnswer, deliveriesOnDeskQuery} from '../../queries/webhookLog.ts'
import {memoryLake} from './support/memoryLake.ts'
import {leaseDocument, minutesAgo} from './support/stories.ts'

const delivery = (id: string, fields: object) => ({
  _id: `newsroom.delivery.${id}`,
  _type: 'webhookDelivery',
  address: 'partner',
  to: 'Partner',
  event: 'breaking',
  about: 'harbour',
  at: minutesAgo(5),
  body: '{}',
  state: 'delivered',
  attempts: 1,
  ...fields,
})

test('the desk has the last deliveries with what they were about, and counts what waits or failed', async () => {
  const {client} = memoryLake(
    leaseDocument('harbour'),
    delivery('told', {at: minutesAgo(9)}),
    delivery('waits', {
      state: 'waiting',
      attempts: 3,
      about: 'gone',
      failure: 'The answer was 503.',
      status: 503,
      nextAttemptAt: minutesAgo(-1),
    }),
    ...Array.from({length: 9}, (_, place) =>
      delivery(`old-${place}`, {at: minutesAgo(60), state: 'gaveUp', attempts: 30}),
    ),
  )
  const {waiting, gaveUp, latest} = deliveriesOnDeskAnswer.parse(
    await client.fetch(deliveriesOnDeskQuery),
  )
  expect([waiting, gaveUp, latest.length]).toEqual([1, 9, 8])
  expect(latest[0]).toMatchObject({
    to: 'Partner',
    state: 'waiting',
    headline: undefined,
    failure: 'The answer was 503.',
    nextAttemptAt: minutesAgo(-1),
  })
  expect(latest[1]).toMatchObject({state: 'delivered', headline: 'News of harbour'})
})
